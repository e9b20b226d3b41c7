import type { AuditCallerRow } from '../../model/auditView';
import { callerMoves, migrationOf } from '../../model/callers';
import type { RetiredCaller } from '../../model/rotation';
import { callerName } from '../callerText';
import { asText, markdownTable } from '../markdownText';
import type { Words } from '../words';
import type { AuditReading } from './auditReading';

type Block = string | readonly string[];

/** Each caller: what has become of it, how sure that is, and which reference of the workspace it probably is. */
export function callerSection(
  { result, options, names }: AuditReading,
  rows: readonly AuditCallerRow[],
  words: Words,
): readonly Block[] {
  const { t, exact } = words;
  if (result === undefined || rows.length === 0) return ['–'];
  const time = (at: number | undefined) => (at === undefined ? '–' : exact(at));
  const { moved, total } = migrationOf(callerMoves(result.evidence, options));
  const isComplete = result.evidence.instances.every(({ callersComplete }) => callersComplete);
  return [
    ...(names.newKeyId === undefined || total === 0 ? [] : [t('{0} of {1} callers moved.', moved, total)]),
    ...(isComplete ? [] : [t('The list of callers is not complete.')]),
    markdownTable(
      [
        t('State'),
        t('Caller'),
        t('Addresses'),
        t('Old key last seen'),
        t('New key first seen'),
        t('Calls old / new key'),
        t('Where in this workspace'),
      ],
      rows.map((row) => [
        [row.stateText, row.sureText].filter(Boolean).join(': '),
        [row.userAgent, row.api, row.resource, row.network].filter(Boolean).join(', '),
        row.addresses.join(', '),
        time(row.oldLast),
        time(row.newFirst),
        `${row.oldCalls} / ${row.newCalls}`,
        whereText(row, words),
      ]),
    ),
  ];
}

function whereText({ reference, unexplained }: AuditCallerRow, { t }: Words): string {
  if (reference !== undefined) return `${reference.label} (${reference.how})`;
  return unexplained ? t('no reference here: somebody else’s service') : '–';
}

/** Who was marked as retired, why and when; also callers that the log knows no more. */
export function retiredSection(retired: readonly RetiredCaller[], words: Words): readonly Block[] {
  const { t, exact } = words;
  if (retired.length === 0) return [];
  return [
    `## ${t('Marked as retired')}`,
    retired.map(
      ({ caller, reason, at }) =>
        `- ${asText(callerName(caller, words))} (${exact(at)}): ${asText(reason, 1000)}`,
    ),
  ];
}
