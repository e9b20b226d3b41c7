import assert from 'node:assert/strict';
import { CliError, parseCliArguments } from '../../../src/cli/arguments';
import { OLD_KEY } from '../references/demoWorkspace';

describe('the command line', () => {
  it('is read in any order, with values in either form', () => {
    assert.deepEqual(parseCliArguments(['app']), { folder: 'app', json: false });
    assert.deepEqual(parseCliArguments(['--json', `--key-id=${OLD_KEY}`, 'app']), {
      folder: 'app',
      json: true,
      keyId: OLD_KEY,
    });
    assert.deepEqual(
      parseCliArguments([
        'app',
        '--replace-with',
        'new.json',
        '--all',
        '--password-file',
        'pw',
        '--strategy',
        'in-place',
      ]),
      {
        folder: 'app',
        json: false,
        replace: { credentialFile: 'new.json', passwordFile: 'pw', all: true, strategy: 'inPlace' },
      },
    );
    assert.equal(parseCliArguments(['--help']), undefined);
  });

  for (const [title, args] of [
    ['no folder', []],
    ['two folders', ['a', 'b']],
    ['an unknown option', ['a', '--fix']],
    ['a value too many', ['a', '--json=yes']],
    ['a value too few', ['a', '--key-id']],
    ['something else than a key id', ['a', '--key-id', 'KAAP.66abf237']],
    ['a new key without its password', ['a', '--replace-with', 'n.json']],
    ['a password without a key', ['a', '--password-file', 'p']],
    ['a way of patching without patching', ['a', '--all']],
    [
      'a way of patching that there is not',
      ['a', '--replace-with', 'n', '--password-file', 'p', '--strategy', 'inPlace'],
    ],
  ] as const)
    it(`is refused for ${title}`, () => {
      assert.throws(() => parseCliArguments(args), CliError);
    });
});
