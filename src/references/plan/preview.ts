import type { PlannedFile, Replacement } from '../../model/patch';
import type { ReferenceRole } from '../../model/reference';
import type { Findings, FoundMember } from '../notation';
import type { Rewritten } from '../text/rewrite';
import { maskedExcerpt } from './excerpt';
import type { IntendedEdit } from './intent';
import {
  keyContentLabel,
  type MaskedRange,
  type MaskedText,
  mergeRanges,
  NOT_SHOWN,
  newPasswordLabel,
  oldPasswordLabel,
} from './mask';

const KEY_ID = /KAAP\.[0-9a-f-]+/i;
const OTHER_PASSWORD = '«password»';

interface Range {
  readonly start: number;
  readonly end: number;
}

type Quotes = (raw: string, form?: string) => { readonly open: number; readonly close: number };

/**
 * The edited lines before and after, fit to be shown: names, syntax and the paths of clients as they are, secrets of the
 * edits as masks that tell old from new, and in place of any other value and of comments a mask too. A document that is
 * opened can end up in backups and caches, so what is not known to be harmless is not in it.
 */
export function maskBothSides(
  quotes: Quotes,
  before: { readonly text: string; readonly findings: Findings },
  after: { readonly rewritten: Rewritten; readonly findings: Findings },
  changes: readonly IntendedEdit[],
  replacement: Replacement,
): Pick<PlannedFile, 'maskedBefore' | 'maskedAfter'> {
  const secretEdits = changes.filter((edit) => isSecret(edit.role));
  const everywhere = [
    ...secretEdits.flatMap(({ role, oldValue }): MaskedText[] =>
      oldValue === undefined ? [] : [{ text: oldValue, label: oldLabel(role, oldValue) }],
    ),
    ...secretEdits.map((edit) => ({ text: edit.value, label: newLabel(edit, replacement) })),
    ...[before.findings, after.findings].flatMap(otherSecrets),
  ];
  const oldRanges = secretEdits.map(({ start, end, role, oldValue, form }) => ({
    start,
    end,
    label: oldLabel(role, oldValue),
    ...withForm(form),
  }));
  const placed = after.rewritten.placed.map(({ start, newStart, raw }) => ({
    start: newStart,
    end: newStart + raw.length,
    edit: changes.find((one) => one.start === start),
  }));
  const newRanges = placed.flatMap(({ start, end, edit }) =>
    edit === undefined || !isSecret(edit.role)
      ? []
      : [{ start, end, label: newLabel(edit, replacement), ...withForm(edit.form) }],
  );
  // A path that is set in a file of settings belongs to a client of another file.
  const pathsOf = (
    ranges: readonly { start: number; end: number; value: string | undefined; role: ReferenceRole }[],
  ) => ranges.filter(isPlainPath);
  const oldPaths = pathsOf(changes.map((edit) => ({ ...edit, value: edit.oldValue })));
  const newPaths = pathsOf(
    placed.flatMap(({ start, end, edit }) => (edit === undefined ? [] : [{ ...edit, start, end }])),
  );
  return {
    maskedBefore: showSide(before.text, before.findings, changes, oldRanges, oldPaths, everywhere, quotes),
    maskedAfter: showSide(
      after.rewritten.text,
      after.findings,
      placed,
      newRanges,
      newPaths,
      everywhere,
      quotes,
    ),
  };
}

function showSide(
  text: string,
  findings: Findings,
  edits: readonly Range[],
  secrets: readonly (MaskedRange & { readonly form?: string })[],
  editedPaths: readonly Range[],
  everywhere: readonly MaskedText[],
  quotes: Quotes,
): string {
  const members = findings.clients.flatMap((client) => client.members);
  const raw = ({ start, end }: Range) => text.slice(start, end);
  const known = [
    ...secrets,
    ...members
      .filter((member) => isSecret(member.role) && member.value !== undefined)
      .map(({ start, end, role, value, form }) => ({
        start,
        end,
        label: otherLabel(role, value),
        ...withForm(form),
      })),
  ].map((range) => ({ ...range, ...quotes(raw(range), range.form) }));
  const paths = [...editedPaths, ...members.filter(isPlainPath)].map(({ start, end }) => ({
    start,
    end,
    label: raw({ start, end }),
  }));
  const rest = findings.hidden.map((range) => ({ ...range, label: NOT_SHOWN }));
  return maskedExcerpt(text, edits, mergeRanges([...known, ...paths], rest), everywhere);
}

/** A setting of a path may hold a whole credential by mistake, or an address with a password. */
function isPlainPath({ role, value }: Pick<FoundMember, 'role'> & { value?: string | undefined }): boolean {
  return (
    (role === 'keyFile' || role === 'passwordFile') &&
    value !== undefined &&
    /^[^{}"'\r\n]{1,512}$/.test(value) &&
    !/(?<!^file):\/\//.test(value)
  );
}

function otherSecrets(findings: Findings): readonly MaskedText[] {
  return findings.clients
    .flatMap((client) => client.members)
    .flatMap(({ role, value }) =>
      isSecret(role) && value !== undefined ? [{ text: value, label: otherLabel(role, value) }] : [],
    );
}

function withForm(form: string | undefined): { readonly form?: string } {
  return form === undefined ? {} : { form };
}

function isSecret(role: ReferenceRole): boolean {
  return isPassword(role) || role === 'keyContent' || role === 'credentialFile';
}

function isPassword(role: ReferenceRole): boolean {
  return role === 'password' || role === 'credentialPasswordFile';
}

function oldLabel(role: ReferenceRole, value: string | undefined): string {
  return isPassword(role) ? oldPasswordLabel() : keyContentLabel(KEY_ID.exec(value ?? '')?.[0]);
}

function newLabel(edit: IntendedEdit, { keyId, password }: Replacement): string {
  return isPassword(edit.role) ? newPasswordLabel(password.length) : keyContentLabel(keyId);
}

function otherLabel(role: ReferenceRole, value: string | undefined): string {
  return isPassword(role) ? OTHER_PASSWORD : keyContentLabel(KEY_ID.exec(value ?? '')?.[0]);
}
