/** A section of an ini file. Lines count from 1. */
export interface IniSection {
  readonly name: string;
  readonly line: number;
  readonly values: ReadonlyMap<string, string>;
}

export interface IniText {
  /** In the order of the file; a section that comes twice is one. */
  readonly sections: readonly IniSection[];
  /** Lines that are neither a section, nor a name with a value, nor a comment. */
  readonly strayLines: readonly number[];
}

/**
 * Reads ini text as the `ini` package of the credentials SDK does (docs/facts.md SDK-15), and keeps line numbers, which that
 * one does not.
 */
export function parseIni(text: string): IniText {
  const sections = new Map<string, { name: string; line: number; values: Map<string, string> }>();
  const strayLines: number[] = [];
  let current: Map<string, string> | undefined;
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const content = line.trim();
    if (content === '' || /^[;#]/.test(content)) continue;
    const name = /^\[([^\]]*)\]\s*(?:[;#].*)?$/.exec(content)?.[1];
    const [, key = '', value] = /^([^=]+)=(.*)$/s.exec(content) ?? [];
    if (name !== undefined) {
      const section = sections.get(name.trim()) ?? { name: name.trim(), line: index + 1, values: new Map() };
      sections.set(section.name, section);
      current = section.values;
    } else if (value === undefined) strayLines.push(index + 1);
    // What stands before the first section belongs to none.
    else current?.set(key.trim(), plainValue(value.trim()));
  }
  return { sections: [...sections.values()], strayLines };
}

/** Without quotes; without quotes around it, up to a comment, and `\` before `\`, `;` and `#` taken away. */
function plainValue(value: string): string {
  const quoted = /^(["'])(.*)\1$/s.exec(value);
  if (quoted?.[1] === "'") return quoted[2] ?? '';
  if (quoted) return unquote(value) ?? quoted[2] ?? '';
  return (/^(?:\\.|[^;#\\])*\\?/s.exec(value)?.[0] ?? '').replace(/\\([\\;#])/g, '$1').trim();
}

function unquote(value: string): string | undefined {
  try {
    const text: unknown = JSON.parse(value);
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}
