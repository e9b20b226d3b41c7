import assert from 'node:assert/strict';
import type { FoundFile } from '../../../../src/references/foundFile';
import type { FoundSetting, Lookup } from '../../../../src/references/notation';
import { wantedNames } from '../../../../src/references/scan/wantedNames';

const place = { start: 0, end: 1, line: 1, column: 1 };

function file(
  name: string,
  lookups: readonly Lookup[],
  settings: readonly Omit<FoundSetting, 'start' | 'end'>[] = [],
): FoundFile {
  return {
    file: `/w/${name}`,
    folder: '/w',
    notation: name === 'old-key.txt' ? 'credential' : 'yaml',
    clients: [
      {
        anchor: 'one',
        context: 'specific',
        members: lookups.map((lookup) => ({ ...place, role: 'password', obstacle: 'lookup', lookup })),
      },
    ],
    settings: settings.map((setting) => ({ ...setting, ...place })),
    mounts: [],
  };
}

describe('the names that configuration files are read again for', () => {
  it('are those of look-ups, in the spellings of their place', () => {
    const names = wantedNames([
      file('a', [
        { in: 'environment', name: 'KMS_PW' },
        { in: 'secret', name: 'shop/ck-secret/password' },
        { in: 'ci', name: 'CI_ONLY' },
        { in: 'settings', name: 'shop.client-pass' },
      ]),
    ]);
    const expected = ['KMS_PW', 'ck-secret', 'shop.client-pass', 'client-pass', 'clientPass', 'CLIENT_PASS'];
    for (const name of [...expected, 'ClientPass', 'CLIENTPASS']) assert.ok(names.includes(name), name);
    assert.ok(!names.includes('CI_ONLY'));
  });

  it('are those that the found settings look up in their turn, directly or by a name', () => {
    const first = file('a', [
      { in: 'environment', name: 'NAME_OF', indirect: true },
      { in: 'environment', name: 'KMS_PW' },
    ]);
    const second = file(
      'b',
      [],
      [
        { in: 'environment', name: 'NAME_OF', value: 'REAL_NAME' },
        { in: 'environment', name: 'KMS_PW', lookup: { in: 'environment', name: 'NEXT_PW' } },
        { in: 'environment', name: 'UNRELATED', lookup: { in: 'environment', name: 'NOT_ASKED' } },
      ],
    );
    const names = wantedNames([first, second]);
    assert.ok(names.includes('REAL_NAME') && names.includes('NEXT_PW'));
    assert.ok(!names.includes('NOT_ASKED'));
    assert.deepEqual(wantedNames([]), []);
  });

  it('are those of credential files and of the paths of clients, for whatever mounts them', () => {
    const client = file('b', []);
    const members = [
      { ...place, role: 'keyFile', value: '/run/keys/client.json' },
      { ...place, role: 'passwordFile', value: 'keys\\pw.txt' },
    ] as const;
    const names = wantedNames([
      file('old-key.txt', []),
      { ...client, clients: [{ anchor: 'one', context: 'specific', members }] },
    ]);
    assert.deepEqual(names.filter((name) => !/^env_file$|Generator$/.test(name)).sort(), [
      '/run/keys',
      'client.json',
      'old-key.txt',
      'pw.txt',
    ]);
  });
});
