import { LOG_FIELDS } from './auditLog';
import { invalidQuery } from './search';

/**
 * The short list of SQL that the simulator accepts after `|`: one `SELECT`, optionally `FROM log`, with `WHERE`,
 * `GROUP BY`, `HAVING`, `ORDER BY` and `LIMIT n` or `LIMIT offset, n`, comparison, arithmetic and the functions below. The help
 * of the log service documents each. Anything else is refused, so that a product tested here uses nothing that only
 * DuckDB understands; `SELECT *` too, because which fields the real index has is unknown.
 */
const KEYWORDS = new Set(
  'select from log where group by having order asc desc limit as and or not in is null like between case when then else end'.split(
    ' ',
  ),
);

/** Functions, with DuckDB's name for each. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  count: 'count',
  max: 'max',
  min: 'min',
  sum: 'sum',
  avg: 'avg',
  approx_distinct: 'approx_count_distinct',
  arbitrary: 'any_value',
  max_by: 'arg_max',
  min_by: 'arg_min',
  date_trunc: 'sls_date_trunc',
  cast: 'cast',
};

const TYPES = new Set(['bigint', 'double', 'varchar']);
const COLUMNS: ReadonlySet<string> = new Set(['__time__', '__source__', '__topic__', ...LOG_FIELDS]);
/** Rows of a result where no `LIMIT` is given. */
export const LIMIT_OF_NONE = 100;
const MAX_ROWS = 1_000_000;

export interface Token {
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'sign';
  readonly text: string;
}

export interface CheckedSql {
  /** What DuckDB runs over a table `log`. */
  readonly duckDb: string;
  /** Columns of the log that the statement names. */
  readonly columns: readonly string[];
}

/**
 * Checks a statement against the list and translates it.
 * @throws ServiceError `ParameterInvalid`
 */
export function checkSql(sql: string): CheckedSql {
  const tokens = tokeniseSql(sql);
  if (tokens[0]?.text.toLowerCase() !== 'select')
    throw invalidQuery('the analytic statement must be a SELECT');
  const aliases = new Set(tokens.flatMap((token, i) => (isKeyword(tokens[i - 1], 'as') ? [token.text] : [])));
  const columns = new Set<string>();
  const out: string[] = [];
  let hasFrom = false;
  for (const [i, token] of tokens.entries()) {
    const next = tokens[i + 1];
    const lower = token.text.toLowerCase();
    if (token.text === '*' && (isKeyword(tokens[i - 1], 'select') || tokens[i - 1]?.text === ',')) {
      throw invalidQuery('SELECT * is not supported');
    }
    if (token.kind === 'text') out.push(`'${token.text.replaceAll("'", "''")}'`);
    else if (token.kind === 'number' || token.kind === 'sign') out.push(token.text);
    else if (token.kind === 'word' && lower === 'select' && i > 0)
      throw invalidQuery('only one SELECT is supported');
    else if (token.kind === 'word' && lower === 'log') {
      if (!isKeyword(tokens[i - 1], 'from')) throw invalidQuery('unexpected log');
    } else if (token.kind === 'word' && lower === 'from') {
      if (next?.text.toLowerCase() !== 'log') throw invalidQuery('only FROM log is supported');
      hasFrom = true;
      out.push('FROM log');
    } else if (token.kind === 'word' && KEYWORDS.has(lower)) {
      if (lower === 'limit') break;
      if (!hasFrom && ['where', 'group', 'having', 'order'].includes(lower)) {
        hasFrom = true;
        out.push('FROM log');
      }
      out.push(lower.toUpperCase());
    } else if (token.kind === 'word' && next?.text === '(' && Object.hasOwn(FUNCTIONS, lower)) {
      out.push(FUNCTIONS[lower] ?? '');
    } else if (token.kind === 'word' && next?.text === '(' && TYPES.has(lower) === false) {
      throw invalidQuery(`function ${token.text} is not supported`);
    } else if (TYPES.has(lower) && isKeyword(tokens[i - 1], 'as')) out.push(lower.toUpperCase());
    else if (COLUMNS.has(token.text)) {
      columns.add(token.text);
      out.push(`"${token.text}"`);
    } else if (aliases.has(token.text)) out.push(`"${token.text}"`);
    else throw invalidQuery(`column ${token.text} cannot be resolved`);
  }
  if (!hasFrom) out.push('FROM log');
  return { duckDb: `${out.join(' ')} ${limitOf(tokens)}`, columns: [...columns] };
}

/** The `LIMIT` for DuckDB; it must be the end of the statement. */
function limitOf(tokens: readonly Token[]): string {
  const at = tokens.findIndex((token) => isKeyword(token, 'limit'));
  if (at < 0) return `LIMIT ${LIMIT_OF_NONE}`;
  const text = tokens
    .slice(at + 1)
    .map((token) => token.text)
    .join('');
  const [, first, second] = /^(\d+)(?:,(\d+))?$/.exec(text) ?? [];
  if (first === undefined) throw invalidQuery('LIMIT takes one or two numbers at the end');
  const rows = Number(second ?? first);
  if (rows > MAX_ROWS) throw invalidQuery(`LIMIT is at most ${MAX_ROWS}`);
  return second === undefined ? `LIMIT ${rows}` : `LIMIT ${rows} OFFSET ${first}`;
}

export function isKeyword(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toLowerCase() === word;
}

/** @throws ServiceError `ParameterInvalid` */
export function tokeniseSql(sql: string): Token[] {
  const tokens: Token[] = [];
  const pattern =
    /\s+|'((?:[^']|'')*)'|"([^"]*)"|(\d+(?:\.\d+)?)|([A-Za-z_][A-Za-z0-9_]*)|(<>|<=|>=|!=|[-+*/%(),=<>])/y;
  while (pattern.lastIndex < sql.length) {
    const match = pattern.exec(sql);
    if (match === null) throw invalidQuery('unexpected character in the analytic statement');
    const [, text, name, number, word, sign] = match;
    if (text !== undefined) tokens.push({ kind: 'text', text: text.replaceAll("''", "'") });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
  }
  return tokens;
}
