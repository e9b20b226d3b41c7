import * as v from 'valibot';
import { watchRecord } from './watchRecord';

/** Why a rotation is recalled: nobody did anything for it, or its old key ends. */
const recall = v.picklist(['untouched', 'ending']);
export type Recall = v.InferOutput<typeof recall>;

const rotationNotes = v.object({
  watch: v.exactOptional(watchRecord),
  /** What the user was reminded of. */
  recalled: v.array(recall),
  /** The user wants no reminder of this rotation any more. */
  silenced: v.exactOptional(v.boolean()),
});
export type RotationNotes = v.InferOutput<typeof rotationNotes>;

/** What is known of the rotations that wait and what was told of them, by their ids. */
export const watchNotes = v.record(v.string(), rotationNotes);
export type WatchNotes = v.InferOutput<typeof watchNotes>;

export const NO_NOTES: RotationNotes = { recalled: [] };
