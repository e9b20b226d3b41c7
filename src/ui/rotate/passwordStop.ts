import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from '../../credential/passwordPolicy';
import { Secret } from '../../model/secret';
import { t } from '../localise';
import { passwordAdvice } from './passwordAdvice';
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
