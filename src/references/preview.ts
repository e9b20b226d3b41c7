import type { PlannedFile, Replacement } from '../model/patch';
import type { ReferenceRole } from '../model/reference';
import type { IntendedEdit } from './intent';
import {
  keyContentLabel,
  type MaskedRange,
  type MaskedText,
  maskText,
  newPasswordLabel,
  oldPasswordLabel,
} from './mask';
import type { Findings, FoundMember, Notation } from './notation';
import type { Rewritten } from './rewrite';

const KEY_ID = /KAAP\.[0-9a-f-]+/i;
const OTHER_PASSWORD = '‹password›';
const OTHER_SECRET = '‹secret›';

/** The whole text before and after, fit to be shown: paths as they are, secrets as masks that tell old from new. */
export function maskBothSides(
  notation: Notation,
  before: { readonly text: string; readonly findings: Findings },
  after: { readonly rewritten: Rewritten; readonly findings: Findings },
  changes: readonly IntendedEdit[],
  replacement: Replacement,
): Pick<PlannedFile, 'maskedBefore' | 'maskedAfter'> {
  const oldTexts = changes.flatMap((edit): MaskedText[] => {
    const member = memberAt(before.findings, edit.start, edit.role);
    return isSecret(edit.role) && member?.value !== undefined
      ? [{ text: member.value, label: oldLabel(edit.role, member.value) }]
      : [];
  });
  const otherTexts = [before.findings, after.findings].flatMap(otherSecrets);
  const newTexts = changes
    .filter((edit) => isSecret(edit.role))
    .map((edit) => ({ text: edit.value, label: newLabel(edit, replacement) }));
  const everywhere = [...oldTexts, ...newTexts, ...otherTexts];
  const oldRanges = changes
    .filter((edit) => isSecret(edit.role))
    .map((edit) => ({
      start: edit.start,
      end: edit.end,
      label: oldLabel(edit.role, memberAt(before.findings, edit.start, edit.role)?.value),
    }));
  const newRanges = after.rewritten.placed.flatMap((place): MaskedRange[] => {
    const edit = changes.find((one) => one.start === place.start);
    if (edit === undefined || !isSecret(edit.role)) return [];
    return [
      { start: place.newStart, end: place.newStart + place.raw.length, label: newLabel(edit, replacement) },
    ];
  });
  return {
    maskedBefore: maskText(
      before.text,
      [...oldRanges, ...otherRanges(before.findings)],
      everywhere,
      notation.quotes,
    ),
    maskedAfter: maskText(
      after.rewritten.text,
      [...newRanges, ...otherRanges(after.findings)],
      everywhere,
      notation.quotes,
    ),
  };
}

function otherRanges(findings: Findings): readonly MaskedRange[] {
  const members = findings.clients.flatMap((client) => client.members);
  return [
    ...members
      .filter((member) => isSecret(member.role) && member.value !== undefined)
      .map(({ start, end, role, value }) => ({ start, end, label: otherLabel(role, value) })),
    ...findings.secrets
      .filter(({ start, end }) => end > start)
      .map(({ start, end }) => ({ start, end, label: OTHER_SECRET })),
  ];
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
