import type {
  Doubt,
  NotEditable,
  Reference,
  ReferenceGroup,
  ReferenceRole,
  Strategy,
} from '../../model/reference';
import { pathIn } from '../paths';
import type { Row } from '../row';
import { printable, type Translate } from '../words';
import type { Card, FolderScan } from './board';

/** One client of the workspace: its first place names it, the check box says whether the patch takes it. */
export function groupRow(
  card: Card,
  scan: FolderScan,
  group: ReferenceGroup,
  patched: boolean,
  t: Translate,
): Row {
  const first = group.references[0];
  const { label, folder, whole } = first ? place(scan.folder, first) : { label: group.id, whole: group.id };
  const manual = !group.editable;
  const strategy = patched || manual ? undefined : strategyOf(card, group);
  const state = patched
    ? t('patched')
    : manual
      ? t('manual step: {0}', manualReason(group, t))
      : [confidenceText(group, t), ...(strategy === undefined ? [] : [strategyText(strategy, t)])].join(
          ' · ',
        );
  const row = {
    id: `${card.rotation.id}/group/${patched ? 'new' : 'old'}/${scan.folder}/${group.id}`,
    label,
    description: besideFolder(state, folder),
    tooltip: [whole, state, ...(group.keyId === undefined ? [] : [t('Client key {0}', group.keyId)])].join(
      '\n',
    ),
    tags: ['group', ...(patched ? ['patched'] : []), ...otherStrategies(group, strategy)],
    expansion: 'collapsed' as const,
    spoken:
      group.references.length === 1
        ? t('{0}, {1}, 1 place', whole, state)
        : t('{0}, {1}, {2} places', whole, state, group.references.length),
  };
  if (patched) return { ...row, icon: 'pass', color: 'clientKeys.valid' };
  if (manual) return { ...row, icon: 'info' };
  return { ...row, checked: card.isTicked(group.id, group.ticked) };
}

/** How the patch would bring the new credential to a group: as chosen, else the sensible way; undefined without a file. */
export function strategyOf(card: Card, group: ReferenceGroup): Strategy | undefined {
  const chosen = card.strategies.get(group.id);
  return chosen !== undefined && group.strategies.includes(chosen) ? chosen : group.strategies[0];
}

/** Short, because it stands in the row. */
function strategyText(strategy: Strategy, t: Translate): string {
  return strategy === 'beside' ? t('new file') : t('replaced in place');
}

/** Tags that menus offer the other way by. */
function otherStrategies(group: ReferenceGroup, current: Strategy | undefined): string[] {
  if (current === undefined) return [];
  return group.strategies.filter((one) => one !== current).map((one) => `can-${one}`);
}

/** One place; a click opens it, except in credential files, which are never opened. */
export function referenceRow(card: Card, scan: FolderScan, reference: Reference, t: Translate): Row {
  const { label, folder, whole } = place(scan.folder, reference);
  const role = roleText(reference.role, t);
  const what =
    reference.notEditable === undefined ? role : `${role} · ${notEditableText(reference.notEditable, t)}`;
  const opens = reference.role !== 'credentialFile' && reference.role !== 'credentialPasswordFile';
  const value = reference.path === undefined ? [] : [printable(reference.path, 200)];
  return {
    id: `${card.rotation.id}/reference/${reference.groupId}/${reference.file}/${reference.range.start}`,
    label,
    description: besideFolder(what, folder),
    tooltip: [whole, what, ...value].join('\n'),
    icon: opens ? 'symbol-reference' : 'lock',
    tags: ['reference'],
    spoken: `${whole}, ${what}`,
    ...(opens ? { click: { command: 'clientKeys.openReference', title: t('Open Reference') } } : {}),
  };
}

interface Place {
  /** `OrderKmsClient.java:9` */
  readonly label: string;
  /** The folder of the file, relative to the workspace folder; absent where it is that folder. */
  readonly folder?: string;
  /** `src/main/java/OrderKmsClient.java:9` */
  readonly whole: string;
}

function place(root: string, reference: Reference): Place {
  const whole = `${pathIn(root, reference.file)}:${reference.range.line}`;
  const end = whole.lastIndexOf('/');
  return end < 0
    ? { label: whole, whole }
    : { label: whole.slice(end + 1), folder: whole.slice(0, end), whole };
}

/** The folder comes last: what is cut off in a narrow side bar should be what matters least. */
function besideFolder(text: string, folder: string | undefined): string {
  return folder === undefined ? text : `${text} · ${folder}`;
}

export function confidenceText(group: ReferenceGroup, t: Translate): string {
  switch (group.confidence) {
    case 'confirmed':
      return group.doubt === undefined ? t('confirmed') : doubtText(group.doubt, t);
    case 'probable':
      return t('probable');
    case 'possible':
      return t('possible, by name only');
  }
}

/** Short, because it stands in the row: why the box of a confirmed group is not ticked. */
function doubtText(doubt: Doubt, t: Translate): string {
  switch (doubt) {
    case 'notOpened':
      return t('its password does not open its key');
    case 'overridden':
      return t('another file sets only a part of it');
    case 'documentation':
      return t('documentation');
    case 'shared':
      return t('another client uses its files too');
  }
}

function manualReason(group: ReferenceGroup, t: Translate): string {
  const reason = group.references.find((reference) => reference.notEditable !== undefined)?.notEditable;
  return reason === undefined ? t('cannot be edited safely') : notEditableText(reason, t);
}

export function roleText(role: ReferenceRole, t: Translate): string {
  switch (role) {
    case 'keyFile':
      return t('key file path');
    case 'keyContent':
      return t('key content');
    case 'password':
      return t('password');
    case 'passwordFile':
      return t('password file path');
    case 'passwordEnv':
      return t('environment variable with the password');
    case 'credentialFile':
      return t('credential file');
    case 'credentialPasswordFile':
      return t('password file');
  }
}

function notEditableText(reason: NotEditable, t: Translate): string {
  switch (reason) {
    case 'lookup':
      return t('set elsewhere; change it there');
    case 'interpolated':
      return t('put together at run time; change its parts');
    case 'template':
      return t('filled in by a template; change the values');
    case 'encrypted':
      return t('kept encrypted or by a secret store');
    case 'replaces':
      return t('Terraform would delete the key; change it by hand');
    case 'kept':
      return t('stays until the old client key is deleted');
    case 'unpaired':
      return t('key and password are not both here');
    case 'otherKey':
      return t('belongs to another client key');
    case 'ambiguous':
      return t('more than one client key fits');
    case 'unsupported':
      return t('this notation is only read');
    case 'readOnly':
      return t('the file cannot be written');
  }
}
