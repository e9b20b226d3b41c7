import { toServiceTime } from '../clock';
import type { Answer, Exchange } from '../exchange';
import { LOG_FIELDS, RETENTION_DAYS } from './auditLog';
import type { Ask } from './endpoint';
import { DELIMITERS } from './search';

export const LOG_STORE = 'kms_audit_log';

/** The project: first part of the host name, or the marker header, which stands in for it on loopback. */
export function projectName({ headers }: Exchange): string {
  const named = /^([a-z0-9-]+)\.[a-z0-9-]+\.log\./.exec(headers.host ?? '');
  return named?.[1] ?? headers['x-log-project-name'] ?? '';
}

export function getProject({ simulation, exchange, instance }: Ask): Answer {
  return {
    status: 200,
    json: {
      projectName: projectName(exchange),
      region: instance.regionId,
      status: 'Normal',
      owner: simulation.world.accountId,
      description: '',
      createTime: '2024-11-20 02:00:00',
      lastModifyTime: '2024-11-20 02:00:00',
    },
  };
}

export function getLogStore({ simulation, instance }: Ask): Answer {
  return {
    status: 200,
    json: {
      logstoreName: simulation.knobs.logNames.get(instance.id)?.logStore ?? LOG_STORE,
      ttl: RETENTION_DAYS,
      shardCount: 2,
      mode: 'standard',
      enable_tracking: false,
      createTime: Math.floor(simulation.clock.now() / 1000) - 365 * 86_400,
    },
  };
}

/** Which fields the real index has is unknown (docs/facts.md LOG-6): here all of them, and the full text. */
export function getIndex({ simulation, instance }: Ask): Answer {
  const analytics = simulation.knobs.indexes.get(instance.id) !== 'noAnalytics';
  const field = {
    type: 'text',
    token: DELIMITERS,
    caseSensitive: false,
    chn: false,
    doc_value: analytics,
    alias: '',
  };
  return {
    status: 200,
    json: {
      index_mode: 'v2',
      ttl: RETENTION_DAYS,
      max_text_len: 2048,
      lastModifyTime: Math.floor(Date.parse(toServiceTime(simulation.clock.now())) / 1000) - 365 * 86_400,
      line: { token: DELIMITERS, caseSensitive: false, chn: false },
      keys: Object.fromEntries(LOG_FIELDS.map((name) => [name, field])),
    },
  };
}
