import { randomInt } from 'node:crypto';
import { addYears, MAX_YEARS } from '../model/years';
import { RotationError } from './rotationError';
import type { RotationRequest } from './rotations';

const SECOND_MS = 1000;
const DAY_MS = 24 * 60 * 60 * SECOND_MS;

/**
 * The dates to ask for. Whole seconds, as the API takes them. `notAfter` lies up to an hour beside what was asked, at a
 * random second: by it an orphan of ours is told from a key that somebody else created. Upwards, because the service may
 * insist on the full year; downwards where five years would be exceeded.
 * @param now the service's present, ms UTC; becomes `notBefore`
 * @throws RotationError `badRequest` for years outside of 1 to 5 or a date that is past or more than five years ahead
 */
export function chooseValidity(
  validity: RotationRequest['validity'],
  now: number,
): { readonly notBefore: number; readonly notAfter: number } {
  const notBefore = wholeSecond(now);
  const asked = 'years' in validity ? yearsAhead(notBefore, validity.years) : wholeSecond(validity.notAfter);
  if (!(asked > notBefore + DAY_MS && asked <= addYears(notBefore, MAX_YEARS)))
    throw new RotationError('badRequest', { what: 'validity' });
  return { notBefore, notAfter: mark(asked, notBefore) };
}

/** New dates for another attempt: the same length of life from now on, with a random second of its own. */
export function renewValidity(
  earlier: { readonly notBefore: number; readonly notAfter: number },
  now: number,
): { readonly notBefore: number; readonly notAfter: number } {
  const notBefore = wholeSecond(now);
  const asked = notBefore + earlier.notAfter - earlier.notBefore;
  return { notBefore, notAfter: mark(Math.min(asked, addYears(notBefore, MAX_YEARS)), notBefore) };
}

function mark(asked: number, notBefore: number): number {
  const shift = randomInt(1, 3600) * SECOND_MS;
  return asked + shift <= addYears(notBefore, MAX_YEARS) ? asked + shift : asked - shift;
}

function yearsAhead(from: number, years: number): number {
  if (!Number.isInteger(years) || years < 1 || years > MAX_YEARS)
    throw new RotationError('badRequest', { what: 'validity' });
  return addYears(from, years);
}

function wholeSecond(time: number): number {
  return Math.floor(time / SECOND_MS) * SECOND_MS;
}
