import {
  checkPassword,
  PASSWORD_MAX_LENGTH,
  PASSWORD_MIN_LENGTH,
  type PasswordKind,
  type PasswordProblem,
} from '../../credential/passwordPolicy';
import type { Secret } from '../../model/secret';
import type { Translate } from '../words';

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
