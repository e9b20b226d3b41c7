import type { ManualStep, ReferenceGroup, ReferenceRole } from '../../model/reference';
import { manualStepCommand } from '../../references/link/manualSteps';
import type { Row } from '../row';
import { printable, type Translate } from '../words';
import type { Card } from './board';

/** What the user has to do where the patch cannot reach. Menus offer the command that does it. */
export function manualStepRow(card: Card, group: ReferenceGroup, step: ManualStep, t: Translate): Row {
  const label = manualStepText(step, t);
  const what = toSetText(step.role, t);
  const { rotation } = card;
  const command =
    rotation.newKey === undefined ? undefined : manualStepCommand(step, rotation.files, group.manualSteps);
  return {
    id: `${rotation.id}/manual/${group.id}/${step.kind}/${step.name}/${step.role}`,
    label,
    description: t('set it to {0}', what),
    tooltip: [label, t('Set it to {0}.', what), ...(command === undefined ? [] : [command])].join('\n'),
    icon: 'tools',
    tags: [
      'manualStep',
      ...(command === undefined ? [] : ['command']),
      ...(hasValue(step.role) ? ['value'] : []),
    ],
    spoken: `${t('manual step')}: ${label}, ${t('set it to {0}', what)}`,
  };
}

/** Where the value is set, in one line. */
export function manualStepText({ kind, name }: ManualStep, t: Translate): string {
  const shown = printable(name, 80);
  switch (kind) {
    case 'environment':
      return t('{0} is set outside this workspace', shown);
    case 'setting':
      return t('setting {0} is set outside this workspace', shown);
    case 'githubSecret':
      return t('{0} is a secret of GitHub Actions', shown);
    case 'gitlabVariable':
      return t('{0} is a CI/CD variable of GitLab', shown);
    case 'kubernetesSecret':
      return t('{0} is in a Kubernetes Secret', shown);
    case 'secretStore':
      return t('{0} is kept by a secret store', shown);
    case 'deliver':
      return t('deliver the new files to where {0} is read', shown);
  }
}

/** Whether there is a value to be copied: of a path, the command says all. */
export function hasValue(role: ReferenceRole): boolean {
  return role === 'password' || role === 'passwordEnv' || role === 'keyContent';
}

function toSetText(role: ReferenceRole, t: Translate): string {
  switch (role) {
    case 'password':
    case 'passwordEnv':
    case 'credentialPasswordFile':
      return t('the new password');
    case 'keyContent':
    case 'credentialFile':
      return t('the content of the new credential file');
    case 'keyFile':
      return t('the path of the new credential file');
    case 'passwordFile':
      return t('the path of the new password file');
  }
}
