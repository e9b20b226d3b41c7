import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { keyIdOfFile, resolvePath } from '../../../src/references/link/resolvePath';
import { newPathValue } from '../../../src/references/plan/newPath';
import { credentialText, OLD_KEY, temporaryFolder, writeFiles } from './demoWorkspace';

describe('a path setting', () => {
  it('counts from its file, the folders above it and the class path', () => {
    const folder = temporaryFolder();
    writeFiles(folder, {
      'app/config/a.json': '1',
      'keys/b.json': '1',
      'app/src/main/resources/c.json': '1',
    });
    const file = join(folder, 'app', 'config', 'x.properties');
    const target = (value: string) => resolvePath(value, file, folder)?.target;
    assert.equal(target('a.json'), join(folder, 'app', 'config', 'a.json'));
    assert.equal(target('./keys/b.json'), join(folder, 'keys', 'b.json'));
    assert.equal(target('c.json'), join(folder, 'app', 'src', 'main', 'resources', 'c.json'));
    assert.equal(target('classpath:c.json'), join(folder, 'app', 'src', 'main', 'resources', 'c.json'));
    assert.equal(target(join(folder, 'keys', 'b.json')), join(folder, 'keys', 'b.json'));
    assert.equal(target('absent.json'), undefined);
    assert.equal(target(''), undefined);
    assert.equal(target('//server/share/b.json'), undefined);
    assert.equal(target('/keys/b.json'), undefined);
    // What stands before it in the code says that it is not the root of the machine.
    assert.equal(
      resolvePath('/keys/b.json', file, folder, { base: '' })?.target,
      join(folder, 'keys', 'b.json'),
    );
  });

  it('never leads out of the workspace folder by a relative way, not even through a link', () => {
    const outside = temporaryFolder();
    const folder = join(outside, 'workspace');
    writeFiles(outside, { 'secret.json': credentialText(OLD_KEY), 'workspace/x.env': '' });
    symlinkSync(join(outside, 'secret.json'), join(folder, 'link.json'));
    const file = join(folder, 'x.env');
    assert.equal(resolvePath('../secret.json', file, folder), undefined);
    assert.equal(resolvePath('link.json', file, folder), undefined);
    assert.equal(
      resolvePath(join(outside, 'secret.json'), file, folder)?.target,
      join(outside, 'secret.json'),
    );
    assert.equal(keyIdOfFile(join(outside, 'secret.json')), OLD_KEY);
    assert.equal(keyIdOfFile(file), undefined);
    assert.equal(keyIdOfFile(join(folder, 'absent')), undefined);
  });

  const cases: readonly [string, string | undefined, string][] = [
    ['keys/old.json', 'old.json', 'keys/new.json'],
    ['./keys/old.json', 'old.json', './keys/new.json'],
    ['../old.json', 'old.json', '../new.json'],
    ['keys\\old.json', 'old.json', 'keys\\new.json'],
    ['C:\\app\\keys/old.json', 'old.json', 'C:\\app\\keys/new.json'],
    ['file:keys/old.json', 'old.json', 'file:keys/new.json'],
    ['file:old.json', 'old.json', 'file:new.json'],
    ['file:///srv/old.json', 'old.json', 'file:///srv/new.json'],
    ['/srv/kms/old.json', undefined, '/srv/kms/new.json'],
    ['C:\\kms\\old.json', undefined, 'C:\\kms\\new.json'],
    ['./old.json', undefined, './new.json'],
    ['old.json', undefined, 'new.json'],
    ['classpath:old.json', 'old.json', 'classpath:new.json'],
    ['classpath*:kms/old.json', 'old.json', 'classpath*:kms/new.json'],
    ['~/keys/old.json', 'old.json', '~/keys/new.json'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as VS Code writes it
    ['${workspaceFolder}/old.json', 'old.json', '${workspaceFolder}/new.json'],
    // Behind `__DIR__ .`
    ['/keys/old.json', 'old.json', '/keys/new.json'],
    ['target/classes/old.json', 'old.json', 'target/classes/new.json'],
    ['密钥/旧.json', '旧.json', '密钥/new.json'],
    [' keys/old.json ', 'old.json', ' keys/new.json '],
    // A mount gives the file another name, which stays.
    ['/run/secrets/kms-key', 'old.json', '/run/secrets/kms-key'],
    ['/run/secrets/old.json', 'old.json', '/run/secrets/new.json'],
  ];
  for (const [old, name, expected] of cases)
    it(`keeps the style of ${old}${name === undefined ? ' (not here)' : ''}`, () => {
      assert.equal(newPathValue(old, name, 'new.json'), expected);
    });
});
