import type { Node } from 'web-tree-sitter';
import type { FoundClient } from '../../notation';
import type { Language } from './language';
import { nodesOf } from './tree';

const KEY_FILE = /^[^\s"'`{}<>|]*KAAP\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}[^\s"'`{}<>|]*\.json$/;
const KEY_CONTENT = /^\s*\{[^{}]*"KAAP\.[0-9a-f-]{36}"[^{}]*\}\s*$/;

/**
 * Literals that name a client key by its id, wherever they go: handed to a function, say. They show that the key is used;
 * without their password they are not edited.
 */
export function findLeftovers(
  root: Node,
  language: Language,
  clients: readonly FoundClient[],
): readonly FoundClient[] {
  const taken = clients.flatMap(({ members }) => members);
  let count = 0;
  return nodesOf(root, language.strings).flatMap((node) => {
    if (!node.text.includes('KAAP.')) return [];
    const { startIndex: start, endIndex: end } = node;
    if (taken.some((member) => member.start < end && start < member.end)) return [];
    const read = language.read(node);
    if (read.kind !== 'literal') return [];
    const isFile = KEY_FILE.test(read.value);
    if (!isFile && !KEY_CONTENT.test(read.value)) return [];
    count += 1;
    return [
      {
        anchor: count === 1 ? 'literal' : `literal#${count}`,
        context: 'specific' as const,
        members: [
          {
            role: isFile ? ('keyFile' as const) : ('keyContent' as const),
            start,
            end,
            value: read.value,
            ...(read.form === undefined ? {} : { form: read.form }),
          },
        ],
      },
    ];
  });
}
