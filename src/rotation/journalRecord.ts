import * as path from 'node:path';
import * as v from 'valibot';
import type { Rotation } from '../model/rotation';

/** Raised whenever an older version of the extension could misread a journal. */
export const JOURNAL_FORMAT = 1;

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

const deletion = v.object({
  at: time,
  reason: v.exactOptional(text),
  verdict: text,
  requestId: v.exactOptional(text),
});

const record = v.object({
  format: v.literal(JOURNAL_FORMAT),
  id: v.pipe(v.string(), v.regex(/^[0-9a-f-]{8,40}$/)),
  revision: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Random per write: two windows that write the same revision never write the same bytes. */
  stamp: text,
  state: v.picklist(['creating', 'created', 'watching', 'deleting', 'deleted', 'abandoned']),
  aap: v.object({ accountId: text, regionId: text, aapName: text }),
  oldKey: rotationKey,
  newKey: v.exactOptional(rotationKey),
  files: credentialFiles,
  request: v.object({ notBefore: time, notAfter: time, keysBefore: texts }),
  createdAt: v.exactOptional(time),
  proven: v.boolean(),
  workspaces: v.array(workspacePatch),
  failure: v.exactOptional(failure),
  startedAt: time,
  updatedAt: time,
  deletion: v.exactOptional(deletion),

  oldKeyCreatedAt: time,
  creation,
  pending: v.exactOptional(pendingPatch),
  /** Intent of the deletion that may have been sent. */
  deleting: v.exactOptional(v.object({ verdict: text, reason: v.exactOptional(text) })),
  /** Files of the old credential as the scans found them, absolute. */
  oldFiles: texts,
  /** Copies that would else be the last of an old password or credential, absolute paths in global storage. */
  lastCopies: texts,
});

export type JournalRecord = v.InferOutput<typeof record>;
export type Attempt = v.InferOutput<typeof attempt>;
export type PendingPatch = v.InferOutput<typeof pendingPatch>;
export type PendingFile = v.InferOutput<typeof pendingFile>;
export type JournalEdit = v.InferOutput<typeof edit>;
export type JournalCopy = v.InferOutput<typeof copy>;
export type PendingCopy = v.InferOutput<typeof pendingCopy>;

/** What an operation may change in a record; the journal itself sets revision and `updatedAt`. */
export type JournalChange = Partial<
  Omit<JournalRecord, 'format' | 'id' | 'revision' | 'stamp' | 'updatedAt'>
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
  if (format.success && format.output.format > JOURNAL_FORMAT) return 'newerVersion';
  const result = v.safeParse(record, json);
  return result.success ? result.output : 'damaged';
}

/** What a rotation shows to the other rooms: the record without its recovery notes. */
export function toRotation(entry: JournalRecord): Rotation {
  const { format: _format, stamp: _stamp, oldKeyCreatedAt: _created, creation, ...rest } = entry;
  const {
    pending: _pending,
    deleting: _deleting,
    oldFiles: _oldFiles,
    lastCopies: _copies,
    ...rotation
  } = rest;
  const wanted = path.dirname(path.join(creation.folder, 'file'));
  const unsaved = entry.newKey !== undefined && path.dirname(entry.files.credentialFile) !== wanted;
  return { ...rotation, unsaved };
}
