import type { ReferenceRole } from '../../../model/reference';
import { HARMLESS, indices } from './expressions';
import type { Lexed } from './lexer';

/** Calls around a path that leave it what it is. */
export const PATH_WORDS = new Set(
  (
    'File Path Paths PathBuf of get path file absolutePath toPath toFile toAbsolutePath canonicalPath getPath ' +
    'getAbsolutePath rootProject project layout getResource getClassLoader classLoader javaClass display'
  ).split(' '),
);
/** Calls that read a file. */
export const READS =
  /^(?:readText|readString|readAllBytes|readBytes|readFile|fromFile|readLines|read_to_string|include_str|include_bytes|readFileToString|getText|text|fromResource)$/;
const JOINS = new Set(['join', 'resolve', 'new']);

/**
 * `Paths.get("keys", "x.json")`, `Path::new("keys").join("x.json")`: the last part is the name of the file.
 * @returns what the others make together, and the token of the last
 */
export function pathOfParts(
  { tokens }: Lexed,
  role: ReferenceRole,
  from: number,
  to: number,
  { words, strings }: { readonly words: readonly number[]; readonly strings: readonly number[] },
): { readonly base: string; readonly last: number } | undefined {
  const textAt = (index: number) => tokens[index]?.text ?? '';
  const values = strings.flatMap((at) => tokens[at]?.literal?.value ?? []);
  const last = strings.at(-1);
  if (last === undefined || strings.length < 2 || values.length !== strings.length) return undefined;
  if (role !== 'keyFile' && role !== 'passwordFile') return undefined;
  const isPath = words.every((at) => {
    const word = textAt(at);
    return HARMLESS.has(word) || PATH_WORDS.has(word) || JOINS.has(word) || READS.test(word);
  });
  const hasMark = (at: number) => tokens[at]?.kind !== 'mark' || /^(?:[.(),&?]|::)$/.test(textAt(at));
  return isPath && words.length > 0 && indices(from, to).every(hasMark)
    ? { base: values.slice(0, -1).join('/'), last }
    : undefined;
}
