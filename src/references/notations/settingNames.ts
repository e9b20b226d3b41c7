import type { ReferenceRole } from '../../model/reference';

/**
 * Names of settings of the Secrets Manager clients, in properties files and, in the same lower case, in the environment
 * (docs/facts.md NAME-2).
 */
export const secretsClientNames: ReadonlyMap<string, ReferenceRole> = new Map([
  ['client_key_private_key_path', 'keyFile'],
  ['client_key_password_from_file_path', 'passwordFile'],
  ['client_key_password_from_env_variable', 'passwordEnv'],
  ['client_key_password', 'password'],
]);

/** A value that the preview shows as it is: it says how a client authenticates, or nothing at all. */
export function isHarmless(value: string): boolean {
  return /^(?:|true|false|client_key)$/.test(value.trim());
}

/** Whether what stands before a `=` is a name, and not a line of some base64 text that ends in one. */
export function looksLikeName(name: string): boolean {
  return /^[A-Za-z][\w.[\]-]*$/.test(name) && !/[A-Za-z0-9]{33}/.test(name);
}

/** How much of a word is a name with the `=` behind it: `NAME=value`. Base64 ends in `=`, too. */
export function nameLength(word: string): number {
  const [head = '', name = ''] = /^([A-Za-z][\w.-]*)\+?=(?=[^=])/.exec(word) ?? [];
  return looksLikeName(name) ? head.length : 0;
}

/**
 * A value that documentation and templates show in place of a real one. Of passwords only what the policy of the service
 * refuses counts as one: anything else may be real.
 */
export function isPlaceholder(value: string, role: ReferenceRole): boolean {
  const text = value.trim();
  if (/^<.*>$|^\{\{.*\}\}$|^\*+$|^(?:x+|changeme|todo)$/i.test(text)) return true;
  // The samples of the Secrets Manager clients.
  if (/^#\s*your(?:\s.*#)?$/i.test(text)) return true;
  return (
    role !== 'password' && (/\*{3}|KAAP\.\w{0,8}_{4}|^your[-_ ]/i.test(text) || /^your[A-Z]\w*$/.test(text))
  );
}
