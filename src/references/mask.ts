/** A raw text that the preview shows as a mask, between its quotes. */
export interface MaskedRange {
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

/** A secret as text: masked wherever else it stands, in a comment for instance. */
export interface MaskedText {
  readonly text: string;
  readonly label: string;
}

/** Shorter ones stand in too many places to mean the secret. */
const MIN_MASKED_LENGTH = 6;

/**
 * The text with secrets masked. Where ranges overlap the earlier one of the list counts.
 * @param quotes how many characters at each end of a raw text stay
 */
export function maskText(
  text: string,
  ranges: readonly MaskedRange[],
  everywhere: readonly MaskedText[],
  quotes: (raw: string) => { readonly open: number; readonly close: number },
): string {
  const kept: MaskedRange[] = [];
  for (const range of ranges)
    if (!kept.some((other) => range.start < other.end && other.start < range.end)) kept.push(range);
  kept.sort((one, other) => one.start - other.start);
  let masked = '';
  let end = 0;
  for (const range of kept) {
    const raw = text.slice(range.start, range.end);
    const { open, close } = quotes(raw);
    masked += maskEverywhere(text.slice(end, range.start), everywhere);
    masked += raw.slice(0, open) + range.label + raw.slice(raw.length - close);
    end = range.end;
  }
  return masked + maskEverywhere(text.slice(end), everywhere);
}

function maskEverywhere(text: string, everywhere: readonly MaskedText[]): string {
  return everywhere
    .filter((secret) => secret.text.length >= MIN_MASKED_LENGTH)
    .sort((one, other) => other.text.length - one.text.length)
    .reduce((masked, secret) => masked.replaceAll(secret.text, () => secret.label), text);
}

export function oldPasswordLabel(): string {
  return '‹old password›';
}

/** Says the length: the reader sees that a password was made, and that it is not empty. */
export function newPasswordLabel(length: number): string {
  return `‹new password, ${length} characters›`;
}

export function keyContentLabel(keyId: string | undefined): string {
  return keyId === undefined ? '‹key content›' : `‹key content ${keyId.slice(0, 13)}…›`;
}
