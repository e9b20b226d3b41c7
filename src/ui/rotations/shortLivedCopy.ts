/** A clipboard, as VS Code has it. */
export interface Clipboard {
  readText(): PromiseLike<string>;
  writeText(text: string): PromiseLike<void>;
}

/**
 * Puts a secret into the clipboard and takes it out again after a while, unless something else is in it by then.
 * @returns once it is in the clipboard; `cleared` resolves when its time is over
 */
export async function copyForAWhile(
  clipboard: Clipboard,
  secret: string,
  ms: number,
): Promise<{ readonly cleared: Promise<void> }> {
  await clipboard.writeText(secret);
  const over = new Promise<void>((resolve) => {
    setTimeout(resolve, ms);
  });
  const cleared = over.then(async () => {
    if ((await clipboard.readText()) === secret) await clipboard.writeText('');
  });
  // A clipboard that cannot be read any more is no failure of the copy.
  cleared.catch(() => undefined);
  return { cleared };
}
