import type { FoundClient } from '../../notation';
import { toml } from '../toml/toml';
import type { Lexed } from './lexer';

/** What a literal has to hold before it is read as a configuration: a table and a name of a client's member. */
const LOOKS_LIKE_TOML = /^\s*\[[^\n]*\]\s*$[\s\S]*client[_-]?key/im;

/**
 * Clients in TOML texts that stand in raw literals, as in tests of key brokers. There every character is written as it is
 * read, so ranges and edits carry over; the text of a `format!` has holes and doubled braces, and is only told.
 */
export async function tomlClients({ tokens }: Lexed): Promise<readonly FoundClient[]> {
  const clients: FoundClient[] = [];
  let count = 0;
  for (const [index, { text, start, literal }] of tokens.entries()) {
    if (literal?.value === undefined || !/^r#*"/.test(text) || !LOOKS_LIKE_TOML.test(literal.value)) continue;
    count += 1;
    const number = count;
    const from = start + literal.open;
    const isFormat = tokens[index - 1]?.text === '(' && tokens[index - 2]?.text === '!';
    const body = text.slice(literal.open, text.length - literal.close);
    // Without the second of two braces, and just as long.
    const found = await toml.find(isFormat ? body.replaceAll('{{', '{ ').replaceAll('}}', ' }') : body);
    clients.push(
      ...found.clients.map((client) => ({
        ...client,
        anchor: `text${number}/${client.anchor}`,
        members: client.members.map((member) => ({
          ...member,
          start: member.start + from,
          end: member.end + from,
          form: member.form === undefined ? 'toml' : `toml ${member.form}`,
          ...(isFormat ? { obstacle: 'interpolated' as const } : {}),
        })),
      })),
    );
  }
  return clients;
}

/** Writes a value inside of such a text; a quote before `#` could end the literal. */
export function encodeInToml(value: string, rawBefore: string, form: string): string | undefined {
  const written = toml.encode(value, rawBefore, /^toml (.*)$/.exec(form)?.[1]);
  return written?.includes('"#') === true ? undefined : written;
}
