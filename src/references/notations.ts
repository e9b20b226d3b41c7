import { basename, relative } from 'node:path';
import type { Notation as NotationName } from '../model/reference';
import type { Notation } from './notation';
import { credential } from './notations/credential';
import { createCsharp } from './notations/csharp/csharp';
import { dockerfile } from './notations/dockerfile';
import { dotenv } from './notations/dotenv';
import { createGo } from './notations/go/go';
import { groovy } from './notations/groovy';
import { hcl } from './notations/hcl';
import { createJava } from './notations/java/java';
import { createJavaScript, createTypeScript } from './notations/javascript/javascript';
import { json } from './notations/json/json';
import { kotlin } from './notations/kotlin';
import { markdown } from './notations/markdown/markdown';
import { createPhp } from './notations/php/php';
import { properties } from './notations/properties';
import { createPython } from './notations/python/python';
import { rust } from './notations/rust';
import { scala } from './notations/scala';
import { shell } from './notations/shell';
import { toml } from './notations/toml/toml';
import { xml } from './notations/xml/xml';
import { yaml } from './notations/yaml/yaml';

/** The notations that are understood. `grammarsFolder` holds the grammars (`tree-sitter-<language>.wasm`). */
export interface Notations {
  /** The notation of a file by its name. `folder` is the workspace folder that it is in. */
  for(file: string, folder?: string): Notation | undefined;
  /** The same by its path below the workspace folder, with `/`. */
  covering(path: string): Notation | undefined;
  /** The notation that a reference was found by. */
  named(name: NotationName): Notation | undefined;
}

export function createNotations(grammarsFolder: string): Notations {
  // The first that covers a file has it: those that look at whole names before those that look at endings.
  const all: readonly Notation[] = [
    properties,
    dotenv,
    createJava(grammarsFolder),
    createPhp(grammarsFolder),
    createCsharp(grammarsFolder),
    createJavaScript(grammarsFolder),
    ...createTypeScript(grammarsFolder),
    createGo(grammarsFolder),
    createPython(grammarsFolder),
    kotlin,
    scala,
    groovy,
    rust,
    dockerfile,
    shell,
    hcl,
    json,
    toml,
    yaml,
    xml,
    markdown,
    credential,
  ];
  const covering = (path: string) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return all.find((notation) => notation.covers(name, path));
  };
  return {
    for: (file, folder) =>
      covering(folder === undefined ? basename(file) : relative(folder, file).replaceAll('\\', '/')),
    covering,
    named: (name) => all.find((notation) => notation.name === name),
  };
}
