import assert from 'node:assert/strict';
import { signInItems, tickedAlone } from '../../../../src/ui/accounts/accountItems';
import { accountText } from '../../../../src/ui/accounts/accountText';
import { errorOf } from '../../../../src/ui/accounts/failedAccount';
import { machineText } from '../../../../src/ui/accounts/machine';
import { clockText } from '../../../../src/ui/accounts/testText';
import {
  accessKeyIdAdvice,
  accessKeySecretAdvice,
  securityTokenAdvice,
} from '../../../../src/ui/accounts/typedShapes';
import type { AccountEntry } from '../../../../src/ui/inventory/entries';
import { plain } from '../plain';
import { cli, ENVIRONMENT, ini, typed } from './accountFixture';

describe('the words about accounts', () => {
  it('say whose files a remote window reads, and nothing in a local one', () => {
    const text = (remoteName: string | undefined) =>
      machineText({ remoteName, host: 'build-01', user: 'ada' }, plain);
    assert.equal(text(undefined), undefined);
    assert.equal(text('wsl'), 'Files and environment of ada in WSL (build-01)');
    assert.equal(text('ssh-remote'), 'Files and environment of ada on the SSH host build-01');
    assert.equal(text('dev-container'), 'Files and environment of ada in the container build-01');
    assert.equal(text('codespaces'), 'Files and environment of ada on the server build-01');
  });

  it('name an account by the name it was given, else by its profile, on one line', () => {
    const name = (...args: [Parameters<typeof accountText>[0], string?]) =>
      accountText(args[0], plain, args[1]).name;
    assert.equal(name(cli('prod')), 'prod');
    assert.equal(name(cli('prod'), 'Production'), 'Production');
    assert.equal(name(cli('a\nb\u202e')), 'a b');
    assert.equal(name(ENVIRONMENT), 'Environment');
    const { details } = accountText(cli('prod', { uid: '1234', mode: 'RamRoleArn' }), plain, 'Production');
    assert.deepEqual(details, [
      'aliyun CLI profile',
      'Profile prod',
      'Mode RamRoleArn',
      '/home/ada/.aliyun/config.json',
      'Account 1234',
    ]);
  });

  it('list what one can sign in with by source, what could not be read, and the way to type', () => {
    const items = signInItems(
      {
        accounts: [
          ENVIRONMENT,
          cli('a', { current: true }),
          cli('b', { uid: '77' }),
          cli('program', { mode: 'External' }),
          ini('i'),
          typed('1'),
          cli('gone', { mode: '', file: '' }),
        ],
        missing: ['cli:gone'],
        problems: [new Error('The profile file /home/ada/.damaged cannot be used: line 3.')],
        files: [
          { file: '/home/ada/.aliyun/config.json', kind: 'cli' },
          { file: '/home/ada/.damaged', kind: 'ini' },
        ],
        homeFolder: '/home/ada',
        kept: { chosen: true, accounts: [{ id: 'cli:b', shown: true, name: 'Bee' }] },
      },
      plain,
    );
    const lines = items.map((item) =>
      item.kind === 'account' ? `${item.label}: ${item.description}` : `${item.kind} ${item.label}`,
    );
    assert.deepEqual(lines, [
      'separator aliyun CLI profile · ~/.aliyun/config.json',
      'a: AK · current',
      'Bee: Profile b · AK · Account 77',
      'program: External · needs your consent',
      'gone: not found at present',
      'separator credentials file · ~/.alibabacloud/credentials',
      'i: access_key',
      'separator Environment',
      'Environment: ALIBABA_CLOUD_… variables',
      'separator AccessKeys typed in',
      'AccessKey: AccessKey typed in',
      'separator Could not be read',
      'problem $(error) Unexpected error',
      'separator ',
      'type $(key) Type an AccessKey…',
    ]);
    const problem = items.find((item) => item.kind === 'problem');
    assert.equal(problem?.file, '/home/ada/.damaged');
    assert.match(problem?.detail ?? '', /^The profile file ~\/\.damaged cannot/);
    assert.match(problem?.message ?? '', /^The profile file \/home\/ada\/\.damaged cannot/);
  });

  it('take one tick for a choice, the ticks of all for none', () => {
    assert.equal(tickedAlone(['a'], ['a', 'type']), 'type');
    assert.equal(tickedAlone([], ['a', 'b', 'type']), undefined);
    assert.equal(tickedAlone(['a', 'b'], ['a']), undefined);
  });

  it('tell a clock that goes wrong by more than 5 s', () => {
    assert.deepEqual(clockText(5000, plain), []);
    assert.deepEqual(clockText(-4000, plain), []);
    assert.deepEqual(clockText(12_000, plain), [
      "This machine's clock is 12 seconds behind that of Alibaba Cloud.",
    ]);
    assert.deepEqual(clockText(-3_600_000, plain), [
      "This machine's clock is 60 minutes ahead of that of Alibaba Cloud.",
    ]);
  });
});

describe('what is typed as an AccessKey', () => {
  const blocks = (advice: { blocks: boolean } | undefined) => advice?.blocks;

  it('has the shape of an id', () => {
    assert.equal(accessKeyIdAdvice(' LTAI5tExample ', plain), undefined);
    assert.equal(blocks(accessKeyIdAdvice('STS.Example', plain)), false);
    assert.equal(blocks(accessKeyIdAdvice('AKIAEXAMPLE', plain)), false);
    for (const text of ['', 'short', 'LTAI 5t example', 'LTAI5t/secret=', `LTAI${'x'.repeat(130)}`])
      assert.equal(blocks(accessKeyIdAdvice(text, plain)), true, text);
  });

  it('has the shape of a secret, whose characters no message repeats', () => {
    assert.equal(accessKeySecretAdvice(`${'x'.repeat(30)}\n`, plain), undefined);
    for (const text of ['', 'canary', `canary ${'x'.repeat(20)}`, 'é'.repeat(20)]) {
      assert.equal(blocks(accessKeySecretAdvice(text, plain)), true, text);
      assert.doesNotMatch(accessKeySecretAdvice(text, plain)?.message ?? '', /canary/);
    }
  });

  it('has a token exactly where the id needs one', () => {
    assert.equal(securityTokenAdvice('', 'LTAI5tExample', plain), undefined);
    assert.equal(blocks(securityTokenAdvice('', 'STS.Example', plain)), true);
    assert.equal(securityTokenAdvice('x'.repeat(600), 'STS.Example', plain), undefined);
    assert.equal(blocks(securityTokenAdvice('two words and more', 'STS.Example', plain)), true);
  });
});

describe('an error row', () => {
  const entry = (id: string): AccountEntry => ({ account: cli(id), status: 'failed', regions: [] });
  const inventory = { account: (id: string) => (id === 'cli:a' ? entry('a') : undefined) };
  const accountOf = (target: unknown) => errorOf(target, { inventory })?.account.id;

  it('leads to the account that has failed, at whichever depth', () => {
    const error = new Error('expired');
    const aap = { accountId: 'cli:a', regionId: 'cn-hangzhou', aapName: 'x' };
    assert.equal(
      accountOf({ kind: 'error', error, retry: { kind: 'account', accountId: 'cli:a' } }),
      'cli:a',
    );
    assert.equal(accountOf({ error, retry: { kind: 'region', accountId: 'cli:a', regionId: 'r' } }), 'cli:a');
    assert.equal(accountOf({ error, retry: { kind: 'aap', aap } }), 'cli:a');
    assert.equal(errorOf({ error, retry: { kind: 'aap', aap } }, { inventory })?.error, error);
  });

  it('leads to none where the sources themselves could not be read', () => {
    assert.equal(accountOf({ error: new Error('damaged'), retry: { kind: 'all' } }), undefined);
    assert.equal(
      accountOf({ error: new Error('x'), retry: { kind: 'account', accountId: 'gone' } }),
      undefined,
    );
    for (const target of [undefined, null, 'text', { kind: 'account' }])
      assert.equal(accountOf(target), undefined);
  });
});
