import type { Node } from 'web-tree-sitter';
import type { Expression } from '../code/language';
import { shortText } from '../code/wrapped';

const PATH_CALL = /^(?:(?:\w+|require\(['"](?:node:)?path['"]\))\.)?(?:join|resolve)$/;
const HERE =
  /^(?:__dirname|import\.meta\.(?:dirname|dir)|(?:\w+\.)?dirname\((?:__filename|import\.meta\.filename|(?:\w+\.)?fileURLToPath\(import\.meta\.url\))\))$/;

/** Folders that relative paths count from: where the process was started, where Egg finds the application. */
const RUN_FOLDER = /^(?:process\.cwd\(\)|(?:\w+\.)*app(?:Info)?\.(?:baseDir|root))$/;

/** Whether a call puts a path together. `join` of an array takes no folder. */
export function isPathCall(name: string, given: readonly Node[]): boolean {
  if (!PATH_CALL.test(name)) return false;
  return (
    /^(?:path|posix|win32|nodePath|p|require\(.*\))\./.test(name) || (given.length > 1 && !name.includes('.'))
  );
}

/** `path.join(…)` */
export function readPath(given: readonly Node[]): Expression {
  const [folder, ...parts] = given;
  if (folder === undefined) return { kind: 'other' };
  if (isHere(folder) && parts.length > 0) return { kind: 'path', parts, fromFile: true };
  if (isRunFolder(folder) && parts.length > 0) return { kind: 'path', parts, fromFile: false, fromRun: true };
  return { kind: 'path', parts: given, fromFile: false };
}

/** A folder and what is put behind it: `__dirname + '/x.json'`. */
export function readBelow(folder: Node, rest: Node): Expression | undefined {
  if (isHere(folder)) return { kind: 'path', parts: [rest], fromFile: true };
  return isRunFolder(folder) ? { kind: 'path', parts: [rest], fromFile: false, fromRun: true } : undefined;
}

function isRunFolder(node: Node): boolean {
  return RUN_FOLDER.test(shortText(node).replace(/\s+/g, ''));
}

function isHere(node: Node): boolean {
  return HERE.test(shortText(node).replace(/\s+/g, ''));
}
