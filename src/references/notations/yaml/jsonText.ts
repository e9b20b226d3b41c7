import type { NotEditable } from '../../../model/reference';
import type { FoundClient } from '../../notation';
import { jsonReferences, mayHoldClients } from '../json/jsonReferences';
import { type Placed, partOfLayer, withSingleDollars } from './place';
import { layerOf } from './scalarLayer';

/**
 * The clients of a JSON text that stands in a scalar. Key content is JSON too, and no text with clients.
 * @param name of the setting
 * @param from where the JSON begins in the value
 * @param decoded what the value says once it is decoded: then no part of it can be edited
 */
export function clientsInJson(
  name: string,
  placed: Placed,
  anchor: string,
  broken: NotEditable | undefined,
  { from = 0, dollars = false, decoded }: { from?: number; dollars?: boolean; decoded?: string } = {},
): readonly FoundClient[] {
  if (!mayHoldClients(decoded ?? placed.scalar.value?.slice(from) ?? '')) return [];
  const whole = decoded === undefined ? layerOf(placed.scalar, placed.text) : undefined;
  const layer = whole === undefined ? undefined : dollars ? withSingleDollars(whole) : whole;
  const prefix = ' '.repeat(from);
  // Blanks keep the offsets; JSON does not mind them.
  const text = prefix + (decoded ?? layer?.text ?? placed.scalar.value ?? '').slice(from);
  const { clients } = jsonReferences(text, name.toLowerCase());
  return clients.map((client) => ({
    ...client,
    anchor: `${anchor}/${client.anchor}`,
    members: client.members.map((member) => {
      const inner = { notation: 'json', ...(member.form === undefined ? {} : { form: member.form }) };
      const place =
        layer === undefined
          ? undefined
          : partOfLayer(placed, layer, member.start, member.end, { inner, dollars });
      if (place !== undefined)
        return { ...member, ...place, ...(broken === undefined ? {} : { obstacle: broken }) };
      const { form: _, ...rest } = member;
      return {
        ...rest,
        start: placed.scalar.start,
        end: placed.scalar.end,
        obstacle: broken ?? 'unsupported',
      };
    }),
  }));
}
