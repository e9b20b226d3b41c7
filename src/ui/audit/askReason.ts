import { window } from 'vscode';
import type { CallerClass } from '../../model/evidence';
import { MAX_REASON_LENGTH } from '../../model/rotation';
import { callerName } from '../callerText';
import { t, textLocale } from '../localise';
import { plainWords } from '../words';

/** *Mark as retired…*: why a caller is gone; undefined where the user gave up. */
export async function askReason(caller: CallerClass): Promise<string | undefined> {
  const name = callerName(caller, plainWords(t, textLocale(), Date.now()));
  const reason = await window.showInputBox({
    title: t('Mark as retired: {0}', name),
    prompt: t(
      'It no longer holds the deletion back. Say why it will not call again; the reason is kept with the rotation and stands in the receipt.',
    ),
    placeHolder: t('Example: switched off on Monday, ticket OPS-123'),
    ignoreFocusOut: true,
    validateInput: (text) => reasonProblem(text.trim()),
  });
  return reason?.trim() || undefined;
}

function reasonProblem(reason: string): string | undefined {
  if (reason === '') return t('A reason is needed.');
  if (reason.length > MAX_REASON_LENGTH) return t('At most {0} characters.', MAX_REASON_LENGTH);
  return undefined;
}
