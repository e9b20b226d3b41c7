import type { Rotation } from '../../model/rotation';
import { asText } from '../markdownText';
import type { Words } from '../words';

/** How the old key went, with the reading that it went by; nothing while it is there. */
export function deletionSection(
  deletion: Rotation['deletion'],
  { t, exact }: Words,
): readonly (string | readonly string[])[] {
  if (deletion === undefined) return [];
  const { at, verdict, reason, requestId, evidence } = deletion;
  const lines = [
    t('Deleted at: {0}', exact(at)),
    t('Verdict at the deletion: {0}', verdict),
    ...(reason === undefined ? [] : [t('Reason: {0}', reason)]),
    ...(requestId === undefined ? [] : [t('Request id of the deletion: {0}', requestId)]),
    ...(evidence === undefined
      ? []
      : [
          t('Read at: {0}', exact(evidence.readAt)),
          ...(evidence.since === undefined ? [] : [t('Quiet since {0}', exact(evidence.since))]),
          evidence.lastCall === undefined
            ? t('Calls with the old key: {0}', evidence.calls)
            : t('Calls with the old key: {0}, the last one {1}', evidence.calls, exact(evidence.lastCall)),
          t('Audit logs: {0}', evidence.logs.join(', ') || '–'),
          t('Request ids: {0}', evidence.requestIds.join(', ') || '–'),
        ]),
  ];
  return [`## ${t('Deletion')}`, lines.map((line) => `- ${asText(line, 5000)}`)];
}
