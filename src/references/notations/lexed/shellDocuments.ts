import type { FoundClient, Notation } from '../../notation';
import { dotenv } from '../dotenv';
import { json } from '../json/json';
import { properties } from '../properties';
import type { HereDocument } from './shellScript';

/** Here-documents that write settings: `cat > app.properties <<'EOF'`. Where the shell expands them, nothing is sure. */
export async function documentClients(
  text: string,
  documents: readonly HereDocument[],
): Promise<readonly FoundClient[]> {
  const clients: FoundClient[] = [];
  for (const [index, document] of documents.entries()) {
    const notation = notationOf(document);
    if (notation === undefined) continue;
    const body = text.slice(document.start, document.end);
    const found = await notation.find(body);
    clients.push(
      ...found.clients.map((client) => ({
        ...client,
        anchor: `document${index + 1}/${client.anchor}`,
        members: client.members.map(({ form, obstacle, start, end, ...member }) => ({
          ...member,
          start: start + document.start,
          end: end + document.start,
          form: `document ${notation.name}${form === undefined ? '' : ` ${form}`}`,
          ...(document.literal || obstacle !== undefined
            ? obstacle === undefined
              ? {}
              : { obstacle }
            : { obstacle: 'interpolated' as const }),
        })),
      })),
    );
  }
  return clients;
}

const notations: readonly Notation[] = [properties, dotenv, json];

/** By the file that it is written into; without one it is taken for lines `NAME=value`. */
function notationOf({ target }: HereDocument): Notation | undefined {
  const name = target?.replace(/^.*[\\/]/, '') ?? '.env';
  return notations.find((notation) => notation.covers(name, name));
}

/** Writes a value inside of a here-document. One line stays one line, so nothing can end the document early. */
export function encodeDocument(value: string, rawBefore: string, form: string): string | undefined {
  const [, name, inner] = /^document (\w+)(?: (.*))?$/.exec(form) ?? [];
  const written = notations.find((one) => one.name === name)?.encode(value, rawBefore, inner);
  return written?.includes('\n') === true && !rawBefore.includes('\n') ? undefined : written;
}
