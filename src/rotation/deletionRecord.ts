import * as v from 'valibot';

const text = v.pipe(v.string(), v.maxLength(4096));
const texts = v.pipe(v.array(text), v.readonly());
const time = v.number();

/** `DeletionEvidence` in a journal. */
const evidence = v.object({
  readAt: time,
  since: v.exactOptional(time),
  calls: v.number(),
  lastCall: v.exactOptional(time),
  logs: texts,
  requestIds: texts,
});

/** On what ground a key goes. */
const ground = {
  verdict: text,
  reason: v.exactOptional(text),
  evidence: v.exactOptional(evidence),
};

/** The deletion that may have been sent. */
export const deletionIntent = v.object(ground);

/** The deletion that was done. */
export const deletion = v.object({ at: time, ...ground, requestId: v.exactOptional(text) });
