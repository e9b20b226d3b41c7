import type { FoundClient, FoundMember } from '../../notation';
import { isCandidateText } from '../../scan/candidates';
import { findInShell } from '../shell';
import type { Expander } from './expansion';
import { partOf, placeOf } from './place';
import { anchorOf, type Reading } from './settings';
import { visitTree, type YamlScalar, type YamlTree } from './tree';

const SCRIPT = /^(?:run|script|before_script|after_script|bash|commands)$/;

/** A line of a script with its place in the text of the whole script. */
interface Piece {
  readonly scalar: YamlScalar;
  readonly at: number;
}

/** The clients of scripts that jobs run: of one text, or of a list of lines that run one after the other. */
export async function clientsOfScripts(
  tree: YamlTree,
  reading: Reading,
  expander: Expander,
): Promise<readonly FoundClient[]> {
  const scripts: { readonly path: string; readonly lines: readonly YamlScalar[] }[] = [];
  visitTree(tree, reading.checkTime, (at, path, key) => {
    if (!SCRIPT.test(key)) return;
    const items = at.kind === 'list' ? at.items : [at];
    const lines = items.flatMap((item) => (item.kind === 'scalar' && item.value !== undefined ? [item] : []));
    if (lines.some(({ value = '' }) => isCandidateText(value))) scripts.push({ path, lines });
  });
  const found: FoundClient[] = [];
  for (const { path, lines } of scripts)
    found.push(...(await clientsOfScript(anchorOf(reading, path), lines, reading, expander)));
  return found;
}

async function clientsOfScript(
  anchor: string,
  lines: readonly YamlScalar[],
  reading: Reading,
  expander: Expander,
): Promise<readonly FoundClient[]> {
  const pieces: Piece[] = [];
  let script = '';
  for (const scalar of lines) {
    pieces.push({ scalar, at: script.length });
    script += `${scalar.value ?? ''}\n`;
  }
  const { clients } = await findInShell(withoutExpressions(script, expander), reading.checkTime);
  return clients.map((client) => ({
    ...client,
    anchor: `${anchor}/${client.anchor}`,
    members: client.members.map((member) => placeMember(member, script, pieces, reading, expander)),
  }));
}

/** `${{ … }}` is filled in before a shell reads the line: in its place stands a variable that is as long. */
function withoutExpressions(script: string, expander: Expander): string {
  return expander === 'github'
    ? script.replace(/\$\{\{.*?\}\}/g, (all) => `\${${'X'.repeat(all.length - 3)}}`)
    : script;
}

function placeMember(
  member: FoundMember,
  script: string,
  pieces: readonly Piece[],
  { text, broken }: Reading,
  expander: Expander,
): FoundMember {
  const { start, end, form, value, lookup, obstacle, ...rest } = member;
  const piece = pieces.findLast(({ at }) => at <= start) ?? pieces[0];
  if (piece === undefined) return { ...member, obstacle: 'unsupported' };
  const placed = { scalar: piece.scalar, text };
  const inner = { notation: 'shell', ...(form === undefined ? {} : { form }) };
  const place = partOf(placed, start - piece.at, end - piece.at, { inner });
  const whole = { ...rest, ...(place ?? placeOf(placed)) };
  const expression = expander === 'github' ? /\$\{\{(.*?)\}\}/.exec(script.slice(start, end)) : null;
  if (expression !== null) {
    const name = /^\s*(?:secrets|vars)\.([A-Za-z_]\w*)\s*$/.exec(expression[1] ?? '')?.[1];
    return name === undefined
      ? { ...whole, obstacle: 'interpolated' }
      : { ...whole, role: asValue(rest.role), obstacle: 'lookup', lookup: { in: 'ci', name } };
  }
  const found = broken ?? obstacle ?? (place === undefined ? ('unsupported' as const) : undefined);
  return {
    ...whole,
    ...(value === undefined ? {} : { value }),
    ...(lookup === undefined ? {} : { lookup }),
    ...(found === undefined ? {} : { obstacle: found }),
  };
}

/** What the expression gives is the password itself, not the name of a variable. */
function asValue(role: FoundMember['role']): FoundMember['role'] {
  return role === 'passwordEnv' ? 'password' : role;
}
