import { randomUUID } from 'node:crypto';
import type { KeptPlace, PlaceState, RolloutPlace } from '../../model/rollout';
import type { Rotation } from '../../model/rotation';
import type { Rotations } from '../../rotation/rotations';
import type { askText } from '../rotate/stops';
import type { Translate } from '../words';
import { askPlace, NO_TEXTS, type PlaceTexts, textsOf } from './askPlace';
import { keptOf } from './keptOf';

export interface PlaceChangeParts {
  readonly t: Translate;
  readonly askText: typeof askText;
  rotations(): Promise<Pick<Rotations, 'keepPlace' | 'removePlace'>>;
  /** The service's present for an account, ms UTC. */
  now(accountId: string): number;
}

/** What the user says of places; each change is in the journal when it resolves. */
export interface PlaceChanges {
  add(rotation: Rotation): Promise<void>;
  edit(rotation: Rotation, place: RolloutPlace): Promise<void>;
  setState(rotation: Rotation, place: RolloutPlace, state: PlaceState): Promise<void>;
  remove(rotation: Rotation, place: RolloutPlace): Promise<void>;
}

export function createPlaceChanges(parts: PlaceChangeParts): PlaceChanges {
  const { t } = parts;
  /** What was typed before Escape, by rotation: the next try begins with it. */
  const drafts = new Map<string, PlaceTexts>();

  async function keep({ id, aap }: Rotation, place: Omit<KeptPlace, 'at'>): Promise<void> {
    // Compared with the log where the place is a caller, else with the journal, which goes by this machine.
    const at = place.id.startsWith('caller:') ? parts.now(aap.accountId) : Date.now();
    await (await parts.rotations()).keepPlace(id, { ...place, at });
  }

  return {
    async add(rotation) {
      const { id, aap } = rotation;
      const title = t('Roll-out of {0}: add a place', aap.aapName);
      const onGivenUp = (typed: PlaceTexts) => drafts.set(id, typed);
      const texts = await askPlace({ ...parts, title, named: true, onGivenUp }, drafts.get(id) ?? NO_TEXTS);
      if (texts === undefined) return;
      // Kept until the journal has it: another window may be at it.
      drafts.set(id, texts);
      await keep(rotation, keptOf({ id: `own:${randomUUID()}`, kind: 'own', state: 'open', ...texts }));
      drafts.delete(id);
    },
    async edit(rotation, place) {
      const title = t('Roll-out of {0}: edit a place', rotation.aap.aapName);
      const texts = await askPlace({ ...parts, title, named: place.kind === 'own' }, textsOf(place));
      if (texts !== undefined) await keep(rotation, keptOf({ ...place, ...texts }));
    },
    setState: (rotation, place, state) => keep(rotation, keptOf({ ...place, state })),
    async remove({ id }, place) {
      await (await parts.rotations()).removePlace(id, place.id);
    },
  };
}
