import assert from 'node:assert/strict';
import { callerMoves } from '../../../src/model/callers';
import { evidenceItems } from '../../../src/model/evidenceItems';
import type { UnknownReason } from '../../../src/model/verdict';
import { verdictOf } from '../../../src/model/verdictOf';
import { evidenceSentence } from '../../../src/ui/evidenceText';
import { verdictSentences } from '../../../src/ui/verdictText';
import { plainWords } from '../../../src/ui/words';
import { NOW, OPTIONS } from './evidenceFixture';
import { SITUATIONS, type Situation } from './situations';

/** The sentences under the headline of each situation, as they are shown. */
const SAYS: Readonly<Record<string, readonly string[]>> = {
  'weekly job that has not moved': [
    'Not moved to another key yet: weekly-report (GetSecretValue, db-password, 10.0.3.0/24). Give them the new key, or mark as retired what is gone.',
  ],
  'weekly job that moved, within its rhythm': [
    'Instance kst-1: No call with the old key for 7 days, up to the newest entry of the log; 10 days are needed, which is in 2 days at the earliest. Last call 8 days ago.',
  ],
  'weekly job that moved, beyond its rhythm': [
    'No call with the old key for 10 days; 10 days without one are asked for.',
    'It can be deleted now.',
  ],
  'weekly job beside a busy service that has moved': [
    'Not moved to another key yet: weekly-report (GetSecretValue, db-password, 10.0.3.0/24). Give them the new key, or mark as retired what is gone.',
  ],
  'monthly job that has not moved': [
    'Not moved to another key yet: month-end (GetSecretValue, db-password, 10.0.9.0/24). Give them the new key, or mark as retired what is gone.',
  ],
  'monthly job seen only once': [
    'Not moved to another key yet: month-end (GetSecretValue, db-password, 10.0.9.0/24). Give them the new key, or mark as retired what is gone.',
  ],
  'monthly job that moved': [
    'No call with the old key for 35 days; 35 days without one are asked for.',
    'It can be deleted now.',
  ],
  'quarterly job, silent for longer than 35 days': [
    'Not moved to another key yet: month-end (GetSecretValue, db-password, 10.0.9.0/24). Give them the new key, or mark as retired what is gone.',
  ],
  'quarterly job that moved': [
    'No call with the old key for 79 days; 35 days without one are asked for.',
    'It can be deleted now.',
  ],
  'rolling deployment that changes every IP': [
    'No call with the old key for 47 hours; 24 hours without one are asked for.',
    'It can be deleted now.',
  ],
  'five services with one user agent, of which one has not moved': [
    'Not moved to another key yet: order-svc (GetSecretValue, secret-e, 10.0.2.0/24). Give them the new key, or mark as retired what is gone.',
  ],
  'cluster scaled to zero for nine days, still down': [
    'Instance kst-1: Nothing logged since the last entry 9 days ago: nobody calls the instance, or the log has stopped. Check its storage; the key of an instance out of use can be deleted with a reason.',
    'Not moved to another key yet: order-svc (GetSecretValue, db-password, 10.0.2.0/24). Give them the new key, or mark as retired what is gone.',
  ],
  'cluster scaled to zero for nine days, back with the new key': [
    'Instance kst-1: For up to 9 days of the quiet time the log has no call of anybody, so it proves little. Waiting outgrows it: 36 days of quiet are needed.',
  ],
  'cluster scaled to zero for nine days, back with the old key': [
    '1 caller still uses the old key.',
    'Last call 60 seconds ago.',
    'Deleting now would break: order-svc (GetSecretValue, db-password, 10.0.2.0/24).',
  ],
  'outage of the log in the middle': [
    'Instance kst-1: For up to 3 days of the quiet time the log has no call of anybody, so it proves little. Waiting outgrows it: 12 days of quiet are needed.',
  ],
  'outage of the log that was outgrown': [
    'No call with the old key for 19 days; 24 hours without one are asked for.',
    'It can be deleted now.',
  ],
  'outage of the log that hides what a silent caller did': [
    'Not moved to another key yet: month-end (GetSecretValue, db-password, 10.0.9.0/24). Give them the new key, or mark as retired what is gone.',
  ],
  'log bought yesterday and empty': [
    'Instance kst-1: The audit log is empty, so it proves nothing. It holds no calls from before it was bought.',
  ],
  'log bought three days ago': [
    'Instance kst-1: The log begins only 2 days ago and is younger than the old key; 35 days are needed.',
  ],
  'storage full': [
    'Instance kst-1: Nothing logged since the last entry 6 days ago: nobody calls the instance, or the log has stopped. Check its storage; the key of an instance out of use can be deleted with a reason.',
  ],
  'half-flipped client: the old id, refused with 401': [
    'All callers have moved, but the old key was called within the quiet period.',
    'Last call 60 minutes ago.',
    'Deletion is offered once it has been quiet for long enough.',
  ],
  'half-flipped client: the new id, refused with 401': [
    'Not moved to another key yet: order-svc (GetSecretValue, db-password, 10.0.2.0/24). Give them the new key, or mark as retired what is gone.',
  ],
  'shared gateway': [
    'The application access point is reached over the shared gateway, whose calls the log may not show. The key can be deleted with a reason.',
  ],
  'no instance': [
    'No KMS instance stands behind the application access point, so there is no log to look at. The key can be deleted with a reason.',
  ],
  'several instances, all quiet': [
    'No call with the old key for 47 hours; 24 hours without one are asked for.',
    'It can be deleted now.',
  ],
  'several instances, one that is called no more': [
    'Instance kst-2: The log begins only 30 days ago and is younger than the old key; 35 days are needed.',
    'Instance kst-2: Nothing logged since the last entry 2 days ago: nobody calls the instance, or the log has stopped. Check its storage; the key of an instance out of use can be deleted with a reason.',
  ],
  'several instances, one of them still called with the old key': [
    '1 of 2 callers still uses the old key.',
    'Last call 60 minutes ago.',
    'Deleting now would break: weekly-report (GetSecretValue, db-password, 10.0.3.0/24).',
  ],
  'delivery delay: a day by the clock is not yet a day in the log': [
    'Instance kst-1: No call with the old key for 23 hours, up to the newest entry of the log; 24 hours are needed. Last call 24 hours ago.',
  ],
  'silent caller, gone for longer than 35 days': [
    'No call with the old key for 47 hours; 24 hours without one are asked for.',
    'It can be deleted now.',
  ],
  'retired caller': [
    'No call with the old key for 47 hours; 24 hours without one are asked for.',
    'It can be deleted now.',
  ],
  'retired caller that calls all the same': [
    '1 of 2 callers still uses the old key.',
    'Last call 60 minutes ago.',
    'Deleting now would break: month-end (GetSecretValue, db-password, 10.0.9.0/24).',
  ],
  'key that was never used': [
    'No call with the old key for 2 days; 24 hours without one are asked for.',
    'It can be deleted now.',
  ],
  'log not bought': [
    'Instance kst-1: The audit log was not bought, so calls cannot be seen. Buy Log Analysis for the instance.',
  ],
  'no permission': [
    'Instance kst-1: No permission to read the audit log. Grant it to the account; the audit view has the policy. (log:GetIndex)',
  ],
  'project absent': [
    'Instance kst-1: The log project of the instance does not exist. If the log is elsewhere, name it in the settings. (kms-log-kst-1)',
  ],
  'log store absent': [
    'Instance kst-1: The log project exists, but the Logstore of KMS is not in it. If the log is elsewhere, name it in the settings. (kms_audit_log)',
  ],
  'index absent': [
    'Instance kst-1: The log has no index, so it cannot be searched. Turn on the index of the Logstore. (access_key_id)',
  ],
  'log that cannot be read': [
    'Instance kst-1: The audit log could not be read. Refresh to try again. (timed out)',
  ],
  'incomplete answer': ['Instance kst-1: The log service gave an incomplete result. Refresh to try again.'],
  'callers still being read': [
    'Instance kst-1: The callers are still being read. The verdict follows; refresh if it does not.',
  ],
  'index without analytics': [
    'Instance kst-1: The index of the log has no analytics, so only the callers of the newest entries are known. Turn on analytics for its fields.',
  ],
  'log chosen by hand, without a call of the new key': [
    'Instance kst-1: The log was chosen by hand, and no call with the new key is in it. Check project, Logstore and region. (our-logs / kms_audit_log)',
  ],
  'region of the log chosen by hand, with calls of the new key': [
    'No call with the old key for 47 hours; 24 hours without one are asked for.',
    'This rests on a log that was chosen by hand: kms-log-kst-1 / kms_audit_log, cn-shanghai.',
    'It can be deleted now.',
  ],
};

/** Lines of evidence that must not be missing: what counts with a reservation. */
const EVIDENCE: Readonly<Record<string, string>> = {
  'rolling deployment that changes every IP':
    'Seen with another key from another network: order-svc (GetSecretValue, db-password, 10.0.1.0/24) and order-svc (GetSecretValue, db-password, 10.0.2.0/24).',
  'half-flipped client: the new id, refused with 401':
    'Seen with another key, but answered 401 each time, so they have not moved: order-svc (GetSecretValue, db-password, 10.0.2.0/24). They mix parts of two keys.',
  'silent caller, gone for longer than 35 days':
    'Silent for so long that they no longer count: month-end (GetSecretValue, db-password, 10.0.9.0/24).',
  'retired caller':
    'Marked as retired: month-end (GetSecretValue, db-password, 10.0.9.0/24). Reason: switched off',
  'weekly job that moved, within its rhythm':
    'The rhythm of the callers asks for 10 days of quiet instead of 24 hours.',
  'region of the log chosen by hand, with calls of the new key':
    'The log of kst-1 was chosen by hand: kms-log-kst-1 / kms_audit_log, cn-shanghai.',
  'key that was never used': 'The log of kst-1 has no call with the old key.',
};

const ALL_REASONS: Readonly<Record<UnknownReason['code'], true>> = {
  stillReading: true,
  callersSampled: true,
  logNotBought: true,
  noPermission: true,
  projectMissing: true,
  logStoreMissing: true,
  indexMissing: true,
  readFailed: true,
  incomplete: true,
  noInstance: true,
  sharedGateway: true,
  logEmpty: true,
  logTooYoung: true,
  logNotAlive: true,
  nothingLogged: true,
  chosenLogUnproven: true,
  callersNotMoved: true,
  notQuietLongEnough: true,
};

const fill = (message: string, ...args: readonly (string | number)[]) =>
  message.replace(/\{(\d+)\}/g, (_, index) => String(args[Number(index)]));
const WORDS = plainWords(fill, 'en', NOW);

const judge = ({ evidence, options = OPTIONS }: Situation) => verdictOf(evidence, options);

function sentencesOf(situation: Situation): readonly string[] {
  const { evidence, options = OPTIONS } = situation;
  return verdictSentences(judge(situation), WORDS, callerMoves(evidence, options).length);
}

describe('verdict, situation by situation', () => {
  for (const situation of SITUATIONS) {
    const { name, kind, reasons = [], evidence, options = OPTIONS } = situation;
    it(`${name}: ${[kind, ...reasons].join(', ')}`, () => {
      const verdict = judge(situation);
      assert.equal(verdict.kind, kind, JSON.stringify(verdict));
      assert.deepEqual(verdict.kind === 'unknown' ? verdict.reasons.map(({ code }) => code) : [], reasons);
      assert.deepEqual(sentencesOf(situation), SAYS[name]);
      const lines = evidenceItems(evidence, verdict, options).map((item) => evidenceSentence(item, WORDS));
      const line = EVIDENCE[name];
      if (line !== undefined) assert.ok(lines.includes(line), lines.join('\n'));
      // Every verdict lists what it rests on, and every doubt is in the list.
      if (evidence.instances.length > 0) assert.ok(lines.length > 0);
      if (verdict.kind === 'unknown')
        for (const sentence of sentencesOf(situation)) assert.ok(lines.includes(sentence), sentence);
    });
  }

  it('has a situation for every reason', () => {
    const told = new Set(SITUATIONS.flatMap(({ reasons = [] }) => reasons));
    assert.deepEqual([...told].sort(), Object.keys(ALL_REASONS).sort());
    assert.deepEqual(
      Object.keys(SAYS),
      SITUATIONS.map(({ name }) => name),
    );
  });

  it('does not look at the clock of this computer, however wrong', () => {
    const before = SITUATIONS.map(sentencesOf);
    const { now } = Date;
    for (const wrongBy of [-400, -1, 1, 400]) {
      Date.now = () => now() + wrongBy * 24 * 60 * 60 * 1000;
      try {
        assert.deepEqual(SITUATIONS.map(sentencesOf), before);
      } finally {
        Date.now = now;
      }
    }
  });
});
