import type { LogRow } from '../../../../src/cloud/audit/logAnswers';
import type { AuditLog, Span } from '../../../../src/cloud/audit/logClient';
import { createCloudError } from '../../../../src/cloud/errors';

/** One call in a log that lives in memory. */
export interface MemoryCall {
  /** Unix seconds. */
  readonly at: number;
  readonly keyId: string;
  readonly userAgent: string;
  readonly address?: string;
}

export interface MemoryLog {
  readonly log: AuditLog;
  readonly calls: MemoryCall[];
  /** Calls that one statement may read; beyond, it is not accurate. */
  most: number;
  /** Statements, in Unix seconds. */
  readonly statements: Span[];
  /** Throws from so many statements on. */
  failAfter: number;
  failWith: 'serverError' | 'cancelled';
  /** The next histograms say that they are not complete. */
  incompleteCounts: boolean;
}

/** An `AuditLog` that understands the two statements of the class list, without any service. */
export function memoryLog(): MemoryLog {
  const calls: MemoryCall[] = [];
  const within = ({ from, to }: Span) => {
    const [begin, end] = [
      Math.floor(from / 1000),
      Math.max(Math.ceil(to / 1000), Math.floor(from / 1000) + 1),
    ];
    return calls.filter(({ at }) => at >= begin && at < end).sort((a, b) => a.at - b.at);
  };
  const memory: MemoryLog = {
    calls,
    most: Number.POSITIVE_INFINITY,
    statements: [],
    failAfter: Number.POSITIVE_INFINITY,
    failWith: 'serverError',
    incompleteCounts: false,
    log: {
      async histogram(_search, span) {
        const width = Math.max(1000, Math.ceil((span.to - span.from) / 40 / 1000) * 1000);
        const buckets = [];
        for (let from = span.from; from < span.to; from += width) {
          const bucket = { from, to: Math.min(from + width, span.to) };
          buckets.push({ ...bucket, count: within(bucket).length });
        }
        return { buckets, complete: !memory.incompleteCounts };
      },
      async sql(_search, statement, span) {
        if (memory.statements.length >= memory.failAfter)
          throw createCloudError({ kind: memory.failWith, action: 'GetLogsV2', message: 'no' });
        memory.statements.push(span);
        const all = within(span);
        const read = all.slice(0, memory.most);
        const slot = Number(/% (\d+) as slot/.exec(statement)?.[1] ?? Number.POSITIVE_INFINITY);
        const groups = new Map<string, { row: LogRow; times: number[] }>();
        for (const { at, keyId, userAgent, address = '10.0.0.1' } of read) {
          const row = {
            access_key_id: keyId,
            principal_id: 'aap',
            useragent: userAgent,
            api_name: 'Decrypt',
            resource_id: 'r',
            client_ip: address,
            status_code: '200',
          };
          const name = JSON.stringify([row, Math.floor(at / slot)]);
          const group: { row: LogRow; times: number[] } = groups.get(name) ?? { row, times: [] };
          groups.set(name, group);
          group.times.push(at);
        }
        const rows = [...groups.values()].map(({ row, times }) => ({
          ...row,
          calls: String(times.length),
          first_time: String(Math.min(...times)),
          last_time: String(Math.max(...times)),
        }));
        return { rows, accurate: read.length === all.length, complete: true };
      },
      rows: () => Promise.reject(new Error('not needed')),
      index: () => Promise.reject(new Error('not needed')),
    },
  };
  return memory;
}
