import type { Node } from 'web-tree-sitter';
import type { Notation as NotationName, NotEditable, ReferenceRole } from '../../../model/reference';
import type { FoundClient, Lookup } from '../../notation';

/** What an expression is, as far as the value of a client's member goes. */
export type Expression =
  /** A literal that can be read and written: `node` is all of it, prefix and quotes included. */
  | { readonly kind: 'literal'; readonly value: string; readonly form?: string }
  /** A literal with holes, a format call. */
  | { readonly kind: 'interpolated' }
  /** A concatenation. */
  | { readonly kind: 'join'; readonly parts: readonly Node[] }
  /** Something around the expression that counts: a conversion, a cast, parentheses, `tea.String(…)`. */
  | { readonly kind: 'wrapped'; readonly inner: Node }
  /** A variable, constant, field or parameter. `owner`: `this`/`self`, or the name of a type. */
  | { readonly kind: 'name'; readonly name: string; readonly owner?: string }
  /**
   * `named`: the name as an expression, where it is no literal in place: the engine follows it and fills it in.
   * `fallback`: the default for want of a setting, as an expression; `inside`: the same as a part of one literal.
   */
  | {
      readonly kind: 'lookup';
      readonly lookup: Lookup;
      readonly named?: Node;
      readonly fallback?: Node;
      readonly inside?: {
        readonly start: number;
        readonly end: number;
        readonly value: string;
        readonly form?: string;
      };
    }
  /** The content of a file whose path is written here. */
  | { readonly kind: 'readFile'; readonly path: Node }
  /**
   * A path put together from parts. `fromFile`: it counts from the folder of this source file; what says so is no part, and
   * a last part such as `'/../keys/x.json'` is relative.
   */
  | {
      readonly kind: 'path';
      readonly parts: readonly Node[];
      readonly fromFile: boolean;
      /** It counts from the folder that the program runs in, although its last part begins with a slash. */
      readonly fromRun?: boolean;
      /** So many folders above that of the file. Without parts, the expression is that folder itself. */
      readonly up?: number;
    }
  /** One of several values, known at run time only. `options`: of two, where that is all there is. */
  | { readonly kind: 'choice'; readonly options?: readonly Node[] }
  /** `null`, `None`, `nil`: no value. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'other' };

/** A variable of the file: where it is known and what is written into it. */
export interface Variable {
  readonly name: string;
  readonly kind: 'field' | 'local' | 'parameter';
  /** As written; empty where the language has none or it is inferred. */
  readonly type: string;
  /** The type that a field belongs to. */
  readonly owner?: string;
  readonly scopeStart: number;
  readonly scopeEnd: number;
  /** Everything assigned to it, in the order of the text; no value (`null`) is left out. */
  readonly values: Node[];
  /** For a parameter: what calls in this file pass for it (`passArguments`). */
  readonly given?: Node[];
}

/** A value that is given to a member of a client: `cfg.setPassword(x)`, `Password: x`, `'password' => $x`. */
export interface Write {
  readonly role: ReferenceRole;
  /**
   * What is written into, in words that survive edits of values: place and receiver, literal or call. Writes with the same
   * anchor are one client.
   */
  readonly anchor: string;
  /** What the types and imports around it say. A `foreign` one belongs to another product and is not listed. */
  readonly context: FoundClient['context'] | 'foreign';
  readonly value: Node;
  /**
   * What stands there is the name under which the value is set, not the value. A `passwordEnv` is one in any case:
   * `either`, `indirect` if nothing else is said.
   */
  readonly named?: Omit<Lookup, 'name'>;
  /** Shown, never edited. */
  readonly obstacle?: NotEditable;
  /** Believed only if the value matches; so are then all `unsupported` ones of the same client. */
  readonly requires?: RegExp;
}

/** What differs from programming language to programming language. */
export interface Language {
  readonly name: NotationName;
  /** `tree-sitter-<grammar>.wasm` */
  readonly grammar: string;
  covers(fileName: string, path: string): boolean;
  /** Types of the nodes of literals and comments: the preview masks them. */
  readonly strings: readonly string[];
  readonly comments: readonly string[];
  /** Whether a field is reached through `this.x`, `self.x` or `Type.x` alone, never as `x`. */
  readonly fieldsNeedOwner?: boolean;
  /** All variables, constants, fields and parameters of the file. */
  variables(root: Node, checkTime: () => void): readonly Variable[];
  /** All writes of members that a client could have, in the order of the text. */
  writes(root: Node, variables: readonly Variable[], checkTime: () => void): readonly Write[];
  read(expression: Node): Expression;
  encode(value: string, rawBefore: string, form?: string): string | undefined;
  quotes(raw: string, form?: string): { readonly open: number; readonly close: number };
}
