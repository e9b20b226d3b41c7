import type { PlannedFile, Replacement } from '../model/patch';
import type { ReferenceRole } from '../model/reference';
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
import type { Findings, FoundMember } from './notation';
import type { Rewritten } from './rewrite';

const KEY_ID = /KAAP\.[0-9a-f-]+/i;
const OTHER_PASSWORD = '«password»';

type Quotes = (raw: string) => { readonly open: number; readonly close: number };

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
  const oldValue = (edit: IntendedEdit) => memberAt(before.findings, edit.start, edit.role)?.value;
  const everywhere = [
    ...secretEdits.flatMap((edit): MaskedText[] => {
      const value = oldValue(edit);
      return value === undefined ? [] : [{ text: value, label: oldLabel(edit.role, value) }];
    }),
    ...secretEdits.map((edit) => ({ text: edit.value, label: newLabel(edit, replacement) })),
    ...[before.findings, after.findings].flatMap(otherSecrets),
  ];
  const oldRanges = secretEdits.map((edit) => ({
    start: edit.start,
    end: edit.end,
    label: oldLabel(edit.role, oldValue(edit)),
  }));
  const placed = after.rewritten.placed.map(({ start, newStart, raw }) => ({
    start: newStart,
    end: newStart + raw.length,
    edit: changes.find((one) => one.start === start),
  }));
  const newRanges = placed.flatMap(({ start, end, edit }) =>
    edit === undefined || !isSecret(edit.role) ? [] : [{ start, end, label: newLabel(edit, replacement) }],
  );
  return {
    maskedBefore: showSide(before.text, before.findings, changes, oldRanges, everywhere, quotes),
    maskedAfter: showSide(after.rewritten.text, after.findings, placed, newRanges, everywhere, quotes),
  };
}

function showSide(
  text: string,
  findings: Findings,
  edits: readonly { readonly start: number; readonly end: number }[],
  secrets: readonly MaskedRange[],
  everywhere: readonly MaskedText[],
  quotes: Quotes,
): string {
  const members = findings.clients.flatMap((client) => client.members);
  const raw = ({ start, end }: { start: number; end: number }) => text.slice(start, end);
  const known = [
    ...secrets,
    ...members
      .filter((member) => isSecret(member.role) && member.value !== undefined)
      .map(({ start, end, role, value }) => ({ start, end, label: otherLabel(role, value) })),
  ].map((range) => ({ ...range, ...quotes(raw(range)) }));
  const paths = members
    .filter(isPlainPath)
    .map(({ start, end }) => ({ start, end, label: raw({ start, end }) }));
  const rest = findings.hidden.map((range) => ({ ...range, label: NOT_SHOWN }));
  return maskedExcerpt(text, edits, mergeRanges([...known, ...paths], rest), everywhere);
}

/** A setting of a path may hold a whole credential by mistake, or an address with a password. */
function isPlainPath({ role, value }: FoundMember): boolean {
  return (
    (role === 'keyFile' || role === 'passwordFile') &&
    value !== undefined &&
    /^[^{}"'\r\n]{1,512}$/.test(value) &&
    !/^(?!file:)\w+:\/\//.test(value)
  );
}

function otherSecrets(findings: Findings): readonly MaskedText[] {
  return findings.clients
    .flatMap((client) => client.members)
    .flatMap(({ role, value }) =>
      isSecret(role) && value !== undefined ? [{ text: value, label: otherLabel(role, value) }] : [],
    );
}

function memberAt(findings: Findings, start: number, role: ReferenceRole): FoundMember | undefined {
  return findings.clients
    .flatMap((client) => client.members)
    .find((member) => member.start === start && member.role === role);
}

function isSecret(role: ReferenceRole): boolean {
  return role === 'password' || role === 'keyContent';
}

function oldLabel(role: ReferenceRole, value: string | undefined): string {
  return role === 'password' ? oldPasswordLabel() : keyContentLabel(KEY_ID.exec(value ?? '')?.[0]);
}

function newLabel(edit: IntendedEdit, { keyId, password }: Replacement): string {
  return edit.role === 'password' ? newPasswordLabel(password.length) : keyContentLabel(keyId);
}

function otherLabel(role: ReferenceRole, value: string | undefined): string {
  return role === 'password' ? OTHER_PASSWORD : keyContentLabel(KEY_ID.exec(value ?? '')?.[0]);
}
