import assert from 'node:assert/strict';
import type { AppliedEdit } from '../../../src/model/rotation';
import { hashRaw, undoEdits } from '../../../src/references/plan/undo';

const ID = 'rotation-1';

/** An edit as the journal keeps it, for a value that stands in `after` now. */
function editOf(text: string, before: string, after: string, undoKey = before): AppliedEdit {
  return {
    file: 'x',
    start: text.indexOf(after),
    length: after.length,
    before: hashRaw(ID, before),
    after: hashRaw(ID, after),
    undoKey,
  };
}

const values = (...raws: string[]) => new Map(raws.map((raw) => [raw, raw]));

describe('undo of a patch', () => {
  const patched = 'a=new.json\nb="pässword-new"\n# end';

  it('puts every old value back, whatever its length', () => {
    const edits = [
      editOf(patched, 'clientKey_old.json', 'new.json'),
      editOf(patched, '"old"', '"pässword-new"'),
    ];
    const result = undoEdits(Buffer.from(patched), edits, values('clientKey_old.json', '"old"'), ID);
    assert.equal(result.bytes.toString(), 'a=clientKey_old.json\nb="old"\n# end');
    assert.deepEqual([result.undone, result.changed, result.lost], [edits, [], []]);
  });

  it('says which ranges have changed since and takes back the others', () => {
    const edits = [editOf(patched, 'old.json', 'new.json'), editOf(patched, '"old"', '"pässword-new"')];
    const now = patched.replace('new.json', 'mine.json');
    const result = undoEdits(Buffer.from(now), edits, values('old.json', '"old"'), ID);
    assert.equal(result.bytes.toString(), 'a=mine.json\nb="old"\n# end');
    assert.deepEqual(result.undone, [edits[1]]);
    assert.deepEqual(result.changed, [edits[0]]);
  });

  it('finds a value that moved, and does not guess between two', () => {
    const edit = editOf(patched, 'old.json', 'new.json');
    const moved = undoEdits(Buffer.from(`# first line\n${patched}`), [edit], values('old.json'), ID);
    assert.equal(moved.bytes.toString(), `# first line\n${patched.replace('new.json', 'old.json')}`);
    const twice = `#   new.json, new.json\n${patched.replace('new.json', 'other')}`;
    const result = undoEdits(Buffer.from(twice), [edit], values('old.json'), ID);
    assert.equal(result.bytes.toString(), twice);
    assert.deepEqual(result.changed, [edit]);
  });

  it('finds equal values that moved together, in their order', () => {
    const text = 'a: new.json\nb: new.json\nc: new.json\n';
    const edits = ['one', 'two', 'three'].map((old, index) => ({
      ...editOf(text, `${old}.json`, 'new.json'),
      start: 3 + index * 12,
    }));
    const old = values('one.json', 'two.json', 'three.json');
    // The last case: a line as long as the others, so that some stand where another one stood.
    for (const line of ['# first line\n', '# a comment\n']) {
      const { bytes, undone } = undoEdits(Buffer.from(line + text), edits, old, ID);
      assert.equal(bytes.toString(), `${line}a: one.json\nb: two.json\nc: three.json\n`);
      assert.equal(undone.length, 3);
    }
    const one = undoEdits(Buffer.from(`# first line\n${text}d: new.json\n`), edits, old, ID);
    assert.deepEqual(one.changed, edits, 'which of four is meant cannot be told');
  });

  it('counts what is back already as undone and changes nothing', () => {
    const edit = editOf(patched, 'old.json', 'new.json');
    const back = patched.replace('new.json', 'old.json');
    const result = undoEdits(Buffer.from(back), [edit], values('old.json'), ID);
    assert.equal(result.bytes.toString(), back);
    assert.deepEqual(result.undone, [edit]);
  });

  it('writes no value that is gone or is not the one that was replaced', () => {
    const edit = editOf(patched, 'old.json', 'new.json');
    for (const stored of [new Map<string, string>(), new Map([['old.json', 'forged.json']])]) {
      const result = undoEdits(Buffer.from(patched), [edit], stored, ID);
      assert.equal(result.bytes.toString(), patched);
      assert.deepEqual(result.lost, [edit]);
    }
    const elsewhere = undoEdits(Buffer.from(patched), [edit], values('old.json'), 'rotation-2');
    assert.equal(elsewhere.bytes.toString(), patched);
  });

  it('keeps every other byte of a file in an unknown encoding', () => {
    const head = Buffer.from([0x23, 0xbf, 0xcd, 0xff, 0x0d, 0x0a]);
    const edit = { ...editOf(patched, 'old', 'new.json', 'old'), start: head.length + 2 };
    const now = Buffer.concat([head, Buffer.from('a=new.json')]);
    const result = undoEdits(now, [edit], values('old'), ID);
    assert.deepEqual(result.bytes, Buffer.concat([head, Buffer.from('a=old')]));
  });
});
