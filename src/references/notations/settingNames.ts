import type { ReferenceRole } from '../../model/reference';
import type { SecretRange } from '../notation';

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

/** Names of settings that hold a secret, whoever reads them: masked in the preview. */
export function namesSecret(name: string): boolean {
  return (
    /(?:passwo?r?d|passwd|passphrase|pwd|secret|token|private[_.-]?key(?:[_.-]?data)?)$/i.test(name) ||
    /access[_.-]?key[_.-]?(?:secret)?$/i.test(name)
  );
}

/**
 * A value that documentation and templates show in place of a real one. Of passwords only what the policy of the service
 * refuses counts as one: anything else may be real.
 */
export function isPlaceholder(value: string, role: ReferenceRole): boolean {
  const text = value.trim();
  if (/^<.*>$|^\{\{.*\}\}$|^\*+$|^(?:x+|changeme|todo)$/i.test(text)) return true;
  return role !== 'password' && /\*{3}|^your[-_ ]/i.test(text);
}

const COMMENTED = /^[ \t]*[#!][#! \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*[=:][ \t]*(\S.*?)[ \t\r]*$/gm;

/** Values of settings that are commented out and hold a secret by their name. */
export function commentedSecrets(text: string): readonly SecretRange[] {
  return [...text.matchAll(COMMENTED)].flatMap(({ index, 0: line, 1: name = '', 2: value = '' }) => {
    if (!namesSecret(name)) return [];
    const start = index + line.lastIndexOf(value);
    return [{ start, end: start + value.length }];
  });
}
