import { AUDIT_RANGES, type AuditRange, type AuditTarget, type FromAuditView } from '../../model/auditView';

const PLAIN = [
  'ready',
  'refresh',
  'entries',
  'copyEvidence',
  'copyPolicy',
  'showRollout',
  'deleteOldKey',
] as const;
const OF_CALLER = ['markRetired', 'unmarkRetired', 'openReference'] as const;
const FORMATS = ['csv', 'json'] as const;

/** A message of the audit view, or undefined when it is none. By hand: this is loaded at start-up, where every library counts. */
export function parseFromAuditView(data: unknown): FromAuditView | undefined {
  switch (member(data, 'type')) {
    case 'range': {
      const range = parseRange(member(data, 'range'));
      return range === undefined ? undefined : { type: 'range', range };
    }
    case 'export': {
      const format = FORMATS.find((one) => one === member(data, 'format'));
      return format === undefined ? undefined : { type: 'export', format };
    }
    default: {
      const given = member(data, 'type');
      const type = PLAIN.find((one) => one === given);
      if (type !== undefined) return { type };
      const ofCaller = OF_CALLER.find((one) => one === given);
      const caller = member(data, 'caller');
      return ofCaller === undefined || typeof caller !== 'string' ? undefined : { type: ofCaller, caller };
    }
  }
}

/** What a view that VS Code restores was about: from the state that the view kept, or undefined when that is of another form. */
export function parseSavedTarget(saved: unknown): AuditTarget | undefined {
  const target = member(member(saved, 'state'), 'target');
  const rotationId = member(target, 'rotationId');
  if (member(target, 'kind') === 'rotation' && typeof rotationId === 'string') {
    return { kind: 'rotation', rotationId };
  }
  const keyId = member(target, 'keyId');
  const aap = member(target, 'aap');
  const [accountId, regionId, aapName] = ['accountId', 'regionId', 'aapName'].map((name) =>
    member(aap, name),
  );
  if (member(target, 'kind') !== 'key' || typeof keyId !== 'string') return undefined;
  if (typeof accountId !== 'string' || typeof regionId !== 'string' || typeof aapName !== 'string') {
    return undefined;
  }
  return { kind: 'key', aap: { accountId, regionId, aapName }, keyId };
}

/** The range that such a view showed. */
export function parseSavedRange(saved: unknown): AuditRange | undefined {
  return parseRange(member(member(saved, 'state'), 'range'));
}

function parseRange(value: unknown): AuditRange | undefined {
  return AUDIT_RANGES.find((range) => range === value);
}

/** One string per target: there is one panel for each. */
export function targetKey(target: AuditTarget): string {
  if (target.kind === 'rotation') return `rotation ${target.rotationId}`;
  return ['key', target.aap.accountId, target.aap.regionId, target.aap.aapName, target.keyId].join(' ');
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
