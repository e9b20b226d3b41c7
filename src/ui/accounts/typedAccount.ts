import { randomUUID } from 'node:crypto';
import { env, window } from 'vscode';
import { describeError, isCancelled } from '../errorText';
import { t } from '../localise';
import { withProgress } from '../progress';
import type { AccountParts } from './accountParts';
import { changeAccount } from './keptAccounts';
import { secretsAreKept, sessionName } from './secretMarker';
import { askAccessKey, type TypedAccount, type TypedProposal } from './typeAccessKey';
import { identityOf } from './typedKeys';

/**
 * *Type an AccessKey…*: asks for it, tries it out, and only then keeps it, in SecretStorage alone.
 * @param again the typed account whose AccessKey is asked for once more
 * @returns whether it was kept
 */
export async function typeAccount(
  parts: AccountParts,
  again?: { readonly id: string } & TypedProposal,
): Promise<boolean> {
  let proposal: TypedProposal = again ?? {};
  for (;;) {
    const typed = await askAccessKey(proposal);
    if (!typed) return false;
    const id = again?.id ?? (await idFor(typed, parts));
    const problem = await tryOut(id, typed, parts);
    if (problem === undefined) {
      await keep(id, typed, parts);
      return true;
    }
    if (isCancelled(problem)) return false;
    const { summary, message } = describeError(problem, t);
    const retype = t('Type Again');
    const choice = await window.showErrorMessage(
      t('{0}. {1} The AccessKey was not kept.', summary, message),
      retype,
    );
    if (choice !== retype) return false;
    proposal = { accessKeyId: typed.key.accessKeyId, name: typed.name };
  }
}

/** An AccessKey that is typed a second time stays one account. */
async function idFor({ key }: TypedAccount, { typedKeys }: AccountParts): Promise<string> {
  const identity = identityOf(key.accessKeyId);
  const known = (await typedKeys.ids()).find((kept) => kept.identity === identity);
  return known?.id ?? `typed:${randomUUID()}`;
}

/** Signs one call with an AccessKey that is not kept yet. @returns what was wrong with it */
async function tryOut(id: string, { key }: TypedAccount, parts: AccountParts): Promise<unknown> {
  const service = await parts.rooms.cloud();
  parts.typedKeys.tryOut(id, key);
  service.forget(id);
  try {
    await withProgress(t('Testing the AccessKey {0}', key.accessKeyId), (signal) =>
      service.testAccount(id, signal),
    );
    return undefined;
  } catch (error) {
    return error ?? new Error('The test failed.');
  } finally {
    parts.typedKeys.tryOut(id, undefined);
    service.forget(id);
  }
}

async function keep(id: string, { key, name }: TypedAccount, parts: AccountParts): Promise<void> {
  const trusted = await secretsAreKept(parts.secrets, sessionName(env.sessionId));
  await parts.typedKeys.keep(id, key);
  void window.showInformationMessage(
    trusted
      ? t('Signed in as {0}. The AccessKey is kept in the secret store of VS Code.', name)
      : t(
          'Signed in as {0}. Whether VS Code keeps secrets on this machine shows at its next start: until then the AccessKey may have to be typed again.',
          name,
        ),
  );
  const { accessKeyId } = key;
  await parts.accounts.change((kept) => ({
    ...changeAccount(kept, id, (account) => ({ ...account, shown: true, name, accessKeyId })),
    chosen: true,
  }));
}
