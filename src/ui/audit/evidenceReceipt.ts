import { evidenceItems } from '../../model/evidenceItems';
import { exactTime } from '../../model/timeText';
import { evidenceSentence } from '../evidenceText';
import { asText } from '../markdownText';
import { rolloutMarkdown } from '../rotations/rolloutMarkdown';
import { verdictHeadline, verdictSentences } from '../verdictText';
import type { Translate, Words } from '../words';
import type { AuditReading } from './auditReading';
import { RANGE_MS } from './auditStrings';
import { callerRows } from './callerRows';
import { callerSection, retiredSection } from './receiptCallers';
import { deletionSection } from './receiptDeletion';
import { logSection, querySection, requestIdSection } from './receiptLogs';

/**
 * The evidence as Markdown, for a ticket or a review: what was asked of which log and when, what it said, what follows, and
 * what the user said of callers and places. All times in UTC; no secrets.
 * @returns undefined while nothing has been read
 */
export function evidenceReceipt(reading: AuditReading, t: Translate, locale: string): string | undefined {
  const { names, result, options, places } = reading;
  if (result === undefined) return undefined;
  const { evidence, verdict } = result;
  const exact = (at: number) => exactTime(at, locale, 'UTC');
  const key = names.newKeyId === undefined ? t('this key') : t('the old key');
  const words: Words = { t, locale, key, exact, ago: exact };
  const callers = callerRows(reading, t);
  const usingOld = callers.filter((row) => row.state !== 'newOnly').length;
  const blocks: readonly (string | readonly string[])[] = [
    `# ${t('Use of client key {0}', evidence.oldKey.id)}`,
    head(reading, evidence.readAt, words),
    `## ${t('Verdict')}: ${asText(verdictHeadline(verdict, words))}`,
    verdictSentences(verdict, words, usingOld).map((sentence) => `- ${asText(sentence, 2000)}`),
    `## ${t('Evidence')}`,
    evidenceItems(evidence, verdict, options).map(
      (item) => `- ${SIGNS[item.level]} ${asText(evidenceSentence(item, words), 2000)}`,
    ),
    `## ${t('Audit logs')}`,
    logSection(evidence, words),
    `## ${t('Queries')}`,
    querySection(evidence, t),
    `## ${t('Callers')}`,
    ...callerSection(reading, callers, words),
    ...retiredSection(names.rotation?.retired ?? [], words),
    ...(places === undefined ? [] : [`## ${t('Roll-out list')}`, rolloutMarkdown(places, t)]),
    ...deletionSection(names.rotation?.deletion, words),
    `## ${t('Request ids')}`,
    requestIdSection(evidence.requestIds),
  ];
  return `${blocks.map((block) => (typeof block === 'string' ? block : block.join('\n'))).join('\n\n')}\n`;
}

const SIGNS = { ok: '✓', note: '–', problem: '✗' } as const;

function head(reading: AuditReading, readAt: number, { t, exact }: Words): string[] {
  const { names, options, status, error } = reading;
  const lines = [
    ...(names.newKeyId === undefined ? [] : [t('New key: {0}', names.newKeyId)]),
    t('Application access point: {0}', `${names.aap.aapName} (${names.aap.regionId})`),
    t('Read at: {0}', exact(readAt)),
    t(
      'Range of the verdict: {0} to {1}, all that a log can hold',
      exact(readAt - RANGE_MS['180d']),
      exact(readAt),
    ),
    t('Required quiet period: at least {0} h', Math.round(options.quietPeriodMs / 3_600_000)),
    ...(status === 'loading' ? [t('A newer reading was under way when this was copied.')] : []),
    ...(error === undefined ? [] : [t('A newer reading failed: {0}', error)]),
  ];
  return lines.map((line) => `- ${asText(line)}`);
}
