import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { TooSlow } from '../../../src/references/notation';
import { yaml } from '../../../src/references/notations/yaml/yaml';
import { root } from './demoWorkspace';

const lines = (...all: readonly string[]) => `${all.join('\n')}\n`;
const membersOf = async (text: string) => (await yaml.find(text)).clients.flatMap(({ members }) => members);
const kms = (pw: string) =>
  lines('kms:', '  client-key-file: keys/client.json', `  client-key-password: ${pw}`);

async function passwordOf(text: string) {
  const found = (await membersOf(text)).find(({ role }) => role === 'password');
  assert.ok(found !== undefined);
  return { ...found, raw: text.slice(found.start, found.end) };
}

const FIXTURES = ['yaml', 'kubernetes', 'compose', 'helm', 'ci'].flatMap((name) => {
  const folder = join(root, 'test', 'workspace', name, 'before');
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
});

describe('YAML', function () {
  this.timeout(30_000);

  it('quotes what a plain scalar would change, and only that', () => {
    for (const value of ['&abcdefg', '*abcdefg', '!abcdefg', '%abcdefg', '@abcdefg', '#abcdefg', '?abcdefg'])
      assert.equal(yaml.encode(value, 'OldPw1!x'), `'${value}'`);
    for (const value of [
      '12345678',
      '1234e567',
      '12_345_678',
      '0x12345678',
      '2024-01-01',
      '-1234567',
      'yes',
      '1:30',
      '~',
    ])
      assert.equal(yaml.encode(value, 'OldPw1!x'), `'${value}'`);
    for (const value of ['-abcdefg', 'abc#defg', '12345!ab', '~abcdefg', '$abcdefg', 'a@b%c&d*', 'true-ish'])
      assert.equal(yaml.encode(value, 'OldPw1!x'), value);
    assert.equal(yaml.encode('a, b', 'keys', 'flow'), "'a, b'");
    assert.equal(yaml.encode('a, b', 'keys'), 'a, b');
  });

  it('reads a password that looks like a number as the text that it is', async () => {
    const found = await passwordOf(kms('12345678'));
    assert.equal(found.value, '12345678');
    assert.equal(found.obstacle, undefined);
    assert.equal(yaml.encode('OldPw1!x', found.raw, found.form), 'OldPw1!x');
  });

  it('keeps head, indentation and line ends of a block', async () => {
    const text = kms('|-2   # note\r\n    OldPw1!x').replaceAll('\n', '\r\n').replaceAll('\r\r', '\r');
    const found = await passwordOf(text);
    assert.equal(found.value, 'OldPw1!x');
    assert.equal(yaml.encode('new', found.raw, found.form), '|-2   # note\r\n    new');
    assert.equal(yaml.encode('two\nlines', found.raw, found.form), '|-2   # note\r\n    two\r\n    lines');
  });

  it('refuses a brace inside a default, which would end it', async () => {
    const [, found] = await membersOf(kms(`\${pw:OldPw1!x}`)).then((all) =>
      all.filter(({ role }) => role === 'password'),
    );
    assert.ok(found !== undefined);
    assert.equal(found.value, 'OldPw1!x');
    assert.equal(yaml.encode('New{1}', 'OldPw1!x', found.form), undefined);
    assert.equal(yaml.encode('New#1', 'OldPw1!x', found.form), 'New#1');
  });

  it('gives every value as a setting, nested and dotted', async () => {
    const { settings = [] } = await yaml.find(
      lines('a:', '  b.c: 1', '  d: [x, {e: "y"}]', `f: \${A_B:z}`, 'g:'),
    );
    assert.deepEqual(
      settings.map(({ in: place, name, value, lookup }) => [place, name, value, lookup?.name]),
      [
        ['settings', 'a.b.c', '1', undefined],
        ['settings', 'a.d[0]', 'x', undefined],
        ['settings', 'a.d[1].e', 'y', undefined],
        ['settings', 'f', 'z', 'A_B'],
      ],
    );
  });

  it('gives variables of containers, by value and by reference, and keys of Secrets', async () => {
    const text = lines(
      'apiVersion: v1',
      'kind: Pod',
      'metadata: {name: p, namespace: ns}',
      'spec:',
      '  containers:',
      '    - env:',
      '        - {name: A, value: x}',
      '        - name: B',
      '          valueFrom: {secretKeyRef: {name: s, key: k}}',
      '        - {name: C, value: $(A)}',
      '---',
      'apiVersion: v1',
      'kind: Secret',
      'metadata: {name: s, namespace: ns}',
      'data: {k: eA==}',
      'stringData: {l: y}',
    );
    const { settings = [] } = await yaml.find(text);
    assert.deepEqual(
      settings.map(({ in: place, name, value, lookup }) => [place, name, value ?? lookup]),
      [
        ['environment', 'A', 'x'],
        ['environment', 'B', { in: 'secret', name: 'ns/s/k' }],
        ['environment', 'C', { in: 'environment', name: 'A' }],
        ['secret', 'ns/s/k', 'x'],
        ['environment', 'k', 'x'],
        ['secret', 'ns/s/l', 'y'],
        ['environment', 'l', 'y'],
      ],
    );
  });

  it('gives what Compose mounts: volumes in both forms, secrets and configs of files', async () => {
    const text = lines(
      'services:',
      '  app:',
      '    image: a',
      '    volumes:',
      '      - ./keys/client.json:/run/client.json:ro',
      "      - 'C:\\keys:/run/keys'",
      '      - named:/data',
      '      - {type: bind, source: ../up, target: /up}',
      `      - \${HOME}/keys:/home`,
      '    secrets: [pw, {source: key, target: kms.json}]',
      '    configs:',
      '      - {source: cfg, target: /etc/cfg}',
      'secrets: {pw: {file: pw.txt}, key: {file: ./key.json}}',
      'configs: {cfg: {file: cfg.json}, unused: {file: u.json}}',
    );
    const { mounts = [] } = await yaml.find(text);
    assert.deepEqual(
      mounts.map(({ source, target }) => [source.value ?? source.obstacle, target?.value]),
      [
        ['./keys/client.json', '/run/client.json'],
        ['C:\\keys', '/run/keys'],
        ['../up', '/up'],
        ['interpolated', '/home'],
        ['pw.txt', '/run/secrets/pw'],
        ['./key.json', '/run/secrets/kms.json'],
        ['cfg.json', '/etc/cfg'],
        ['u.json', undefined],
      ],
    );
    const [first] = mounts;
    assert.ok(first !== undefined);
    assert.equal(text.slice(first.source.start, first.source.end), './keys/client.json');
    assert.equal(yaml.encode('./keys/n$w.json', './keys/client.json', first.source.form), './keys/n$$w.json');
  });

  it('tells look-ups, text with look-ups inside and plain dollars apart, each reader by its rules', async () => {
    const compose = (pw: string) =>
      lines(
        'services:',
        '  a:',
        '    image: a',
        '    environment:',
        `      ALIBABA_CLOUD_KMS_PASSWORD: ${pw}`,
      );
    const workflow = (pw: string) =>
      lines('jobs:', '  a:', '    runs-on: x', '    env:', `      ALIBABA_CLOUD_KMS_PASSWORD: ${pw}`);
    const said = async (text: string) => {
      const [member] = await membersOf(text);
      return member?.lookup?.name ?? member?.obstacle ?? member?.value;
    };
    assert.equal(await said(compose('Old$$1')), 'Old$1');
    assert.equal(await said(compose('$PW')), 'PW');
    assert.equal(await said(compose(`\${PW:?set it}`)), 'PW');
    assert.equal(await said(compose(`a\${PW}`)), 'interpolated');
    assert.equal(await said(compose(`"a$\${PW}"`)), `a\${PW}`);
    assert.equal(await said(workflow('Old$1x')), 'Old$1x');
    assert.equal(await said(workflow(`\${{ secrets.PW }}`)), 'PW');
    assert.equal(await said(workflow(`a-\${{ secrets.PW }}`)), 'interpolated');
    assert.equal(await said(workflow('!custom Old1')), 'interpolated');
  });

  it('keeps anchors to their document, and edits what an alias names', async () => {
    const [first, second] = (await yaml.find(`${kms('&pw OldPw1!x')}---\n${kms('*pw')}`)).clients;
    assert.equal(first?.members[1]?.value, 'OldPw1!x');
    assert.equal(second?.members[1]?.obstacle, 'unsupported');
  });

  it('leaves Maven’s place holders alone', async () => {
    for (const raw of ['@kms.pw@', '@pw@', "'@kms.pw@'"])
      assert.equal((await passwordOf(kms(raw))).obstacle, 'interpolated');
    assert.equal((await passwordOf(kms("'@OldPw1x@'"))).obstacle, undefined);
  });

  it('gives up on a document that unfolds without end, and on brackets deeper than the stack', async () => {
    const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 12; level += 1)
      bomb.push(`a${level}: &a${level} [${Array.from({ length: 10 }, () => `*a${level - 1}`).join(', ')}]`);
    await assert.rejects(yaml.find(bomb.join('\n')), TooSlow);
    const deep = await yaml.find(`clientKeyFile: ${'['.repeat(20_000)}`).catch((error: unknown) => error);
    assert.ok(deep instanceof TooSlow || (typeof deep === 'object' && deep !== null && 'clients' in deep));
    await yaml.find('a: &a [*a, *b]\n<<: *a\n');
  });

  it('hides every secret of the fixtures from the preview', async () => {
    for (const file of FIXTURES) {
      const text = readFileSync(file, 'utf8');
      const { hidden, clients } = await yaml.find(text);
      let shown = '';
      let end = 0;
      const secret = clients.flatMap(({ members }) => members);
      for (const range of [...hidden, ...secret].sort((one, other) => one.start - other.start)) {
        shown += text.slice(end, Math.max(end, range.start));
        end = Math.max(end, range.end);
      }
      shown += text.slice(end);
      for (const word of ['OldPw1', 'OtherPw1', 'Sup3rS3cret', 'Redis1', 'TUlJ', 'LS0tLS1', 'ANSIBLE_VAULT'])
        assert.ok(!shown.includes(word), `${file} shows ${word}`);
    }
  });

  it('finds something or nothing in damaged files, and never fails', async () => {
    const texts = FIXTURES.map((file) => readFileSync(file, 'utf8'));
    const cut = fc.tuple(
      fc.constantFrom(...texts),
      fc.nat(),
      fc.nat(40),
      fc.string({
        unit: fc.constantFrom(...'{}[]:-&*!|>\'"%@`#\t\n\r ,?$\u0000\u0002\ufeffé'),
        maxLength: 6,
      }),
    );
    await fc.assert(
      fc.asyncProperty(cut, async ([text, at, length, junk]) => {
        const from = at % (text.length + 1);
        const damaged = text.slice(0, from) + junk + text.slice(from + length);
        const { clients, hidden, settings = [], mounts = [] } = await yaml.find(damaged);
        const ranges = [
          ...clients.flatMap(({ members }) => members),
          ...settings,
          ...hidden,
          ...mounts.flatMap(({ source, target }) => [source, ...(target === undefined ? [] : [target])]),
        ];
        for (const { start, end } of ranges) assert.ok(start >= 0 && start <= end && end <= damaged.length);
      }),
      { seed: 42, numRuns: 1500 },
    );
  });
});
