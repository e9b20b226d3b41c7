import type { Notation } from '../../../../src/references/notation';

/** What a notation finds, one word per member: role, value or obstacle, what is looked up; by client. */
export async function found(notation: Notation, text: string): Promise<readonly (readonly string[])[]> {
  const { clients } = await notation.find(text);
  return clients.map(({ members }) =>
    members.map(({ role, value, obstacle, lookup, base }) =>
      [
        role,
        ...(base === undefined ? [] : [`${base}:`]),
        ...(lookup === undefined
          ? []
          : [`${lookup.in}(${lookup.name})${lookup.indirect === true ? '*' : ''}`]),
        ...(obstacle === undefined || (obstacle === 'lookup' && lookup !== undefined)
          ? []
          : [`!${obstacle}`]),
        ...(value === undefined ? [] : [value]),
      ].join(' '),
    ),
  );
}

/** The text that the preview would show of a file: everything but what is hidden. */
export async function visible(notation: Notation, text: string): Promise<string> {
  const { hidden } = await notation.find(text);
  let shown = '';
  let at = 0;
  for (const { start, end, open = 0, close = 0 } of hidden) {
    shown += `${text.slice(at, start + open)}…${text.slice(end - close, end)}`;
    at = end;
  }
  return shown + text.slice(at);
}
