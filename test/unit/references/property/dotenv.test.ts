import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as reader from 'dotenv';
import fc from 'fast-check';
import { dotenv } from '../../../../src/references/notations/dotenv';
import { temporaryFolder } from '../demoWorkspace';
import { assertProperty, keyContent, laidOut, layout, password, patchInMemory, path, RUNS } from './property';

const KEY = 'ALIBABA_CLOUD_KMS_CLIENTKEY_FILEPATH';
const PASSWORD = 'ALIBABA_CLOUD_KMS_PASSWORD';
const CONTENT = 'KMS_CLIENT_KEY_CONTENT';
const OLD = '{"KeyId":"KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf","PrivateKeyData":"TUlJ"}';
const PRETTY = JSON.stringify(JSON.parse(OLD), null, 2);

/** A path and a password in every way of writing them. */
const pairs = [
  [`${KEY}=keys/old.json`, `${PASSWORD}=OldPw1`],
  [`export ${KEY}='keys/old.json' # key`, `export ${PASSWORD}='OldPw1#x'`],
  [`${KEY}="keys/old.json"`, `${PASSWORD}="OldPw1"  # password`],
  [`${PASSWORD}=OldPw1!x&y`, 'OTHER=x', `${KEY}=/srv/old.json`],
] as const;

/** Key content on one line and on several. */
const contents = [
  [`${CONTENT}='${OLD}'`, 'KMS_PASSWORD=OldPw1'],
  [`${CONTENT}="${OLD.replaceAll('"', '\\"')}"`, 'KMS_PASSWORD="OldPw1"'],
  [`${CONTENT}='${PRETTY}'`, "KMS_PASSWORD='OldPw1'"],
] as const;

/** What bash has in some variables after each script, all scripts in one process. */
function sourceAll(scripts: readonly string[], names: readonly string[]): readonly string[] {
  const folder = temporaryFolder();
  const print = names.map((name) => `"$${name}"`).join(' ');
  const lines = scripts.map((text, index) => {
    writeFileSync(join(folder, `${index}.env`), text);
    return `(. ./${index}.env; printf '%s\\0' ${print})`;
  });
  writeFileSync(join(folder, 'all.sh'), lines.join('\n'));
  const out = execFileSync('bash', ['--norc', join(folder, 'all.sh')], {
    cwd: folder,
    maxBuffer: 1 << 28,
  });
  return out.toString().split('\0').slice(0, -1);
}

describe('property: dotenv', function () {
  this.timeout(300_000);

  it('a new path and password are read back by dotenv and by bash', async () => {
    const scripts: string[] = [];
    const expected: string[] = [];
    await assertProperty(
      'dotenv',
      fc.tuple(fc.constantFrom(...pairs), path, password, layout),
      async ([lines, newPath, newPassword, form]) => {
        const text = laidOut([`# ${form.comment}`, ...lines, 'LAST=1'], form);
        const { after } = await patchInMemory(
          dotenv,
          text,
          { keyFile: newPath, password: newPassword },
          { count: 2, bom: form.bom },
        );
        const read = reader.parse(after);
        assert.deepEqual([read[KEY], read[PASSWORD], read.LAST], [newPath, newPassword, '1']);
        // A shell takes a carriage return for a letter.
        if (form.crlf) return;
        scripts.push(after);
        expected.push(newPath, newPassword);
      },
    );
    assert.ok(scripts.length > RUNS / 4);
    assert.deepEqual(sourceAll(scripts, [KEY, PASSWORD]), expected);
  });

  it('new key content is read back by dotenv', async () => {
    await assertProperty(
      'dotenv',
      fc.tuple(fc.constantFrom(...contents), keyContent, password, layout),
      async ([lines, newContent, newPassword, form]) => {
        const isOneLine = !lines[0].includes('\n');
        // The content is formatted like the old one before it is written.
        const value = isOneLine ? JSON.stringify(JSON.parse(newContent)) : newContent;
        const text = laidOut(lines, { ...form, crlf: false });
        const { after } = await patchInMemory(
          dotenv,
          text,
          { keyContent: value, password: newPassword },
          { count: 2, bom: form.bom },
        );
        const read = reader.parse(after);
        assert.deepEqual([read[CONTENT], read.KMS_PASSWORD], [value, newPassword]);
      },
    );
  });

  it('a default of another variable is written only where nothing in it is expanded', async () => {
    const text = `${KEY}="keys/old.json"\n${PASSWORD}="\${KMS_PW:-OldPw1}"\n`;
    const { clients } = await dotenv.find(text);
    const last = clients.flatMap(({ members }) => members).at(-1);
    assert.equal(last?.value, 'OldPw1');
    assert.equal(text.slice(last?.start, last?.end), 'OldPw1');
    await assertProperty('dotenv', password, async (newPassword) => {
      if (dotenv.encode(newPassword, 'OldPw1', last?.form) === undefined) {
        assert.match(newPassword, /[^\w./@%+,-]/);
        return;
      }
      const { after } = await patchInMemory(dotenv, text, { password: newPassword }, { count: 1 });
      assert.equal(after.split('\n')[1], `${PASSWORD}="\${KMS_PW:-${newPassword}}"`);
    });
  });

  it('paths in JSON are read back by dotenv, and in single quotes by bash', async () => {
    const LIST = 'cache_client_dkms_config_info';
    const old =
      '[{"regionId":"r","clientKeyFile":"keys/old.json","passwordFromFilePath":"pw.txt"},{"regionId":"s"}]';
    const scripts: string[] = [];
    const expected: string[] = [];
    await assertProperty(
      'dotenv',
      fc.tuple(fc.constantFrom("'", '"', ''), path, path, layout),
      async ([quote, newFile, newPassword, form]) => {
        // Bare text ends where a comment begins, and a shell expands what is in double quotes.
        fc.pre(quote === "'" || !/[#$`! ]/.test(newFile + newPassword));
        const raw = quote + (quote === '"' ? old.replaceAll('"', '\\"') : old) + quote;
        const { after } = await patchInMemory(
          dotenv,
          laidOut([`# ${form.comment}`, `${LIST}=${raw}`, 'LAST=1'], form),
          { keyFile: newFile, passwordFile: newPassword },
          { count: 2, bom: form.bom },
        );
        const value = reader.parse(after)[LIST] ?? '';
        // It leaves backslashes alone.
        const text = quote === '"' ? value.replaceAll('\\"', '"') : value;
        const list = [
          { regionId: 'r', clientKeyFile: newFile, passwordFromFilePath: newPassword },
          { regionId: 's' },
        ];
        assert.deepEqual(JSON.parse(text), list);
        if (quote !== "'" || form.crlf) return;
        scripts.push(after);
        expected.push(JSON.stringify(list));
      },
    );
    assert.deepEqual(sourceAll(scripts, [LIST]), expected);
  });
});
