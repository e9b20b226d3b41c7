/** A raw text that the preview shows as a mask; `open` and `close` characters at its ends stay. */
export interface MaskedRange {
  readonly start: number;
  readonly end: number;
  readonly open?: number;
  readonly close?: number;
  readonly label: string;
}

/** A secret as text: masked wherever else it stands. */
export interface MaskedText {
  readonly text: string;
  readonly label: string;
}

export const NOT_SHOWN = '«not shown»';

/** Shorter ones stand in too many places to mean the secret. */
const MIN_MASKED_LENGTH = 6;

/** The text with secrets masked. Ranges are in the order of the text and do not overlap. */
export function maskText(
  text: string,
  ranges: readonly MaskedRange[],
  everywhere: readonly MaskedText[],
): string {
  let masked = '';
  let end = 0;
  for (const range of ranges) {
    const raw = text.slice(range.start, range.end);
    masked += maskEverywhere(text.slice(end, range.start), everywhere);
    masked += raw.slice(0, range.open ?? 0) + range.label + raw.slice(raw.length - (range.close ?? 0));
    end = range.end;
  }
  return masked + maskEverywhere(text.slice(end), everywhere);
}

/**
 * One list in the order of the text and without overlaps: all of `first`, the earlier ones before the later, and of
 * `rest` what sticks out.
 */
export function mergeRanges(
  first: readonly MaskedRange[],
  rest: readonly MaskedRange[],
): readonly MaskedRange[] {
  const around = (ranges: readonly MaskedRange[], range: MaskedRange) =>
    ranges.reduce<readonly MaskedRange[]>(
      (parts, other) => parts.flatMap((part) => cut(part, other)),
      [range],
    );
  const kept: MaskedRange[] = [];
  for (const range of first) kept.push(...around(kept, range));
  const merged: MaskedRange[] = [];
  const sorted = [...kept, ...rest.flatMap((range) => around(kept, range))].sort(
    (one, other) => one.start - other.start,
  );
  for (const range of sorted) {
    const end = merged.at(-1)?.end ?? 0;
    // One literal inside another, say.
    if (range.start >= end) merged.push(range);
    else if (range.end > end) merged.push({ start: end, end: range.end, label: range.label });
  }
  return merged.filter(({ start, end }) => start < end);
}

function cut(range: MaskedRange, other: MaskedRange): readonly MaskedRange[] {
  const { start, end, label } = range;
  if (other.end <= start || end <= other.start) return [range];
  return [
    { start, end: Math.max(start, other.start), label },
    { start: Math.min(end, other.end), end, label },
  ];
}

function maskEverywhere(text: string, everywhere: readonly MaskedText[]): string {
  return everywhere
    .filter((secret) => secret.text.length >= MIN_MASKED_LENGTH)
    .sort((one, other) => other.text.length - one.text.length)
    .reduce((masked, secret) => masked.replaceAll(secret.text, () => secret.label), text);
}

export function oldPasswordLabel(): string {
  return '«old password»';
}

/** Says the length: the reader sees that a password was made, and that it is not empty. */
export function newPasswordLabel(length: number): string {
  return `«new password, ${length} characters»`;
}

export function keyContentLabel(keyId: string | undefined): string {
  return keyId === undefined ? '«key content»' : `«key content ${keyId.slice(0, 13)}…»`;
}
