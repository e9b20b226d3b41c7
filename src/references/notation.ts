import type { Notation as NotationName, NotEditable, ReferenceRole } from '../model/reference';

/** A value as it stands in a file. Plain data: it crosses threads inside this room, and may hold a secret. */
export interface FoundValue {
  /** The raw text, quotes included: half-open, UTF-16 units of the decoded text. */
  readonly start: number;
  readonly end: number;
  /** The value that a program reads there, decoded. Absent where it cannot be known. */
  readonly value?: string;
  /**
   * In which form the notation writes it, where that cannot be told from the raw text alone: `base64` in a Kubernetes
   * Secret, say. A word of the notation's own, handed back to its `encode` and `quotes`.
   */
  readonly form?: string;
  readonly obstacle?: NotEditable;
  /** Where the value comes from instead. With a `value` (and no obstacle) that value is the default for want of a setting. */
  readonly lookup?: Lookup;
}

/** A name under which a value is set elsewhere. */
export interface Lookup {
  /**
   * `environment`: a variable. `settings`: a setting of the application, compared as Spring does (case, `-` and `_` do not
   * count). `either`: both are tried. `secret`: `namespace/name/key` of a Kubernetes Secret (`/name/key` without namespace).
   * `ci`: a secret of a CI system or a secret store; no file of the workspace sets it.
   */
  readonly in: 'environment' | 'settings' | 'either' | 'secret' | 'ci';
  readonly name: string;
  /** The setting may hold the name of the variable rather than the value (docs/facts.md NAME-2). */
  readonly indirect?: boolean;
}

/** One value that belongs to a client: what stands in the file, before other files are looked at. */
export interface FoundMember extends FoundValue {
  /** For a value that is read from a file by the program itself (`readFile("pw.txt")`): `keyFile` or `passwordFile`. */
  readonly role: ReferenceRole;
  /** The name of the setting, where settings of other files can take its place. */
  readonly name?: string;
  /**
   * What a path counts from where the code says so: a folder relative to the folder of the file (`.` for `__DIR__`,
   * `dirname(__file__)`, `./keys`). Such a value may begin with a slash and is relative all the same. A folder without a dot
   * in front (`keys` of `Paths.get("keys", "x.json")`) is one that counts from wherever the path itself would, and so does
   * an empty one (`process.cwd() + "/x.json"`).
   */
  readonly base?: string;
}

/** A name with a value, which code or another file may look up. */
export interface FoundSetting extends FoundValue {
  readonly in: 'environment' | 'settings' | 'secret';
  readonly name: string;
}

/** A file or folder that gets another path where the program runs: `COPY` of a Dockerfile, a volume of compose. */
export interface FoundMount {
  /** The path on this machine, as written: counts from the folder of the file, and upwards from there. */
  readonly source: FoundValue;
  /** Where the program sees it. */
  readonly target?: FoundValue;
  /** The folder that a relative target counts from. */
  readonly workdir?: string;
}

/** The members that one client reads together. */
export interface FoundClient {
  /** Names the client within its file and stays the same when values change. */
  readonly anchor: string;
  /** `specific`: the names belong to Alibaba Cloud KMS alone. `weak`: believed only if a value leads to a client key. */
  readonly context: 'specific' | 'weak';
  /** Its members were put together because their names are alike: believed only if the password opens the credential. */
  readonly guessed?: boolean;
  /** Text for people: no program reads it, and a path may stand there without its password. */
  readonly documentation?: boolean;
  /** Names of variables that Terraform makes a client key from: with another value it would replace the key. */
  readonly madeFrom?: readonly string[];
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
  /** All settings of a configuration file, whatever they are for: what lookups of other files are resolved by. */
  readonly settings?: readonly FoundSetting[];
  readonly mounts?: readonly FoundMount[];
  /** Paths of files with variables, whatever they are called: `env_file` of Compose. */
  readonly environmentFiles?: readonly string[];
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
  /** Whether a file of this name is written in this notation. `path` is its path below the workspace folder, with `/`. */
  covers(fileName: string, path: string): boolean;
  /** Whether a file that `covers` has to be parsed although no needle of the candidate filter is in it. */
  readonly always?: boolean;
  /** Whether such files give `settings` or `mounts`: they are read again once names are known that others look up. */
  readonly configures?: boolean;
  /**
   * Finds clients in the text of a file. Never follows a path and never executes anything.
   * @throws TooSlow when the parser needs more than a second
   */
  find(text: string): Promise<Findings>;
  /**
   * Writes a value in place of `rawBefore`, in the same kind of quotes where these can hold it.
   * @param form of the value that stands there, as `find` gave it
   * @returns the raw text, or undefined when the notation cannot hold the value
   */
  encode(value: string, rawBefore: string, form?: string): string | undefined;
  /** How many characters at each end of a raw text are quotes: the preview shows them around the mask. */
  quotes(raw: string, form?: string): { readonly open: number; readonly close: number };
}

/** A file whose parser was stopped. */
export class TooSlow extends Error {
  override readonly name = 'TooSlow';
}

/** A grammar that cannot be loaded: the installation is broken, no file of that language can be judged. */
export class GrammarMissing extends Error {
  override readonly name = 'GrammarMissing';
}
