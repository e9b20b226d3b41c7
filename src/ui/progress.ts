import { ProgressLocation, window } from 'vscode';
import type { OnProgress, RotationProgress } from '../rotation/rotations';
import { t } from './localise';

/** Runs `task` under a notification with *Cancel*; VS Code's token becomes an AbortSignal. */
export async function withProgress<T>(
  title: string,
  task: (signal: AbortSignal, report: OnProgress) => Promise<T>,
): Promise<T> {
  return await window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const abort = new AbortController();
      const listening = token.onCancellationRequested(() => abort.abort());
      try {
        return await task(abort.signal, (step) => progress.report({ message: stepText(step) }));
      } finally {
        listening.dispose();
      }
    },
  );
}

/**
 * Waits under a notification with *Cancel* for what others may wait for too, so that it goes on whatever happens.
 * @returns false if the user did not want to wait
 */
export async function waitFor(title: string, task: Promise<unknown>): Promise<boolean> {
  return await withProgress(title, (signal) => {
    const cancelled = new Promise<false>((resolve) => {
      signal.addEventListener('abort', () => resolve(false), { once: true });
    });
    return Promise.race([task.then(() => true), cancelled]);
  });
}

/** What is being done, in words. */
function stepText(progress: RotationProgress): string {
  switch (progress.step) {
    case 'checking':
      return t('Checking folder, keys and permissions…');
    case 'savingPassword':
      return t('Saving the credential password…');
    case 'creating':
      return t('Creating the client key…');
    case 'savingCredential':
      return t('Saving the credential file…');
    case 'proving':
      return t('Proving that the file opens and belongs to the key…');
    case 'waiting':
      return progress.secondsLeft === undefined
        ? t('Waiting until the new key is usable…')
        : t('The new key is usable in {0} s…', Math.ceil(progress.secondsLeft));
    case 'writing':
      return t('Writing files…');
    case 'scanning':
      return progress.filesSeen === undefined
        ? t('Looking for references…')
        : t('Looking for references, {0} files seen…', progress.filesSeen);
    case 'readingLog':
      return t('Reading the audit log…');
    case 'deleting':
      return t('Deleting the client key…');
  }
}
