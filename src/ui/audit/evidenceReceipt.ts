import type { AuditEvidence, InstanceEvidence } from '../../model/evidence';
import { evidenceItems } from '../../model/evidenceItems';
import { exactTime } from '../../model/timeText';
import { evidenceSentence } from '../evidenceText';
import { verdictHeadline, verdictSentences } from '../verdictText';
import { printable, type Translate, type Words } from '../words';
import type { AuditReading } from './auditReading';
import { callerRows } from './callerRows';

/**
 * The evidence as Markdown, for a ticket or a review: what was asked of which log and when, what it said, and what follows.
 * All times in UTC; no secrets.
 * @returns undefined while nothing has been read
 */
export function evidenceReceipt(reading: AuditReading, t: Translate, locale: string): string | undefined {
  const { names, result, options } = reading;
  if (result === undefined) return undefined;
  const { evidence, verdict } = result;
  const exact = (at: number) => exactTime(at, locale, 'UTC');
  const key = names.newKeyId === undefined ? t('this key') : t('the old key');
  const words: Words = { t, locale, key, exact, ago: exact };
  const callers = callerRows(evidence, options, t);
  const usingOld = callers.filter((row) => row.state !== 'newOnly').length;
  const time = (at: number | undefined) => (at === undefined ? '–' : exact(at));
  return `${[
    `# ${t('Use of client key {0}', evidence.oldKey.id)}`,
    [
      names.newKeyId === undefined ? undefined : `- ${t('New key: {0}', names.newKeyId)}`,
      `- ${t('Application access point: {0}', asText(`${names.aap.aapName} (${names.aap.regionId})`))}`,
      `- ${t('Read at: {0}', exact(evidence.readAt))}`,
      `- ${t('Required quiet period: at least {0} h', Math.round(options.quietPeriodMs / 3_600_000))}`,
    ],
    `## ${t('Verdict')}: ${verdictHeadline(verdict, words)}`,
    verdictSentences(verdict, words, usingOld).map((sentence) => `- ${asText(sentence)}`),
    `## ${t('Evidence')}`,
    evidenceItems(evidence, verdict, options).map(
      (item) => `- ${SIGNS[item.level]} ${asText(evidenceSentence(item, words))}`,
    ),
    `## ${t('Audit logs')}`,
    table(
      [
        t('Instance'),
        t('Log store'),
        t('Log begins'),
        t('Newest entry'),
        t('Calls old key'),
        t('Old key last seen'),
        t('Calls new key'),
      ],
      evidence.instances.map((instance) => logRow(instance, time)),
    ),
    `## ${t('Callers')}`,
    table(
      [t('State'), t('Caller'), t('Old key last seen'), t('New key first seen'), t('Calls old / new key')],
      callers.map((row) => [
        row.stateText,
        [row.userAgent, row.api, row.resource, row.network].filter(Boolean).join(', '),
        time(row.oldLast),
        time(row.newFirst),
        `${row.oldCalls} / ${row.newCalls}`,
      ]),
    ),
    `## ${t('Request ids')}`,
    requestIds(evidence),
  ]
    .map((block) =>
      typeof block === 'string' ? block : block.filter((line) => line !== undefined).join('\n'),
    )
    .join('\n\n')}\n`;
}

const SIGNS = { ok: '✓', note: '–', problem: '✗' } as const;

function logRow(instance: InstanceEvidence, time: (at: number | undefined) => string): string[] {
  return [
    instance.instanceId,
    `${instance.project} / ${instance.logStore}`,
    instance.problem ?? time(instance.begins),
    time(instance.newestAny),
    String(instance.oldKeyCalls),
    time(instance.oldKeyLast),
    String(instance.newKeyCalls),
  ];
}

function requestIds(evidence: AuditEvidence): string[] {
  return evidence.requestIds.length === 0
    ? ['–']
    : evidence.requestIds.map((id) => `- ${asText(printable(id))}`);
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map(asText).join(' | ')} |`;
  return [line(headings), `|${' --- |'.repeat(headings.length)}`, ...rows.map(line)];
}

/** Whatever a caller wrote into its user agent stays text in Markdown and in HTML made from it. */
function asText(text: string): string {
  return printable(text, 500).replace(/[\\`*_[\]<>|#~!&]/g, '\\$&');
}
