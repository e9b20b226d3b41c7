import { ServiceError } from '../serviceError';
import type { Simulation } from '../simulation';

/** One verified KMS call on its way to its action. */
export interface KmsCall {
  readonly simulation: Simulation;
  readonly region: string;
  readonly method: string;
  /** Query and form body together. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Set by the faults of this call. */
  readonly notBeforeShiftMs: number;
  readonly refuseNotBefore: boolean;
}

/** The answer's body without its RequestId. */
export type KmsBody = Record<string, unknown>;

/** A parameter that the action cannot do without. */
export function requireParameter(call: KmsCall, name: string): string {
  const value = call.parameters[name];
  if (value === undefined || value === '') {
    throw new ServiceError(400, 'MissingParameter', `The parameter ${name} is required.`);
  }
  return value;
}

export function invalidParameter(): ServiceError {
  return new ServiceError(400, 'InvalidParameter', 'The specified parameter is not valid.');
}

export function notFound(): ServiceError {
  return new ServiceError(404, 'Forbidden.ResourceNotFound', 'Resource not found.');
}

/** PageNumber and PageSize (1 to 100, 20 when left out), with the page of the items. */
export function page<T>(call: KmsCall, items: readonly T[]): { page: T[]; fields: KmsBody } {
  const number = wholeNumber(call.parameters.PageNumber, 1);
  const size = wholeNumber(call.parameters.PageSize, 20);
  if (number < 1 || size < 1 || size > 100) throw invalidParameter();
  return {
    page: items.slice((number - 1) * size, number * size),
    fields: { PageNumber: number, PageSize: size, TotalCount: items.length },
  };
}

function wholeNumber(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^\d{1,9}$/.test(text)) throw invalidParameter();
  return Number(text);
}
