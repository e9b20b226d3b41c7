/**
 * The API's rule for the password of a client key: 8 to 64 characters from digits, letters and `~!@#$%^&*?_-`, at
 * least two of the three kinds (docs/facts.md KMS-3).
 */
export function isAcceptablePassword(password: string): boolean {
  if (!/^[0-9A-Za-z~!@#$%^&*?_-]{8,64}$/.test(password)) return false;
  return [/[0-9]/, /[A-Za-z]/, /[^0-9A-Za-z]/].filter((kind) => kind.test(password)).length >= 2;
}
