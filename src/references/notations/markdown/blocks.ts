/** Lines of a document that belong together: a block of code, or a paragraph. */
export interface Block {
  readonly kind: 'code' | 'prose';
  readonly start: number;
  readonly end: number;
}

const FENCE = /^[\s>]*(?:[-*+] |\d+[.)] )?\s*(`{3,}|~{3,}|-{4,}|={4,})/;

/** Splits a document into its blocks: fenced ones, and what blank lines part. */
export function splitBlocks(text: string): readonly Block[] {
  const blocks: Block[] = [];
  let fence: string | undefined;
  let start: number | undefined;
  const close = (end: number, kind: Block['kind']) => {
    if (start !== undefined) blocks.push({ kind, start, end });
    start = undefined;
  };
  let at = 0;
  for (const line of text.split('\n')) {
    const end = at + line.length;
    const mark = FENCE.exec(line)?.[1];
    if (fence !== undefined) {
      if (mark?.startsWith(fence)) {
        close(at, 'code');
        fence = undefined;
      } else start ??= at;
    } else if (mark !== undefined && /^[`~-]/.test(mark)) {
      close(at, kindOf(text, start, at));
      fence = mark;
    } else if (line.trim() === '') close(at, kindOf(text, start, at));
    else start ??= at;
    at = end + 1;
  }
  close(text.length, fence === undefined ? kindOf(text, start, text.length) : 'code');
  return blocks;
}

/** A paragraph of which every line is indented is code. */
function kindOf(text: string, start: number | undefined, end: number): Block['kind'] {
  const lines = text.slice(start ?? end, end).split('\n');
  return lines.every((line) => /^(?: {3}|\t)|^\s*$/.test(line)) ? 'code' : 'prose';
}
