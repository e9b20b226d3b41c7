import { window } from 'vscode';
import type { ClientKey } from '../../model/clientKey';
import { MAX_REASON_LENGTH } from '../../model/rotation';
import { exactTime } from '../../model/timeText';
import type { Verdict } from '../../model/verdict';
import { needsVerdict } from '../../model/verdictOf';
import { isRotationError } from '../../rotation/rotationError';
import type { DeletionRequest, OnProgress, VerdictReading } from '../../rotation/rotations';
import { callerList } from '../callerText';
import { t, textLocale, wordsAt } from '../localise';
import { withProgress } from '../progress';
import { verdictHeadline, verdictSentences } from '../verdictText';
import { verdictOrUnknown } from './verdictOrUnknown';

/** A key on its way out, whether a rotation replaces it or not. */
export interface DeletionSubject {
  readonly key: Pick<ClientKey, 'id' | 'notBefore' | 'notAfter'>;
  readonly aapName: string;
  /** The service's present, ms UTC. */
  now(): number;
  readVerdict(signal: AbortSignal): Promise<VerdictReading>;
  delete(request: DeletionRequest, onProgress: OnProgress, signal: AbortSignal): Promise<void>;
  openAudit(): Promise<void>;
  /** Places of the roll-out list where something is still to be done, in a sentence. They hold nothing back. */
  openPlaces?(): string | undefined;
}

/** Asks what has to be asked and deletes. Resolves with false if it was given up or held back. */
export async function deleteAfterQuestions(subject: DeletionSubject): Promise<boolean> {
  const { key } = subject;
  const expired = !needsVerdict(key, subject.now());
  const verdict = expired
    ? undefined
    : await withProgress(t('Reading the audit log'), (signal) =>
        verdictOrUnknown(() => subject.readVerdict(signal), subject.now, t),
      );
  if (verdict !== undefined && verdict.kind !== 'quiet' && !(await wantsOverride(subject, verdict)))
    return false;

  const typedKeyId = await askKeyId(subject, verdict);
  if (typedKeyId === undefined) return false;
  const request = await withReason(typedKeyId, verdict);
  if (request === undefined) return false;
  // Between question and deletion somebody may have begun to call: then the questions are asked anew.
  return (await send(subject, request)) ?? (await deleteAfterQuestions(subject));
}

/** Resolves with false if it was given up, undefined if the verdict is worse than the one that was agreed to. */
async function send(subject: DeletionSubject, request: DeletionRequest): Promise<boolean | undefined> {
  try {
    await withProgress(t('Deleting client key {0}', subject.key.id), (signal, onProgress) =>
      subject.delete(request, onProgress, signal),
    );
    return true;
  } catch (error) {
    if (!isRotationError(error)) throw error;
    if (error.code === 'notQuiet') return undefined;
    const { keyId } = error.params;
    if (error.code !== 'newKeyGone' || typeof keyId !== 'string' || request.withoutNewKey === keyId)
      throw error;
    return (await wantsNoKeyAtAll(keyId)) ? send(subject, { ...request, withoutNewKey: keyId }) : false;
  }
}

async function wantsNoKeyAtAll(newKeyId: string): Promise<boolean> {
  const allTheSame = t('Delete All the Same');
  const choice = await window.showWarningMessage(
    t('The new client key {0} no longer exists.', newKeyId),
    {
      modal: true,
      detail: t(
        'Without the old client key applications have none left. Rotate once more first, unless nobody needs this application access point any more.',
      ),
    },
    allTheSame,
  );
  return choice === allTheSame;
}

/** Explains why the deletion is held back, and what the ways on are. */
async function wantsOverride(subject: DeletionSubject, verdict: Verdict): Promise<boolean> {
  const open = t('Open Audit');
  const anyway = t('Delete Anyway…');
  const words = wordsAt(subject.now());
  const detail = [
    ...verdictSentences(verdict, words),
    ...sentenceOf(subject),
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
          exactTime(verdict.readAt, textLocale()),
        );
  const typed = await window.showInputBox({
    title: t('Delete client key of {0}', aapName),
    prompt: t(
      '{0} Applications that use {1} fail from then on, and it cannot be brought back. Type its id to delete it.',
      [evidence, ...sentenceOf(subject)].join(' '),
      key.id,
    ),
    placeHolder: key.id,
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === '' || text.trim() === key.id ? undefined : t('This is not the id of the client key.'),
  });
  return typed?.trim() === key.id ? key.id : undefined;
}

function sentenceOf(subject: DeletionSubject): readonly string[] {
  const sentence = subject.openPlaces?.();
  return sentence === undefined ? [] : [sentence];
}

async function withReason(
  typedKeyId: string,
  verdict: Verdict | undefined,
): Promise<DeletionRequest | undefined> {
  if (verdict === undefined || verdict.kind === 'quiet') return { typedKeyId };
  const reason = await window.showInputBox({
    title: t('Delete without the verdict quiet'),
    prompt: reasonPrompt(verdict),
    ignoreFocusOut: true,
    validateInput: (text) => reasonProblem(text.trim()),
  });
  const given = reason?.trim();
  return given ? { typedKeyId, override: { reason: given, seen: verdict.kind } } : undefined;
}

function reasonProblem(reason: string): string | undefined {
  if (reason === '') return t('A reason is needed.');
  if (reason.length > MAX_REASON_LENGTH) return t('At most {0} characters.', MAX_REASON_LENGTH);
  return undefined;
}

function reasonPrompt(verdict: Exclude<Verdict, { kind: 'quiet' }>): string {
  if (verdict.kind === 'unknown')
    return t('Nobody can tell whether callers will fail. Give the reason; it is kept with the rotation.');
  if (verdict.callers.length === 0)
    return t(
      'Every known caller has moved, but the key was called within the quiet period. Give the reason; it is kept with the rotation.',
    );
  return t(
    'These callers will fail: {0}. Give the reason; it is kept with the rotation.',
    callerList(verdict.callers, wordsAt(verdict.readAt)),
  );
}
