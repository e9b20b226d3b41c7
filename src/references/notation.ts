import type { Notation as NotationName, NotEditable, ReferenceRole } from '../model/reference';

/** One value that belongs to a client: what stands in the file, before other files are looked at. */
export interface FoundMember {
  readonly role: ReferenceRole;
  /** The raw text, quotes included: half-open, UTF-16 units of the decoded text. */
  readonly start: number;
  readonly end: number;
  /** The name of the setting, where settings of other files can take its place. */
  readonly name?: string;
  /** The value that a program reads there. Absent where it cannot be known. May be a secret: it never leaves this room. */
  readonly value?: string;
  readonly obstacle?: NotEditable;
}

/** The members that one client reads together. */
export interface FoundClient {
  /** Names the client within its file and stays the same when values change. */
  readonly anchor: string;
  /** `specific`: the names belong to Alibaba Cloud KMS alone. `weak`: believed only if a value leads to a client key. */
  readonly context: 'specific' | 'weak';
  /** Its members were put together because their names are alike: believed only if the password opens the credential. */
  readonly guessed?: boolean;
  readonly members: readonly FoundMember[];
}

/** A range that the preview masks. `open` and `close` characters at its ends stay: quotes, marks of a comment. */
export interface HiddenRange {
  readonly start: number;
  readonly end: number;
  readonly open?: number;
  readonly close?: number;
}

export interface Findings {
  readonly clients: readonly FoundClient[];
  /**
   * All that could hold a secret, whatever stands before it: every value, every comment, everything not understood. What
   * is left is names and syntax.
   */
  readonly hidden: readonly HiddenRange[];
  /** Names of all settings that have a value, where settings of other files can take the place of these. */
  readonly names?: ReadonlySet<string>;
}

/** All lines of a part of a text that nothing is known of, without white space and `#` in front. */
export function hiddenLines(text: string, from: number, to: number): readonly HiddenRange[] {
  return [...text.slice(from, to).matchAll(/[^\s#][^\r\n]*/g)].map(({ index, 0: line }) => ({
    start: from + index,
    end: from + index + line.length,
  }));
}

/**
 * One way of writing references. Everything that differs from format to format is behind this interface: a further
 * notation is one file that implements it, one line in `notations.ts` and one fixture.
 */
export interface Notation {
  readonly name: NotationName;
  /** Whether a file of this name (without folders) is written in this notation. */
  covers(fileName: string): boolean;
  /** Whether a file that `covers` has to be parsed although no needle of the candidate filter is in it. */
  readonly always?: boolean;
  /**
   * Finds clients in the text of a file. Never follows a path and never executes anything.
   * @throws TooSlow when the parser needs more than a second
   */
  find(text: string): Promise<Findings>;
  /**
   * Writes a value in place of `rawBefore`, in the same kind of quotes where these can hold it.
   * @returns the raw text, or undefined when the notation cannot hold the value
   */
  encode(value: string, rawBefore: string): string | undefined;
  /** How many characters at each end of a raw text are quotes: the preview shows them around the mask. */
  quotes(raw: string): { readonly open: number; readonly close: number };
}

/** A file whose parser was stopped. */
export class TooSlow extends Error {
  override readonly name = 'TooSlow';
}

/** A grammar that cannot be loaded: the installation is broken, no file of that language can be judged. */
export class GrammarMissing extends Error {
  override readonly name = 'GrammarMissing';
}
