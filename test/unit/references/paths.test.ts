import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { newPathValue } from '../../../src/references/newPath';
import { keyIdOfFile, resolvePath } from '../../../src/references/resolvePath';
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

  const base = join('/', 'w', 'app');
  const at = (...parts: string[]) => ({ target: join(base, ...parts), base });
  const cases: readonly [string, ReturnType<typeof at> | undefined, string, string | undefined][] = [
    ['keys/old.json', at('keys', 'old.json'), join(base, 'keys', 'new.json'), 'keys/new.json'],
    ['./keys/old.json', at('keys', 'old.json'), join(base, 'keys', 'new.json'), './keys/new.json'],
    ['old.json', at('old.json'), join('/', 'w', 'keys', 'new.json'), '../keys/new.json'],
    ['keys\\old.json', at('keys', 'old.json'), join(base, 'keys', 'new.json'), 'keys\\new.json'],
    ['file:keys/old.json', at('keys', 'old.json'), join(base, 'keys', 'new.json'), 'file:keys/new.json'],
    ['/srv/kms/old.json', undefined, join(base, 'new.json'), '/srv/kms/new.json'],
    ['C:\\kms\\old.json', undefined, join(base, 'new.json'), 'C:\\kms\\new.json'],
    ['./old.json', undefined, join(base, 'new.json'), './new.json'],
    ['old.json', undefined, join(base, 'new.json'), 'new.json'],
    ['/w/app/old.json', at('old.json'), join(base, 'new.json'), join(base, 'new.json')],
    ['classpath:old.json', at('old.json'), join(base, 'new.json'), 'classpath:new.json'],
    ['classpath:old.json', at('old.json'), join('/', 'w', 'new.json'), undefined],
  ];
  for (const [old, resolved, file, expected] of cases)
    it(`keeps the style of ${old}${resolved === undefined ? ' (not here)' : ''}`, () => {
      assert.equal(newPathValue(old, resolved, file), expected);
    });
});
