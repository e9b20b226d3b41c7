import type { Replacement } from '../../model/patch';
import type { Notation as NotationName, ReferenceRole } from '../../model/reference';
import type { RawEdit } from '../text/rewrite';

/** An edit with the value that a program has to read there afterwards. */
export interface IntendedEdit extends RawEdit {
  /** Absolute path. */
  readonly file: string;
  readonly folder: string;
  readonly notation: NotationName;
  /** The clients that ask for it. */
  readonly groupIds: readonly string[];
  readonly role: ReferenceRole;
  readonly value: string;
  /** What stands there now, as a program reads it. */
  readonly oldValue: string | undefined;
  readonly form?: string;
}

/** A new file that paths are going to lead to. */
export interface IntendedCopy {
  readonly file: string;
  readonly content: Buffer;
  readonly groupIds: readonly string[];
}

/** What has to be done so that a client changes over. */
export interface Intent {
  readonly groupId: string;
  readonly edits: readonly IntendedEdit[];
  readonly copies: readonly IntendedCopy[];
  /** Files of this machine that lead to the new credential: named by the new paths, or given new content. */
  readonly leadsTo: readonly string[];
  /** Files of which a new path leads to a place that is not on this machine, or not ours to write to. */
  readonly delivers: readonly string[];
  /** Files that get new content: nobody else may use them. */
  readonly replaces: readonly string[];
}

/** The new pair, as it is written into files. */
export interface NewPair extends Replacement {
  /** The text of the credential file and what is in it; undefined where it cannot be read. */
  readonly credential:
    | { readonly bytes: Buffer; readonly KeyId: string; readonly PrivateKeyData: string }
    | undefined;
}

/** Clients that share a value ask for the same edit twice: it is one. */
export function mergeEdits(edits: readonly IntendedEdit[]): readonly IntendedEdit[] {
  const merged = new Map<string, IntendedEdit>();
  for (const edit of edits) {
    const key = JSON.stringify([edit.file, edit.start, edit.end, edit.raw]);
    const known = merged.get(key);
    const groupIds = [...new Set([...(known?.groupIds ?? []), ...edit.groupIds])];
    merged.set(key, known === undefined ? edit : { ...known, groupIds });
  }
  return [...merged.values()];
}

/** The same for copies; `conflicting` are clients that need another file under a name that is taken. */
export function mergeCopies(copies: readonly IntendedCopy[]): {
  readonly merged: readonly IntendedCopy[];
  readonly conflicting: readonly string[];
} {
  const merged = new Map<string, IntendedCopy>();
  const conflicting: string[] = [];
  for (const copy of copies) {
    const known = merged.get(copy.file);
    if (known !== undefined && !known.content.equals(copy.content)) {
      conflicting.push(...copy.groupIds);
      continue;
    }
    const groupIds = [...new Set([...(known?.groupIds ?? []), ...copy.groupIds])];
    merged.set(copy.file, { ...copy, groupIds });
  }
  return { merged: [...merged.values()], conflicting };
}
