import assert from 'node:assert/strict';
import type { Account } from '../../../../src/model/account';
import type { KeptAccounts } from '../../../../src/ui/accounts/keptAccounts';
import {
  accountsToShow,
  choiceOf,
  proposedAccount,
  rememberedAccounts,
  withShown,
} from '../../../../src/ui/accounts/shownAccounts';
import { cli, ENVIRONMENT, ini, typed } from './accountFixture';

const NOTHING: KeptAccounts = { chosen: false, accounts: [] };

function idsOf(accounts: readonly { account: Account }[]): string[] {
  return accounts.map(({ account }) => account.id);
}

describe('which accounts are shown', () => {
  it('proposes the environment, else the current profile, else the first that does nothing but sign in', () => {
    const runs = cli('runs', { mode: 'External', current: true });
    assert.equal(proposedAccount([cli('a'), cli('b', { current: true }), ENVIRONMENT]), ENVIRONMENT);
    assert.equal(proposedAccount([cli('a'), cli('b', { current: true })])?.id, 'cli:b');
    assert.equal(proposedAccount([runs, cli('a')])?.id, 'cli:a');
    assert.equal(proposedAccount([runs, ini('i')])?.id, 'ini:i');
    assert.equal(proposedAccount([runs]), undefined);
  });

  it('shows the proposed one until something is chosen, then what was chosen, in that order', () => {
    const found = [ENVIRONMENT, cli('a'), cli('b')];
    assert.deepEqual(idsOf(accountsToShow(found, NOTHING)), ['environment']);
    const kept: KeptAccounts = {
      chosen: true,
      accounts: [
        { id: 'cli:b', shown: true, name: 'Bee', regions: ['cn-hangzhou'] },
        { id: 'environment', shown: false },
        { id: 'cli:a', shown: true },
      ],
    };
    const shown = accountsToShow(found, kept);
    assert.deepEqual(idsOf(shown), ['cli:b', 'cli:a']);
    assert.deepEqual(shown[0], { account: found[2], name: 'Bee', chosenRegions: ['cn-hangzhou'] });
    assert.deepEqual(accountsToShow(found, { chosen: true, accounts: [] }), []);
  });

  it('keeps a chosen account whose source is gone, as far as it is known', () => {
    const kept: KeptAccounts = {
      chosen: true,
      accounts: [
        { id: 'cli:team:prod', shown: true, identity: 'abc' },
        { id: 'typed:1', shown: true },
        { id: 'ini:x', shown: true },
      ],
    };
    assert.deepEqual(
      accountsToShow([], kept).map(({ account }) => account),
      [
        {
          id: 'cli:team:prod',
          identity: 'abc',
          kind: 'cliProfile',
          profile: 'team:prod',
          mode: '',
          current: false,
          file: '',
        },
        { id: 'typed:1', kind: 'typed', temporary: false },
        { id: 'ini:x', kind: 'iniProfile', profile: 'x', mode: '', file: '' },
      ],
    );
  });

  it('remembers who was shown last, proposed or chosen, by identity', () => {
    const found = [cli('a', { current: true, identity: 'one' })];
    const kept = withShown(NOTHING, accountsToShow(found, NOTHING));
    assert.deepEqual(kept, { chosen: false, accounts: [{ id: 'cli:a', shown: true, identity: 'one' }] });
    assert.deepEqual(
      rememberedAccounts(kept).map(({ account }) => account.identity),
      ['one'],
    );

    const renewed = withShown(kept, accountsToShow([cli('a', { current: true, identity: 'two' })], kept));
    assert.equal(renewed.accounts[0]?.identity, 'two');
    const other = withShown(kept, accountsToShow([ENVIRONMENT], kept));
    assert.deepEqual(idsOf(rememberedAccounts(other)), ['environment']);
  });

  it('leaves a choice that another window has made meanwhile as it is', () => {
    const mine = accountsToShow([ENVIRONMENT], NOTHING);
    const theirs: KeptAccounts = { chosen: true, accounts: [{ id: 'environment', shown: false }] };
    assert.deepEqual(withShown(theirs, mine), theirs);
  });

  it('tells a choice from what is only remembered', () => {
    const kept: KeptAccounts = { chosen: true, accounts: [{ id: 'cli:a', shown: true, identity: 'one' }] };
    const [account] = kept.accounts;
    assert.ok(account);
    const change = (edit: object) => choiceOf({ chosen: true, accounts: [{ ...account, ...edit }] });
    assert.equal(change({ identity: 'two' }), choiceOf(kept));
    assert.notEqual(change({ name: 'A' }), choiceOf(kept));
    assert.notEqual(change({ regions: ['cn-hangzhou'] }), choiceOf(kept));
    assert.notEqual(change({ shown: false }), choiceOf(kept));
    // What two windows with different environments propose must not send each other to and fro.
    assert.equal(choiceOf({ ...kept, chosen: false }), choiceOf(NOTHING));
  });

  it('knows a typed AccessKey', () => {
    assert.deepEqual(idsOf(accountsToShow([typed('1')], NOTHING)), ['typed:1']);
  });
});
