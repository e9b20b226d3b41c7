import { callerMoves } from '../../model/callers';
import { type Explanation, explainCallers } from '../../model/explainCallers';
import type { AuditReading } from './auditReading';

/** Which reference explains which caller of the old key, by class name; undefined while nothing was scanned or read. */
export function explanationsOf({
  result,
  options,
  references,
}: Pick<AuditReading, 'result' | 'options' | 'references'>): ReadonlyMap<string, Explanation> | undefined {
  if (result === undefined || references === undefined) return undefined;
  const callers = callerMoves(result.evidence, options).map(({ caller }) => caller);
  return explainCallers(callers, references);
}
