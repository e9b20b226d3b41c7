import type { Node } from 'web-tree-sitter';
import type { NotEditable } from '../../../model/reference';
import type { Lookup } from '../../notation';
import type { Language, Variable } from './language';
import type { Scopes } from './scopes';

/** Where the value of an expression comes from. */
export interface Source {
  readonly start: number;
  readonly end: number;
  readonly value?: string;
  readonly form?: string;
  readonly obstacle?: NotEditable;
  readonly lookup?: Lookup;
  readonly base?: string;
  /** The program reads the value from the file whose path this is. */
  readonly fromFile?: boolean;
  /** The variables on the way from the use to here. */
  readonly through: readonly Variable[];
}

/** What following needs of a file. */
export interface Reading {
  readonly text: string;
  readonly scopes: Scopes;
  readonly read: Language['read'];
  readonly checkTime: () => void;
  /** Parameters as one call passes them. */
  readonly bound?: ReadonlyMap<Variable, readonly Node[]>;
}
