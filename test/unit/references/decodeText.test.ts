import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findClientKeyId } from '../../../src/model/clientKey';
import { scanWorkspace } from '../../../src/references/scan/scan';
import { decodeText, isWide } from '../../../src/references/text/decodeText';
import { rewrite } from '../../../src/references/text/rewrite';
import { credentialText, notations, OLD_KEY, temporaryFolder, writeFiles } from './demoWorkspace';

/** `密钥` in the charsets of the region. */
const GBK = Buffer.from([0xc3, 0xdc, 0xd4, 0xbf]);
/** Characters whose second byte is `\`, `|`, `{`, `}`, a backtick, `@` and a letter in GBK. */
const TRAILS = [0x5c, 0x7c, 0x7b, 0x7d, 0x60, 0x40, 0x61].map((trail) => Buffer.from([0x81, trail]));

const ENCODINGS = [
  'utf8',
  'utf8bom',
  'utf16le',
  'utf16be',
  'gbk',
  'gb18030',
  'gb2312',
  'big5hkscs',
  'cp950',
  'shiftjis',
  'eucjp',
  'euckr',
  'windows1252',
  'windows1251',
  'iso88591',
  'iso885915',
  'koi8r',
  'macroman',
  'cp437',
  'nonsense',
] as const;

describe('the text of a file', () => {
  const cases: readonly [string, Buffer, string, string][] = [
    ['UTF-8', Buffer.from('ä密钥😀'), 'utf8', 'ä密钥😀'],
    ['UTF-8 with byte order mark', Buffer.from('\ufeffä'), 'utf8', 'ä'],
    ['UTF-16LE', Buffer.from('\ufeffä', 'utf16le'), 'utf16le', 'ä'],
    ['UTF-16BE', Buffer.from('\ufeffä', 'utf16le').swap16(), 'utf16be', 'ä'],
    ['UTF-16LE without a mark', Buffer.from('a=1\n', 'utf16le'), 'utf16le', 'a=1\n'],
    ['UTF-16BE without a mark', Buffer.from('a=1\n', 'utf16le').swap16(), 'utf16be', 'a=1\n'],
    ['GBK', Buffer.from([0xc3, 0xdc]), 'bytes', 'ÃÜ'],
    ['Western bytes', Buffer.from('caf\xe9\\n', 'latin1'), 'bytes', 'café\\n'],
    ['UTF-16 cut in the middle', Buffer.from([0xff, 0xfe, 0x41]), 'bytes', 'ÿþA'],
  ];
  for (const [name, bytes, encoding, text] of cases)
    it(`is read from ${name}`, () => {
      const file = decodeText(bytes);
      assert.deepEqual([file.encoding, file.text], [encoding, text]);
    });

  it('is read as `files.encoding` says, a byte order mark apart', () => {
    const wide = Buffer.from('密a', 'utf16le');
    assert.equal(decodeText(wide, 'utf16le').text, '密a');
    assert.equal(decodeText(Buffer.from(wide).swap16(), 'utf16be').text, '密a');
    assert.ok(isWide(wide, 'utf16le') && !isWide(wide));
    assert.equal(decodeText(Buffer.from('\ufeff密'), 'gbk').text, '密');
    // Valid in UTF-8 as well, but that is not what it is.
    const twice = Buffer.from([0xc2, 0xa9]);
    assert.equal(decodeText(twice, 'gbk').decodeValue(decodeText(twice, 'gbk').text), '漏');
    assert.equal(decodeText(twice, 'nonsense').encoding, 'bytes');
  });

  it('comes back byte for byte, whatever the bytes and whatever is said of them', () => {
    const start = fc.constantFrom([], [0xef, 0xbb, 0xbf], [0xff, 0xfe], [0xfe, 0xff]);
    const encoding = fc.constantFrom(undefined, ...ENCODINGS);
    const ascii = fc.constantFrom(0x5c, 0x7c, 0x7b, 0x30, 0x39, 0x41, 0);
    const byte = fc.oneof(fc.integer({ min: 0x80, max: 0xff }), ascii);
    fc.assert(
      fc.property(start, fc.array(byte), encoding, (mark, rest, said) => {
        const bytes = Buffer.from([...mark, ...rest]);
        const file = decodeText(bytes, said);
        assert.deepEqual(file.encode(file.text), bytes);
        file.decodeValue(file.text);
      }),
      { seed: 42, numRuns: 5000 },
    );
  });

  it('lets no second half of a character act as syntax', () => {
    for (const said of [undefined, 'gbk', 'gb18030', 'gb2312'])
      for (const trail of TRAILS) {
        // Enough of GBK around it to be told from Western text.
        const bytes = Buffer.concat([Buffer.from('# '), GBK, trail, GBK, Buffer.from('\nx=1\n')]);
        const { text, encode } = decodeText(bytes, said);
        assert.match(text, /^# [^\0-\x7f]{10}\nx=1\n$/);
        assert.deepEqual(encode(text), bytes);
      }
  });

  it('holds a four-byte character of GB18030, whose digits are no digits', () => {
    const bytes = Buffer.from([0x61, 0x3d, 0x81, 0x30, 0x84, 0x36, 0x62]);
    const file = decodeText(bytes, 'gb18030');
    assert.match(file.text, /^a=[^\0-\x7f]{4}b$/);
    assert.equal(file.decodeValue(file.text.slice(2, 6)), '\u00a5');
  });

  it('makes readable text of values and writes new ones in the charset of the file', () => {
    const bytes = Buffer.concat([Buffer.from('path='), GBK, Buffer.from('.json')]);
    const file = decodeText(bytes, 'gbk');
    assert.equal(file.decodeValue(file.text), 'path=密钥.json');
    assert.equal(file.decodeValue(file.encodeValue('新乗.json') ?? ''), '新乗.json');
    assert.equal(file.encodeValue('😀'), undefined);
    assert.equal(decodeText(bytes).encodeValue('密'), undefined, 'unknown charsets get ASCII alone');
    assert.equal(decodeText(bytes).encodeValue('Old1!$'), 'Old1!$');
  });

  for (const said of ['gbk', 'gb18030', 'cp950', 'shiftjis', 'euckr', 'eucjp', 'windows1252', 'koi8r'])
    it(`takes any text of ${said} there and back`, () => {
      const file = decodeText(Buffer.from([0xff]), said);
      const unit = fc.constantFrom(...'a\\{|`~é€ßЖя密钥乗漏表ソ能한글あア');
      let held = 0;
      fc.assert(
        fc.property(fc.string({ unit, maxLength: 12 }), (value) => {
          const units = file.encodeValue(value);
          if (units === undefined) return;
          held += 1;
          assert.equal(file.decodeValue(units), value);
          assert.equal(file.encode(units)?.length, units.length);
        }),
        { seed: 42, numRuns: 1000 },
      );
      assert.ok(held > 20, `${held} values`);
    });

  it('refuses a character that its encoding lacks, and edits that overlap', () => {
    const bytes = Buffer.from([0x61, 0xff]);
    const file = decodeText(bytes);
    assert.equal(rewrite(bytes, file, [{ start: 0, end: 1, raw: '密' }]), undefined);
    assert.deepEqual(
      rewrite(bytes, file, [{ start: 0, end: 1, raw: 'é' }])?.bytes,
      Buffer.from([0xe9, 0xff]),
    );
    const overlapping = [
      { start: 0, end: 2, raw: 'x' },
      { start: 1, end: 2, raw: 'y' },
    ];
    assert.equal(rewrite(bytes, file, overlapping), undefined);
  });
});

describe('a scan of files that are no UTF-8', () => {
  const source = 'client_key_private_key_path=密钥/k.json\nclient_key_password=OldPw1!xyz\n';

  async function scan(bytes: Buffer, encoding?: string) {
    const folder = temporaryFolder();
    writeFiles(folder, { 'a.properties': bytes, '密钥/k.json': credentialText(OLD_KEY) });
    const { result } = await scanWorkspace(
      {
        folders: [folder],
        exclude: [],
        ...(encoding === undefined ? {} : { encodings: { [folder]: encoding } }),
      },
      notations,
    );
    return result.groups.filter(({ references }) =>
      references.some(({ notation }) => notation === 'properties'),
    );
  }

  it('follows a path that is written in GBK where `files.encoding` says so', async () => {
    const file = decodeText(Buffer.from([0xff]), 'gbk');
    const bytes = file.encode(file.encodeValue(source) ?? '') ?? Buffer.alloc(0);
    assert.ok(bytes.includes(GBK));
    const [group] = await scan(bytes, 'gbk');
    assert.equal(findClientKeyId(group?.keyId ?? ''), OLD_KEY);
    assert.deepEqual(
      group?.references.map(({ range }) => range.column),
      [29, 21],
    );
  });

  it('reads UTF-16 with and without a byte order mark', async () => {
    for (const [text, encoding] of [[`\ufeff${source}`], [source, 'utf16le']] as const) {
      const [group] = await scan(Buffer.from(text, 'utf16le'), encoding);
      assert.equal(group?.keyId, OLD_KEY);
      assert.ok(group.editable);
    }
  });
});
