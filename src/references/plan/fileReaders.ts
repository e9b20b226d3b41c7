import type { Notation as NotationName } from '../../model/reference';

/** How a language reads a file where an expression may stand and no error has to be declared. Gets a literal with the path. */
const READERS: Partial<Record<NotationName, (path: string) => string>> = {
  python: (path) => `open(${path}, encoding="utf-8").read().strip()`,
  php: (path) => `trim(file_get_contents(${path}))`,
  csharp: (path) => `System.IO.File.ReadAllText(${path}).Trim()`,
  kotlin: (path) => `java.io.File(${path}).readText().trim()`,
  groovy: (path) => `new File(${path}).text.trim()`,
};

/** What stands before a literal that has to be one: constants, and in PHP and C# also defaults of fields and parameters. */
const CONSTANT = /\bconst\b[^;{}]*$/;
const CONSTANTS: Partial<Record<NotationName, readonly RegExp[]>> = {
  php: [
    CONSTANT,
    /\b(?:private|protected|public|static|var|readonly)\b[^;{}()=]*\$\w+\s*=\s*$/,
    /\b(?:function|fn)\b[^;{}]*\([^;{}]*\$\w+\s*=\s*$/,
  ],
  csharp: [CONSTANT, /\([^;{}()]*\bstring\??\s+\w+\s*=\s*$/i],
  kotlin: [CONSTANT],
};

/** Text before a literal that can say what it is the value of. */
const REACH = 1000;

/** Whether a language can read a file in place of a literal. */
export function canReadFiles(notation: NotationName): boolean {
  return READERS[notation] !== undefined;
}

/**
 * The expression that reads the file of a path.
 * @param path as a literal of the language
 * @param before the text in front of the literal that it takes the place of
 * @returns undefined where only a literal may stand
 */
export function readerOf(notation: NotationName, path: string, before: string): string | undefined {
  const near = before.slice(-REACH);
  return CONSTANTS[notation]?.some((one) => one.test(near)) === true ? undefined : READERS[notation]?.(path);
}
