import * as v from 'valibot';
import { MAX_PLACE_TEXT } from '../model/rollout';
import { MAX_REASON_LENGTH } from '../model/rotation';

/** A list that grows without end would make every change of the rotation slow. */
const MAX_NOTES = 500;

const time = v.number();

/** What a caller wrote into its requests: user agents of 10 KB have been seen, and a mark has to name its class exactly. */
const callerText = v.pipe(v.string(), v.maxLength(16_384));

const retiredCaller = v.object({
  caller: v.object({ userAgent: callerText, api: callerText, resource: callerText, network: callerText }),
  reason: v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAX_REASON_LENGTH)),
  at: time,
});

const placeText = v.pipe(v.string(), v.maxLength(MAX_PLACE_TEXT));

const keptPlace = v.object({
  /** May hold a path of the workspace, or a caller. */
  id: v.pipe(v.string(), v.nonEmpty(), v.maxLength(100_000)),
  state: v.picklist(['open', 'done', 'notNeeded']),
  at: time,
  service: v.exactOptional(placeText),
  environment: v.exactOptional(placeText),
  owner: v.exactOptional(placeText),
  note: v.exactOptional(placeText),
});

/** Callers of the old key that the user says are gone. */
export const retiredCallers = v.pipe(v.array(retiredCaller), v.maxLength(MAX_NOTES));

/** What the user said of places of the roll-out list. */
export const keptPlaces = v.pipe(v.array(keptPlace), v.maxLength(MAX_NOTES));
