import {
  checkPassword,
  PASSWORD_MAX_LENGTH,
  PASSWORD_MIN_LENGTH,
  type PasswordKind,
  type PasswordProblem,
} from '../../credential/passwordPolicy';
import { Secret } from '../../model/secret';
import { t } from '../localise';
import type { Translate } from '../words';
import { type Answer, askPick, askText, type StopFrame } from './stops';

export type PasswordChoice = { readonly generate: true } | { readonly typed: Secret };

/** Second stop: a generated password, or one that is typed with the rules in sight. */
export async function askPassword(frame: StopFrame): Promise<Answer<PasswordChoice>> {
  for (;;) {
    const items = [
      {
        label: t('Generate a password'),
        description: t('recommended'),
        detail: t(
          '32 characters with digits, small and capital letters and special characters; saved beside the credential file',
        ),
        value: true,
      },
      { label: t('Type a password…'), detail: t('8 to 64 characters'), value: false },
    ];
    const picked = await askPick(frame, t('Which password shall protect the credential file?'), items, true);
    if (picked === 'back' || picked === 'cancelled') return picked;
    if (picked.value) return { value: { generate: true } };
    const typed = await askText(
      { ...frame, canGoBack: true },
      {
        prompt: t(
          '{0} to {1} characters: letters, digits and ~!@#$%^&*?_-, at least two of these kinds',
          PASSWORD_MIN_LENGTH,
          PASSWORD_MAX_LENGTH,
        ),
        masked: true,
        check: (text) => passwordAdvice(new Secret(text), t),
      },
    );
    if (typed === 'cancelled') return typed;
    if (typed !== 'back') return { value: { typed: new Secret(typed.value) } };
  }
}

/** What is to be said about a typed password: what the service would refuse blocks, a recommendation does not. */
export function passwordAdvice(
  password: Secret,
  t: Translate,
): { readonly message: string; readonly blocks: boolean } | undefined {
  const { problems, missingKinds } = checkPassword(password);
  if (problems.length > 0)
    return { message: problems.map((problem) => problemText(problem, t)).join(' '), blocks: true };
  if (missingKinds.length === 0) return undefined;
  const kinds = missingKinds.map((kind) => kindText(kind, t)).join(', ');
  return { message: t('Accepted. It would be stronger with {0}.', kinds), blocks: false };
}

function problemText(problem: PasswordProblem, t: Translate): string {
  switch (problem) {
    case 'tooShort':
      return t('At least {0} characters.', PASSWORD_MIN_LENGTH);
    case 'tooLong':
      return t('At most {0} characters.', PASSWORD_MAX_LENGTH);
    case 'characterNotAllowed':
      return t('Only letters, digits and ~!@#$%^&*?_- are allowed.');
    case 'tooFewKinds':
      return t('At least two of letters, digits and special characters.');
  }
}

function kindText(kind: PasswordKind, t: Translate): string {
  switch (kind) {
    case 'digit':
      return t('digits');
    case 'lower':
      return t('small letters');
    case 'upper':
      return t('capital letters');
    case 'special':
      return t('special characters');
  }
}
