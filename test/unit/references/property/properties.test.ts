import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { properties } from '../../../../src/references/notations/properties';
import { assertProperty, keyContent, laidOut, layout, password, patchInMemory, path, RUNS } from './property';

const values = fc.record({
  oldPath: path,
  newPath: path,
  oldPassword: password,
  newPassword: password,
  oldContent: keyContent,
  newContent: keyContent,
  separator: fc.constantFrom('=', ' = ', ':', ' ', '\t:  '),
  continued: fc.boolean(),
  layout,
});

type Values = typeof values extends fc.Arbitrary<infer T> ? T : never;

/** What Java has to read, by key, in a patched text. */
interface Case {
  readonly text: string;
  readonly expected: Readonly<Record<string, string>>;
}

/** Writes a value by the rules of `java.util.Properties`; `continued`, on several lines. */
function written(value: string, continued = false): string {
  const escaped = value
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/^ /, '\\ ');
  // Between two objects, and in the middle of a path.
  return continued ? escaped.replaceAll(',', ',\\\n    ').replace('.json', '\\\n  .json') : escaped;
}

/** All texts in one process of Java: each is loaded, its values come back in base64, sorted by key. */
const READER = `
import java.io.*; import java.nio.charset.StandardCharsets; import java.nio.file.*; import java.util.*;
class ReadAll {
  public static void main(String[] args) throws Exception {
    StringBuilder out = new StringBuilder();
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      Properties read = new Properties();
      read.load(new StringReader(new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8)));
      for (String key : new TreeSet<>(read.stringPropertyNames()))
        out.append(key).append(' ').append(Base64.getEncoder().encodeToString(read.getProperty(key).getBytes(StandardCharsets.UTF_8))).append('\\n');
      out.append("--\\n");
    }
    Files.writeString(Path.of(args[1]), out);
  }
}`;

function readByJava(texts: readonly string[]): readonly Record<string, string>[] {
  const folder = mkdtempSync(join(tmpdir(), 'properties-'));
  try {
    const [program, input, output] = ['ReadAll.java', 'in.txt', 'out.txt'].map((name) => join(folder, name));
    assert.ok(program !== undefined && input !== undefined && output !== undefined);
    writeFileSync(program, READER);
    writeFileSync(input, texts.map((text) => Buffer.from(text).toString('base64')).join('\n'));
    execFileSync('java', [program, input, output]);
    const parts = readFileSync(output, 'utf8').split('--\n');
    return parts.slice(0, -1).map((part) =>
      Object.fromEntries(
        part
          .trimEnd()
          .split('\n')
          .map((line) => [
            line.slice(0, line.indexOf(' ')),
            Buffer.from(line.slice(line.indexOf(' ') + 1), 'base64').toString(),
          ]),
      ),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Where there is no Java: one logical line at a time, as its documentation describes it; not our parser. */
function readByHand(text: string): Record<string, string> {
  const lines = text.replace(/\\(?:\r\n|\n)[ \t\f]*/g, '').split(/\r?\n/);
  return Object.fromEntries(
    lines
      .filter((line) => line.trim() !== '' && !/^\s*[#!]/.test(line))
      .map((line) => {
        const [, key = '', value = ''] = /^\s*([^=:\s]+)[ \t]*[=:]?[ \t]*(.*)$/.exec(line) ?? [];
        const read = value.replace(/\\(u([0-9a-f]{4})|.)/g, (_, all: string, hex?: string) =>
          hex !== undefined ? String.fromCharCode(Number.parseInt(hex, 16)) : all === 'n' ? '\n' : all,
        );
        return [key, read];
      }),
  );
}

const hasJava = spawnSync('java', ['-version']).status === 0;

function assertRead(cases: readonly Case[]): void {
  const read = hasJava
    ? readByJava(cases.map(({ text }) => text))
    : cases.map(({ text }) => readByHand(text));
  assert.equal(read.length, cases.length);
  for (const [index, { expected }] of cases.entries()) assert.deepEqual(read[index], expected);
}

describe('property properties', function () {
  this.timeout(120_000 * Math.max(1, RUNS / 1000));

  before(() => {
    if (!hasJava) console.log('      no java here: read by a small reader of the test');
  });

  /** Patches every case in memory, then has all of them read. */
  async function check(
    make: (one: Values) => {
      readonly text: string;
      readonly expected: Case['expected'];
      readonly count: number;
    },
  ): Promise<void> {
    const cases: Case[] = [];
    await assertProperty('properties', values, async (one) => {
      const { text, expected, count } = make(one);
      const wanted = {
        keyFile: one.newPath,
        passwordFile: `${one.newPath}.txt`,
        password: one.newPassword,
        keyContent: one.newContent,
      };
      const { after } = await patchInMemory(properties, text, wanted, { count, bom: one.layout.bom });
      cases.push({ text: after, expected });
    });
    assertRead(cases);
  }

  it('Java reads the new values of a client', () =>
    check((one) => ({
      text: laidOut(
        [
          `#${one.layout.comment}`,
          `client_key_private_key_path${one.separator}${written(one.oldPath, one.continued)}`,
          `  client_key_password${one.separator}${written(one.oldPassword)}`,
          `database.password=${written(one.oldPassword)}`,
        ],
        one.layout,
      ),
      count: 2,
      expected: {
        client_key_private_key_path: one.newPath,
        client_key_password: one.newPassword,
        'database.password': one.oldPassword,
      },
    })));

  it('Java reads the new JSON in a value, on one line or continued', () =>
    check((one) => {
      const list = (file: string, content: string) =>
        JSON.stringify([
          { regionId: 'cn-hangzhou', clientKeyFile: file, passwordFromFilePath: `${file}.txt` },
          { clientKeyContent: content, passwordFromEnvVariable: 'KMS_PW', ignoreSslCerts: false },
        ]);
      return {
        text: laidOut(
          [
            `! ${one.layout.comment}`,
            `cache_client_dkms_config_info${one.separator}${written(list(one.oldPath, one.oldContent), one.continued)}`,
            'other=1',
          ],
          one.layout,
        ),
        count: 3,
        expected: { cache_client_dkms_config_info: list(one.newPath, one.newContent), other: '1' },
      };
    }));

  it('Java reads the new values under names of Nacos and Spring, and defaults of look-ups', () =>
    check((one) => ({
      text: laidOut(
        [
          `spring.cloud.nacos.config.kmsClientKeyFilePath${one.separator}${written(one.oldPath)}`,
          `spring.cloud.nacos.config.kmsPasswordKey${one.separator}${written(one.oldPassword)}`,
          'spring.cloud.nacos.config.password=Nacos1!xx',
          `app.crypto.client-key-file=\${crypto.file:${written(one.oldPath)}}`,
          `app.crypto.client-key-password=\${crypto.pw:${written(one.oldPassword)}}`,
        ],
        one.layout,
      ),
      count: 4,
      expected: {
        'spring.cloud.nacos.config.kmsClientKeyFilePath': one.newPath,
        'spring.cloud.nacos.config.kmsPasswordKey': one.newPassword,
        'spring.cloud.nacos.config.password': 'Nacos1!xx',
        'app.crypto.client-key-file': `\${crypto.file:${one.newPath}}`,
        'app.crypto.client-key-password': `\${crypto.pw:${one.newPassword}}`,
      },
    })));
});
