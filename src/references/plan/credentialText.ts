import { type Node, type ParseError, parseTree } from 'jsonc-parser';

/** The member under which a password file in JSON holds the password in tools for confidential containers. */
const PASSWORD_MEMBER = 'ClientKeyPassword';

/**
 * The credential as JSON in the form of the old one: order of the members, white space and whatever else stands there stay.
 * @param old undefined or something else than a credential gives the plain form
 * @param credential the text of the new credential file
 */
export function formatLike(
  old: string | undefined,
  credential: { KeyId: string; PrivateKeyData: string },
): string {
  const { KeyId, PrivateKeyData } = credential;
  return withMembers(old ?? '', { KeyId, PrivateKeyData }) ?? JSON.stringify({ KeyId, PrivateKeyData });
}

/** Whether a password file names the password in JSON. */
export function isPasswordJson(text: string): boolean {
  return withMembers(text, { [PASSWORD_MEMBER]: '' }) !== undefined;
}

/** The content of a password file in the form of the old one: JSON, or plain with or without a line feed at its end. */
export function passwordLike(old: string | undefined, password: string): string {
  const json = withMembers(old ?? '', { [PASSWORD_MEMBER]: password });
  if (json !== undefined) return json;
  return password + (/(?:\r?\n)?$/.exec(old ?? '')?.[0] ?? '');
}

/** Replaces the texts of some members of a JSON object, and nothing else; undefined where one of them is not there once. */
function withMembers(json: string, values: Readonly<Record<string, string>>): string | undefined {
  const errors: ParseError[] = [];
  const root = parseTree(json.replace(/^\ufeff/, ' '), errors, { disallowComments: true });
  if (root?.type !== 'object' || errors.length > 0) return undefined;
  const edits: { readonly node: Node; readonly value: string }[] = [];
  for (const [name, value] of Object.entries(values)) {
    const nodes = (root.children ?? []).filter(({ children }) => children?.[0]?.value === name);
    const node = nodes[0]?.children?.[1];
    if (nodes.length !== 1 || node?.type !== 'string') return undefined;
    edits.push({ node, value });
  }
  return edits
    .sort((one, other) => other.node.offset - one.node.offset)
    .reduce(
      (text, { node, value }) =>
        text.slice(0, node.offset) + JSON.stringify(value) + text.slice(node.offset + node.length),
      json,
    );
}
