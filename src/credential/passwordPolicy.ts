import { randomInt } from 'node:crypto';
import { Secret } from '../model/secret';

/** What `CreateClientKey` takes as a password (docs/facts.md KMS-3). */
export const PASSWORD_MIN_LENGTH = 8;
export const PASSWORD_MAX_LENGTH = 64;

const ALPHABETS = {
  digit: '0123456789',
  lower: 'abcdefghijklmnopqrstuvwxyz',
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  special: '~!@#$%^&*?_-',
} as const;
const ALPHABET = Object.values(ALPHABETS).join('');
const GENERATED_LENGTH = 32;
const ALPHANUMERIC = ALPHABETS.digit + ALPHABETS.lower + ALPHABETS.upper;
/**
 * Of the special characters a generated password takes only the two that no notation has to quote: not `.env`, which some
 * readers (`docker run --env-file`) take with the quotes, nor YAML, a shell, XML or a Dockerfile (docs/facts.md NAME-9). In
 * first place they could be taken for an option or a list of YAML. It leaves about 190 bits.
 */
const GENERATED = `${ALPHANUMERIC}_-`;

export type PasswordKind = keyof typeof ALPHABETS;
const KINDS: readonly PasswordKind[] = ['digit', 'lower', 'upper', 'special'];

/** Why the service would refuse a password. No member holds a character of it. */
export type PasswordProblem = 'tooShort' | 'tooLong' | 'characterNotAllowed' | 'tooFewKinds';

export interface PasswordCheck {
  /** Empty: the service takes the password. */
  readonly problems: readonly PasswordProblem[];
  /** Kinds that the console asks for and this password lacks; a recommendation, not a rule. */
  readonly missingKinds: readonly PasswordKind[];
}

/**
 * Checks a typed password. The API asks for two of the kinds digits, letters and special characters; whether upper and
 * lower case letters count as two is not documented, so letters count once here.
 */
export function checkPassword(password: Secret): PasswordCheck {
  const text = password.reveal();
  const problems: PasswordProblem[] = [];
  if (text.length < PASSWORD_MIN_LENGTH) problems.push('tooShort');
  if (text.length > PASSWORD_MAX_LENGTH) problems.push('tooLong');
  if ([...text].some((character) => !ALPHABET.includes(character))) problems.push('characterNotAllowed');
  const missingKinds = KINDS.filter((kind) => !has(text, kind));
  const letters = has(text, 'lower') || has(text, 'upper');
  if ([has(text, 'digit'), letters, has(text, 'special')].filter(Boolean).length < 2)
    problems.push('tooFewKinds');
  return { problems, missingKinds };
}

/**
 * A password of 32 characters with all four kinds that begins with a letter or digit: uniform over all such passwords,
 * because characters are drawn uniformly and a draw that lacks a kind (two in five) is thrown away as a whole.
 */
export function generatePassword(): Secret {
  for (;;) {
    const draw = Array.from({ length: GENERATED_LENGTH }, (_, place) => {
      const from = place === 0 ? ALPHANUMERIC : GENERATED;
      return from.charAt(randomInt(from.length));
    });
    const text = draw.join('');
    if (KINDS.every((kind) => has(text, kind))) return new Secret(text);
  }
}

function has(text: string, kind: PasswordKind): boolean {
  return [...text].some((character) => ALPHABETS[kind].includes(character));
}
