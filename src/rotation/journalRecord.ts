import * as path from 'node:path';
import * as v from 'valibot';
import type { Creation, Rotation } from '../model/rotation';
import { deletion, deletionIntent } from './deletionRecord';
import { keptPlaces, retiredCallers } from './userNotes';

/**
 * Raised whenever an older version of the extension could misread a journal. Rotations are still what version 1 reads;
 * creations without an old key came with version 2.
 */
const ROTATION_FORMAT = 1;
const CREATION_FORMAT = 2;

const text = v.pipe(v.string(), v.maxLength(4096));
const time = v.number();
const texts = v.array(text);

const rotationKey = v.object({ id: text, notBefore: time, notAfter: time });
const credentialFiles = v.object({ credentialFile: text, passwordFile: text });

const edit = v.object({
  file: text,
  start: v.number(),
  length: v.number(),
  before: text,
  after: text,
  undoKey: text,
  groupId: text,
  /** Further groups that ask for the same edit: what two clients share goes back only with both. */
  alsoOf: v.exactOptional(texts),
});

/** A new file that a patch put beside an old one. */
const copy = v.object({
  /** Relative to the workspace folder, with `/`. */
  file: text,
  /** SHA-256 (hex) of the bytes, salted with the rotation id. */
  after: text,
  groupIds: texts,
});

const workspacePatch = v.object({
  folder: text,
  at: time,
  patchedGroups: v.number(),
  leftGroups: v.number(),
  manualSteps: v.number(),
  edits: v.array(edit),
  /** New files of the patch that are ours to remove. Absent in older records. */
  copies: v.exactOptional(v.array(copy)),
});

const failure = v.object({
  step: v.picklist(['create', 'save', 'prove', 'patch', 'undo', 'delete']),
  message: text,
  code: v.exactOptional(text),
  requestId: v.exactOptional(text),
  at: time,
});

/** One call of CreateClientKey: `notAfter` and `keysBefore` tell a key of ours from one that somebody else made. */
const attempt = v.object({
  notBefore: time,
  notAfter: time,
  keysBefore: texts,
  /** `prepared`: not sent yet. `sent`: the answer is missing. `refused`: the service said no. `answered`: it said yes. */
  outcome: v.picklist(['prepared', 'sent', 'refused', 'answered']),
  /** The key that an answer named. */
  keyId: v.exactOptional(text),
});

const creation = v.object({
  attempts: v.array(attempt),
  /** Where the user wants the files; they may rest elsewhere, see `Rotation.files`. */
  folder: text,
  requestId: v.exactOptional(text),
  settled: v.boolean(),
  /** The password was generated: if it is lost before there is a key, another does as well. */
  generated: v.boolean(),
  /** Orphans of ours that were deleted. */
  deletedOrphans: texts,
  /** The orphan whose deletion may have been sent. */
  deletingOrphan: v.exactOptional(text),
});

const pendingFile = v.object({
  /** Relative to the workspace folder, with `/`, as in the edits. */
  file: text,
  /** The real file behind symlinks, absolute. */
  target: text,
  temporary: text,
  /** SHA-256 (hex) of the whole file. */
  before: text,
  after: text,
});

const pendingCopy = v.object({
  ...copy.entries,
  /** Behind symlinks, absolute. */
  target: text,
  temporary: text,
  /** Whether this flip writes it: it may be there already. */
  made: v.boolean(),
});

/** Files that are being flipped together. It stands in the journal before the first byte is written. */
const pendingPatch = v.object({
  kind: v.picklist(['patch', 'undo']),
  folder: text,
  exclude: texts,
  /** Until `renaming`, no target has been touched. */
  stage: v.picklist(['preparing', 'renaming']),
  files: v.array(pendingFile),
  /** Of a patch: the edits it makes. Of an undo: the edits it takes back. */
  edits: v.array(edit),
  groupIds: texts,
  /** New files, complete before `renaming`. */
  copies: v.exactOptional(v.array(pendingCopy)),
});

/** What every journal says of a new client key. */
const newKeyEntries = {
  id: v.pipe(v.string(), v.regex(/^[0-9a-f-]{8,40}$/)),
  revision: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Random per write: two windows that write the same revision never write the same bytes. */
  stamp: text,
  aap: v.object({ accountId: text, regionId: text, aapName: text }),
  newKey: v.exactOptional(rotationKey),
  files: credentialFiles,
  request: v.object({ notBefore: time, notAfter: time, keysBefore: texts }),
  createdAt: v.exactOptional(time),
  proven: v.boolean(),
  failure: v.exactOptional(failure),
  startedAt: time,
  updatedAt: time,
  creation,
};

const creationRecord = v.object({
  format: v.literal(CREATION_FORMAT),
  ...newKeyEntries,
  state: v.picklist(['creating', 'created', 'finished', 'abandoned']),
});

const rotationRecord = v.object({
  format: v.literal(ROTATION_FORMAT),
  ...newKeyEntries,
  state: v.picklist(['creating', 'created', 'watching', 'deleting', 'deleted', 'abandoned']),
  oldKey: rotationKey,
  oldKeyCreatedAt: time,
  workspaces: v.array(workspacePatch),
  deletion: v.exactOptional(deletion),
  pending: v.exactOptional(pendingPatch),
  /** Intent of the deletion that may have been sent. */
  deleting: v.exactOptional(deletionIntent),
  /** Both absent in older records. */
  retired: v.exactOptional(retiredCallers),
  places: v.exactOptional(keptPlaces),
  /** Files of the old credential as the scans found them, absolute. */
  oldFiles: texts,
  /** Copies that would else be the last of an old password or credential, absolute paths in global storage. */
  lastCopies: texts,
});

const record = v.variant('format', [rotationRecord, creationRecord]);

export type RotationRecord = v.InferOutput<typeof rotationRecord>;
export type CreationRecord = v.InferOutput<typeof creationRecord>;
export type JournalRecord = RotationRecord | CreationRecord;
export type Attempt = v.InferOutput<typeof attempt>;
export type PendingPatch = v.InferOutput<typeof pendingPatch>;
export type PendingFile = v.InferOutput<typeof pendingFile>;
export type JournalEdit = v.InferOutput<typeof edit>;
export type JournalCopy = v.InferOutput<typeof copy>;
export type PendingCopy = v.InferOutput<typeof pendingCopy>;

/** What an operation may change in a record; the journal itself sets revision and `updatedAt`. */
export type JournalChange<R extends JournalRecord> = Partial<
  Omit<R, 'format' | 'id' | 'revision' | 'stamp' | 'updatedAt'>
>;

/** Parses the text of a journal. */
export function parseJournal(content: string): JournalRecord | 'damaged' | 'newerVersion' {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch {
    return 'damaged';
  }
  const format = v.safeParse(v.object({ format: v.number() }), json);
  if (format.success && format.output.format > CREATION_FORMAT) return 'newerVersion';
  const result = v.safeParse(record, json);
  return result.success ? result.output : 'damaged';
}

/** What rotations and creations begin with. */
export type NewKeyRecord = Omit<CreationRecord, 'format' | 'state'> & { readonly state: 'creating' };
export const NEW_CREATION: Pick<CreationRecord, 'format'> = { format: CREATION_FORMAT };
export const NEW_ROTATION: Pick<RotationRecord, 'format' | 'workspaces' | 'oldFiles' | 'lastCopies'> = {
  format: ROTATION_FORMAT,
  workspaces: [],
  oldFiles: [],
  lastCopies: [],
};

export function isRotationRecord(record: JournalRecord): record is RotationRecord {
  return record.format === ROTATION_FORMAT;
}

/** Whether some workspace leads to the new key already. */
export function isPatched(record: JournalRecord): boolean {
  return isRotationRecord(record) && record.workspaces.some(({ edits }) => edits.length > 0);
}

/** What a journal shows to the other rooms: the record without its recovery notes. */
export function toShown(entry: JournalRecord): Rotation | Creation {
  return isRotationRecord(entry) ? toRotation(entry) : toCreation(entry);
}

export function toRotation(entry: RotationRecord): Rotation {
  const { format: _format, stamp: _stamp, oldKeyCreatedAt: _created, creation: _creation, ...rest } = entry;
  const {
    pending: _pending,
    deleting: _deleting,
    oldFiles: _oldFiles,
    lastCopies: _copies,
    ...rotation
  } = rest;
  return {
    ...rotation,
    retired: rotation.retired ?? [],
    places: rotation.places ?? [],
    unsaved: isUnsaved(entry),
  };
}

export function toCreation(entry: CreationRecord): Creation {
  const { format: _format, stamp: _stamp, creation: _creation, ...shown } = entry;
  return { ...shown, unsaved: isUnsaved(entry) };
}

function isUnsaved({ newKey, files, creation }: JournalRecord): boolean {
  const wanted = path.dirname(path.join(creation.folder, 'file'));
  return newKey !== undefined && path.dirname(files.credentialFile) !== wanted;
}
