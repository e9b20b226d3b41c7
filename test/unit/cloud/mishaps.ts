import type { CloudErrorKind } from '../../../src/model/cloudError';
import type { Fault } from '../../simulator/index';

const DENIED = { status: 403, code: 'Forbidden.NoPermission' } as const;

type WithoutTarget<Each> = Each extends unknown ? Omit<Each, 'action' | 'times' | 'region' | 'where'> : never;

/** What happens to a call, and what is said of it; `named`: the request id stands in the error. */
export interface Mishap {
  readonly fault: (ramAction: string) => WithoutTarget<Fault>;
  readonly kinds: readonly CloudErrorKind[];
  readonly named?: boolean;
}

/** @param readMs how long whoever calls waits for an answer */
export function mishapsOf(readMs: number): Readonly<Record<string, Mishap>> {
  return {
    'time-out': { fault: () => ({ kind: 'delay', ms: readMs * 4 }), kinds: ['timeout'] },
    'reset before': { fault: () => ({ kind: 'resetBefore' }), kinds: ['network'] },
    'reset without an answer': { fault: () => ({ kind: 'resetAfter' }), kinds: ['network'] },
    'reset after the headers': { fault: () => ({ kind: 'resetAfterHeaders' }), kinds: ['network'] },
    '429 without a hint': { fault: () => ({ kind: 'throttle' }), kinds: ['throttled'], named: true },
    '429 with a hint': {
      fault: () => ({ kind: 'throttle', hint: { header: 'x-acs-retry-after', value: '60' } }),
      kinds: ['throttled'],
      named: true,
    },
    '500': {
      fault: () => ({ kind: 'status', status: 500, code: 'InternalFailure' }),
      kinds: ['serverError'],
      named: true,
    },
    '403 with detail': {
      fault: (ramAction) => ({ kind: 'status', ...DENIED, deniedAction: ramAction }),
      kinds: ['noPermission'],
      named: true,
    },
    '404': {
      fault: () => ({ kind: 'status', status: 404, code: 'Forbidden.ResourceNotFound' }),
      kinds: ['notFound'],
      named: true,
    },
    'HTML body': { fault: () => ({ kind: 'html' }), kinds: ['badAnswer'] },
    'cut body': { fault: () => ({ kind: 'cutBody' }), kinds: ['network', 'badAnswer'] },
    'empty body': { fault: () => ({ kind: 'emptyBody' }), kinds: ['badAnswer'] },
    'slow first byte': {
      fault: () => ({ kind: 'slowFirstByte', ms: readMs * 4 }),
      kinds: ['timeout', 'network'],
    },
    'wrong JSON types': { fault: () => ({ kind: 'wrongTypes' }), kinds: ['badAnswer'], named: true },
  };
}
