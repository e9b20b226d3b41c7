import { env, window } from 'vscode';
import type { ClientKey } from '../../model/clientKey';
import { exactTime } from '../../model/timeText';
import type { Verdict } from '../../model/verdict';
import { needsVerdict } from '../../model/verdictOf';
import type { DeletionRequest, OnProgress, VerdictReading } from '../../rotation/rotations';
import { t, wordsAt } from '../localise';
import { withProgress } from '../progress';
import { callerList, verdictHeadline, verdictSentences } from '../verdictText';

/** A key on its way out, whether a rotation replaces it or not. */
export interface DeletionSubject {
  readonly key: Pick<ClientKey, 'id' | 'notBefore' | 'notAfter'>;
  readonly aapName: string;
  /** The service's present, ms UTC. */
  now(): number;
  readVerdict(signal: AbortSignal): Promise<VerdictReading>;
  delete(request: DeletionRequest, onProgress: OnProgress, signal: AbortSignal): Promise<void>;
  openAudit(): Promise<void>;
}

/** Asks what has to be asked and deletes. Resolves with false if it was given up or held back. */
export async function deleteAfterQuestions(subject: DeletionSubject): Promise<boolean> {
  const { key } = subject;
  const expired = !needsVerdict(key, subject.now());
  const verdict = expired
    ? undefined
    : await withProgress(t('Reading the audit log'), (signal) => subject.readVerdict(signal)).then(
        (reading) => reading.verdict,
      );
  if (verdict !== undefined && verdict.kind !== 'quiet' && !(await wantsOverride(subject, verdict)))
    return false;

  const typedKeyId = await askKeyId(subject, verdict);
  if (typedKeyId === undefined) return false;
  const request = await withReason(typedKeyId, verdict);
  if (request === undefined) return false;
  await withProgress(t('Deleting client key {0}', key.id), (signal, onProgress) =>
    subject.delete(request, onProgress, signal),
  );
  return true;
}

/** Explains why the deletion is held back, and what the ways on are. */
async function wantsOverride(subject: DeletionSubject, verdict: Verdict): Promise<boolean> {
  const open = t('Open Audit');
  const anyway = t('Delete Anyway…');
  const words = wordsAt(subject.now());
  const detail = [
    ...verdictSentences(verdict, words),
    t('Wait until it is quiet, or delete anyway with a reason.'),
  ].join('\n');
  const choice = await window.showWarningMessage(
    t('Deletion is held back: {0}', verdictHeadline(verdict, words)),
    { modal: true, detail },
    open,
    anyway,
  );
  if (choice === open) await subject.openAudit();
  return choice === anyway;
}

async function askKeyId(subject: DeletionSubject, verdict: Verdict | undefined): Promise<string | undefined> {
  const { key, aapName } = subject;
  const evidence =
    verdict === undefined
      ? t('It has expired.')
      : t(
          '{0} (read {1}).',
          verdictHeadline(verdict, wordsAt(subject.now())),
          exactTime(verdict.readAt, env.language),
        );
  const typed = await window.showInputBox({
    title: t('Delete client key of {0}', aapName),
    prompt: t(
      '{0} Applications that use {1} fail from then on, and it cannot be brought back. Type its id to delete it.',
      evidence,
      key.id,
    ),
    placeHolder: key.id,
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === '' || text.trim() === key.id ? undefined : t('This is not the id of the client key.'),
  });
  return typed?.trim() === key.id ? key.id : undefined;
}

async function withReason(
  typedKeyId: string,
  verdict: Verdict | undefined,
): Promise<DeletionRequest | undefined> {
  if (verdict === undefined || verdict.kind === 'quiet') return { typedKeyId };
  const reason = await window.showInputBox({
    title: t('Delete without the verdict quiet'),
    prompt:
      verdict.kind === 'inUse' && verdict.callers.length > 0
        ? t(
            'These callers will fail: {0}. Give the reason; it is kept with the rotation.',
            callerList(verdict.callers, wordsAt(verdict.readAt)),
          )
        : t('Nobody can tell whether callers will fail. Give the reason; it is kept with the rotation.'),
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? t('A reason is needed.') : undefined),
  });
  const given = reason?.trim();
  return given ? { typedKeyId, override: { reason: given } } : undefined;
}
