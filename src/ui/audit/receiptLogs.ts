import type { AuditEvidence, InstanceEvidence } from '../../model/evidence';
import { asText, markdownTable } from '../markdownText';
import type { Translate, Words } from '../words';

/** Of each instance: which log was asked, and the counts that the verdict rests on. */
export function logSection({ aap, instances }: AuditEvidence, { t, exact }: Words): readonly string[] {
  const time = (at: number | undefined) => (at === undefined ? '–' : exact(at));
  const row = (instance: InstanceEvidence) => [
    instance.instanceId,
    `${instance.project} / ${instance.logStore}`,
    instance.logRegionId ?? aap.regionId,
    instance.problem === undefined
      ? time(instance.begins)
      : [instance.problem, instance.problemDetail].filter(Boolean).join(': '),
    time(instance.newestAny),
    String(instance.oldKeyCalls),
    time(instance.oldKeyLast),
    String(instance.newKeyCalls),
    instance.complete ? t('complete') : t('not complete'),
  ];
  return markdownTable(
    [
      t('Instance'),
      t('Log store'),
      t('Log region'),
      t('Log begins'),
      t('Newest entry'),
      t('Calls old key'),
      t('Old key last seen'),
      t('Calls new key'),
      t('Result'),
    ],
    instances.map(row),
  );
}

/** What was asked of each log, so that anybody can ask again. */
export function querySection({ instances }: AuditEvidence, t: Translate): readonly string[] {
  const lines = instances.flatMap(({ instanceId, queries = [] }) =>
    queries.map((query) => `- ${asText(instanceId)}: ${code(query)}`),
  );
  return lines.length === 0 ? [t('No log could be asked.')] : lines;
}

export function requestIdSection(requestIds: readonly string[]): readonly string[] {
  return requestIds.length === 0 ? ['–'] : requestIds.map((id) => `- ${asText(id)}`);
}

/** As a span of code, to be copied; of a query that could end the span, as text. */
function code(query: string): string {
  return /[`\r\n]/.test(query) ? asText(query, 2000) : `\`${query}\``;
}
