import { env, window } from 'vscode';
import { actionsOf, type PolicyScope, ramPolicy } from '../../model/ramPolicy';
import { missingAction } from '../errorActions';
import { t } from '../localise';
import { chosenProjects } from '../settings';

/**
 * *Copy RAM Policy…*: the smallest policy for what the account shall be able to do.
 * @param error of a refused call, where there is one: an action that the service named is in the policy too
 */
export async function copyPolicy(error: unknown): Promise<void> {
  const denied = missingAction(error);
  const item = (scope: PolicyScope, label: string) => {
    const actions = actionsOf(scope, denied);
    return { scope, label, description: t('{0} actions', actions.length), detail: actions.join(', ') };
  };
  const picked = await window.showQuickPick(
    [
      item('readOnly', t('Read only: list client keys and read audit logs')),
      item('rotation', t('Full rotation: also create and delete client keys')),
    ],
    {
      title: t('RAM policy for this extension'),
      placeHolder:
        denied === undefined
          ? t('What shall the account be able to do?')
          : t('{0} was missing. What shall the account be able to do?', denied),
    },
  );
  if (!picked) return;
  await env.clipboard.writeText(ramPolicy(picked.scope, denied, chosenProjects()));
  void window.showInformationMessage(
    t(
      'The RAM policy is on the clipboard. Create a custom policy from it in the RAM console and attach it to the RAM user or role, then retry.',
    ),
  );
}
