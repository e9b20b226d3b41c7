import assert from 'node:assert/strict';
import { copyForAWhile } from '../../../../src/ui/rotations/shortLivedCopy';

function clipboardOf() {
  let text = '';
  return {
    readText: async () => text,
    writeText: async (value: string) => {
      text = value;
    },
  };
}

describe('a secret in the clipboard', () => {
  it('is taken out again', async () => {
    const clipboard = clipboardOf();
    const { cleared } = await copyForAWhile(clipboard, 'secret', 1);
    assert.equal(await clipboard.readText(), 'secret');
    await cleared;
    assert.equal(await clipboard.readText(), '');
  });

  it('leaves alone what has been copied since', async () => {
    const clipboard = clipboardOf();
    const { cleared } = await copyForAWhile(clipboard, 'secret', 1);
    await clipboard.writeText('something else');
    await cleared;
    assert.equal(await clipboard.readText(), 'something else');
  });
});
