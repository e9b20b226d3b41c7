import type { SecretStorage } from 'vscode';
import { Secret } from '../model/secret';
import type { SecretVault } from '../rotation/ports';

/** The vault of the rotation over VS Code's SecretStorage. Values leave it only as `Secret`. */
export function createSecretVault(storage: SecretStorage): SecretVault {
  return {
    async store(name, secret) {
      await storage.store(name, secret.reveal());
    },
    async read(name) {
      const text = await storage.get(name);
      return text === undefined ? undefined : new Secret(text);
    },
    async remove(name) {
      await storage.delete(name);
    },
    async names(prefix) {
      return (await storage.keys()).filter((name) => name.startsWith(prefix));
    },
  };
}
