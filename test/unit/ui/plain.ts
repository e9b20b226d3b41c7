import type { Translate } from '../../../src/ui/words';

/** The English text with its placeholders filled in, as VS Code does without a bundle. */
export const plain: Translate = (message, ...args) =>
  message.replace(/\{(\d+)\}/g, (whole, index: string) => String(args[Number(index)] ?? whole));
