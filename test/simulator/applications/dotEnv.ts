/**
 * Reads a `.env` file as dotenv with expansion does: `export ` may precede a name, a single-quoted value is taken
 * literally, in a double-quoted or bare one `$NAME` and `${NAME}` are replaced, and a bare one ends at `#`. The last of
 * several lines for one name counts.
 */
export function parseDotEnv(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const [, name, rest] = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name !== undefined) values[name] = parseValue(rest ?? '', values);
  }
  return values;
}

function parseValue(raw: string, known: Readonly<Record<string, string>>): string {
  const single = /^'([^']*)'(?:\s*#.*)?$/.exec(raw)?.[1];
  if (single !== undefined) return single;
  const double = /^"((?:[^"\\]|\\.)*)"(?:\s*#.*)?$/.exec(raw)?.[1];
  const value = double === undefined ? raw.replace(/#.*$/, '').trimEnd() : double.replace(/\\(["\\])/g, '$1');
  return value.replace(
    /\$(?:\{(\w+)\}|(\w+))/g,
    (_, braced?: string, bare?: string) => known[braced ?? bare ?? ''] ?? '',
  );
}
