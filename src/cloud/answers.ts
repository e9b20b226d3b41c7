import * as v from 'valibot';

/** Pieces of the KMS API's answers that several operations share. */

/** A number that some operations give as text. */
export const NumberLike = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.regex(/^\d+$/))]),
  v.transform(Number),
);

/** An ISO 8601 time as ms UTC. One without zone is UTC, as all times of this API are. */
export const ServiceTime = v.pipe(
  v.string(),
  v.transform((time) => Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(time) ? time : `${time}Z`)),
  v.check((ms) => !Number.isNaN(ms)),
);

export const TextOrNothing = v.optional(v.fallback(v.string(), ''), '');
