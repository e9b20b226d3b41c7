import { basename } from 'node:path';
import type { Notation } from './notation';
import { dotenv } from './notations/dotenv';
import { createJava } from './notations/java/java';
import { properties } from './notations/properties';

/** The notations that are understood. `grammarsFolder` holds the grammars (`tree-sitter-<language>.wasm`). */
export interface Notations {
  for(file: string): Notation | undefined;
}

export function createNotations(grammarsFolder: string): Notations {
  const all: readonly Notation[] = [properties, dotenv, createJava(grammarsFolder)];
  return {
    for(file) {
      const name = basename(file);
      return all.find((notation) => notation.covers(name));
    },
  };
}
