/** What each operation that src/cloud calls needs in RAM (docs/facts.md KMS-15). A test finds operations that are missing here. */
const READING = {
  ListApplicationAccessPoints: 'kms:ListApplicationAccessPoints',
  DescribeApplicationAccessPoint: 'kms:DescribeApplicationAccessPoint',
  DescribePolicy: 'kms:DescribePolicy',
  GetKmsInstance: 'kms:GetKmsInstance',
  ListClientKeys: 'kms:ListClientKeys',
  GetClientKey: 'kms:GetClientKey',
  GetIndex: 'log:GetIndex',
  // The log service calls the action for GetHistograms by another name, and the one for GetLogsV2 (help page 29051).
  GetHistograms: 'log:GetLogStoreHistogram',
  GetLogsV2: 'log:GetLogStoreLogs',
} as const;

const WRITING = {
  CreateClientKey: 'kms:CreateClientKey',
  DeleteClientKey: 'kms:DeleteClientKey',
} as const;

const RAM_ACTIONS: Readonly<Record<string, string>> = { ...READING, ...WRITING };

/** A valid account may always call these (docs/facts.md KMS-10). */
export const NEEDS_NO_PERMISSION: readonly string[] = ['DescribeRegions'];

/** `readOnly`: tree, expiry and audit. `rotation`: that, and client keys are created and deleted. */
export type PolicyScope = 'readOnly' | 'rotation';

/** The RAM action that an operation needs, by the general rule where it is not one of ours. */
export function ramActionOf(operation: string): string {
  return RAM_ACTIONS[operation] ?? `kms:${operation}`;
}

/** What the service says is copied into a policy only if it looks like an action. */
const ACTION = /^[a-z][a-z\d-]*:[A-Za-z]\w*$/;

/**
 * The actions that a scope needs, sorted.
 * @param denied an action that the service named when it refused a call; added where none of ours is meant
 */
export function actionsOf(scope: PolicyScope, denied?: string): readonly string[] {
  const needed = Object.values(scope === 'readOnly' ? READING : RAM_ACTIONS);
  // *Read only* stays that, whatever was refused.
  const isForeign =
    denied !== undefined && ACTION.test(denied) && !Object.values(RAM_ACTIONS).includes(denied);
  return (isForeign ? [...needed, denied] : needed).sort();
}

/** The logs of KMS instances, log stores of their projects included (docs/facts.md LOG-1). */
const AUDIT_LOGS = 'acs:log:*:*:project/kms-log-*';
const PROJECT = /^[a-z0-9-]+$/;

/**
 * The smallest RAM policy for a scope, as JSON for the RAM console. Which resources KMS tells apart is not published.
 * @param projects of logs that the user has chosen, beside those that KMS makes
 */
export function ramPolicy(scope: PolicyScope, denied?: string, projects: readonly string[] = []): string {
  const actions = actionsOf(scope, denied);
  const isLog = (action: string) => action.startsWith('log:');
  const statement = (Action: readonly string[], Resource: string | readonly string[]) => ({
    Effect: 'Allow',
    Action,
    Resource,
  });
  const chosen = projects.filter((name) => PROJECT.test(name)).map((name) => `acs:log:*:*:project/${name}/*`);
  const Statement = [
    statement(
      actions.filter((action) => !isLog(action)),
      '*',
    ),
    statement(actions.filter(isLog), chosen.length > 0 ? [AUDIT_LOGS, ...chosen] : AUDIT_LOGS),
  ];
  return JSON.stringify({ Version: '1', Statement }, null, 2);
}
