import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Language, Parser, type Tree } from 'web-tree-sitter';
import { GrammarMissing, TooSlow } from './notation';

/** A file that takes longer to parse is skipped: on a slow machine about 1 MB of source (docs/facts.md RUN-1). */
const PARSE_LIMIT_MS = 1000;

/** On a busy machine the clock runs while nothing is read: a file is not slow if little of it was looked at, or little done. */
const FEW_STEPS = 200;
const WORK_LIMIT_MS = 600;

function startClock(): () => boolean {
  const deadline = Date.now() + PARSE_LIMIT_MS;
  const before = process.cpuUsage();
  let steps = 0;
  return () => {
    steps += 1;
    return steps > FEW_STEPS && Date.now() > deadline && workSince(before) > WORK_LIMIT_MS;
  };
}

/** Of all threads together: never less than that of the one that asks. */
function workSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** A check to be called in loops over what a file holds: throws `TooSlow` once the time for one file is over. */
export function startDeadline(): () => void {
  const isOver = startClock();
  return () => {
    if (isOver()) throw new TooSlow(`Reading took more than ${PARSE_LIMIT_MS} ms.`);
  };
}

let runtime: Promise<void> | undefined;

/**
 * Loads a grammar on first use.
 * @param grammarsFolder holds `tree-sitter-<language>.wasm`, in the package also `web-tree-sitter.wasm`
 * @returns a parser that gives a syntax tree (to be deleted by the caller) or throws `TooSlow`
 * @throws GrammarMissing
 */
export async function loadGrammar(grammarsFolder: string, language: string): Promise<(text: string) => Tree> {
  const parser = await createParser(grammarsFolder, language);
  return (text) => {
    const tree = parser.parse(text, null, { progressCallback: startClock() });
    if (tree !== null) return tree;
    // Otherwise the next parse would go on where this one was stopped.
    parser.reset();
    throw new TooSlow(`Parsing took more than ${PARSE_LIMIT_MS} ms.`);
  };
}

async function createParser(grammarsFolder: string, language: string): Promise<Parser> {
  const grammar = join(grammarsFolder, `tree-sitter-${language}.wasm`);
  try {
    runtime ??= startRuntime(grammarsFolder);
    await runtime;
    return new Parser().setLanguage(await Language.load(grammar));
  } catch (error) {
    throw new GrammarMissing(`The grammar ${grammar} cannot be loaded.`, { cause: error });
  }
}

/** In the package the runtime lies beside the grammars; from the sources it lies in its own module's folder. */
function startRuntime(grammarsFolder: string): Promise<void> {
  return Parser.init({
    locateFile: (name: string, folder: string) => {
      const packaged = join(grammarsFolder, name);
      return existsSync(packaged) ? packaged : join(folder, name);
    },
  });
}
