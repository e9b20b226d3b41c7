import type { Node } from 'web-tree-sitter';
import { findClientKeyId } from '../../../model/clientKey';
import type { Expression, Variable } from './language';
import { baseOf, hasComment, leavesOf } from './parts';
import type { Reading, Source } from './source';

/** Follows a part of the expression at hand. */
type Follow = (part: Node) => readonly Source[];

/** The end of a path, as no password has it. */
const FILE_NAME = /^[\\/]?[^\\/{}\r\n]*(?:[\\/][^\\/{}\r\n]*)*\.\w{2,8}$/;

/**
 * `BASE_DIR + '/keys/x.json'` and `KEY_DIR + SEPARATOR + KEY_NAME` are paths, of which the last part is edited; anything
 * else is text, edited as a whole where every part is a literal.
 */
export function followJoin(
  expression: Node,
  reading: Reading,
  through: readonly Variable[],
  follow: Follow,
): readonly Source[] {
  const parts = leavesOf(expression, reading);
  const { startIndex: start, endIndex: end } = expression;
  return (
    lastOfPath(parts, reading, follow) ?? [
      { start, end, through, ...join(expression, parts, reading, follow) },
    ]
  );
}

function lastOfPath(parts: readonly Node[], reading: Reading, follow: Follow): readonly Source[] | undefined {
  const last = parts.at(-1);
  if (last === undefined || parts.every((part) => reading.read(part).kind === 'literal')) return undefined;
  const [file, ...others] = follow(last);
  if (
    file?.value === undefined ||
    file.obstacle !== undefined ||
    file.base !== undefined ||
    file.fromFile === true
  )
    return undefined;
  if (others.length > 0) return undefined;
  const folders = parts.slice(0, -1).map((part) => folderOf(follow(part)));
  const [first, ...between] = folders;
  const isFolder = first?.base !== undefined;
  // The empty path after the first part is a separator.
  const texts = [first?.text, ...between.map((part) => (part?.base === '' ? '/' : part?.text))];
  const text = texts.includes(undefined) ? undefined : texts.join('');
  const isApart = /^[\\/]/.test(file.value) || /[\\/]$/.test(texts.at(-1) ?? '');
  if (!isApart && !(isFolder && between.length === 0)) return undefined;
  // What stands before is known at run time only, which matters little where the name of the file tells the key.
  if (text === undefined) return findClientKeyId(file.value) === undefined ? undefined : [file];
  if (!isFolder && !FILE_NAME.test(file.value)) return undefined;
  const base = baseOf([first?.base === '' ? text.replace(/^[\\/]+/, '') : text], undefined);
  return base === undefined || (base === '' && !/^[\\/]/.test(file.value)) ? [file] : [{ ...file, base }];
}

/** What a part of a path says: a folder by itself, such as that of the file (`.`), or text that goes on from it. */
interface Folder {
  readonly text: string;
  /** That of the file, or empty where programs start. */
  readonly base?: string;
}

function folderOf(sources: readonly Source[]): Folder | undefined {
  const [source, ...others] = sources;
  if (source?.value === undefined || others.length > 0 || source.fromFile === true) return undefined;
  const { base, value } = source;
  return base === undefined ? { text: value } : { text: joinParts(base, value), base };
}

function joinParts(base: string, text: string): string {
  return base === '' || text === '' ? base + text : `${base}/${text}`;
}

/** A concatenation can be edited as one literal where every part is a literal in place and no comment would be lost. */
function join(
  expression: Node,
  parts: readonly Node[],
  reading: Reading,
  follow: Follow,
): Pick<Source, 'value' | 'form' | 'obstacle'> {
  const values = parts.map((part) => {
    const [source, ...others] = follow(part);
    const isPlain = others.length === 0 && source?.fromFile !== true && source?.base === undefined;
    return isPlain ? source?.value : undefined;
  });
  const value = values.includes(undefined) ? undefined : values.join('');
  const read = parts.map(reading.read);
  const [first] = read;
  const form = first?.kind === 'literal' ? first.form : undefined;
  const editable =
    value !== undefined &&
    read.every(({ kind }) => kind === 'literal') &&
    !hasComment(expression, parts, reading);
  return {
    ...(value === undefined ? {} : { value }),
    ...(form === undefined ? {} : { form }),
    ...(editable ? {} : { obstacle: 'interpolated' as const }),
  };
}

/** The last part is what is edited; what stands before it is its base. */
export function followPath(
  expression: Node,
  { parts, fromFile, fromRun = false, up = 0 }: Extract<Expression, { kind: 'path' }>,
  through: readonly Variable[],
  follow: Follow,
): readonly Source[] {
  const last = parts.at(-1);
  const { startIndex: start, endIndex: end } = expression;
  const whole: Source = { start, end, obstacle: 'interpolated', through };
  const place = fromFile ? ['.', ...Array<string>(up).fill('..')].join('/') : fromRun ? '' : undefined;
  if (last === undefined)
    return place === undefined ? [whole] : [{ start, end, through, value: '', base: place }];
  const [first, ...between] = parts.slice(0, -1).map((part) => folderOf(follow(part)));
  const isRelative = fromRun || first?.base === '';
  const folders = [first, ...between].slice(0, parts.length - 1).map((folder) => folder?.text);
  const base = baseOf(
    folders.map((folder, index) => (index === 0 && isRelative ? folder?.replace(/^[\\/]+/, '') : folder)),
    fromFile ? place : undefined,
  );
  return follow(last).map((source) => {
    if (source.fromFile === true) return whole;
    // The whole path has come in one part.
    if (source.base !== undefined && folders.length === 0 && !fromFile) return source;
    if (source.value === undefined || source.obstacle !== undefined || source.base !== undefined)
      return source;
    if (base === '') return isRelative && /^[\\/]/.test(source.value) ? { ...source, base } : source;
    if (base !== undefined) return { ...source, base };
    // The folder is known at run time only, which matters little where the name of the file tells the key.
    return findClientKeyId(source.value) === undefined ? { ...source, obstacle: 'interpolated' } : source;
  });
}
