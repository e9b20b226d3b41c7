import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createNotations } from '../../../src/references/notations';
import { createIdentity } from '../../simulator/certificate';
import { writePkcs12 } from '../../simulator/pkcs12';

export const root = join(__dirname, '..', '..', '..');
export const grammarsFolder = join(root, 'node_modules', '@vscode', 'tree-sitter-wasm', 'wasm');
export const notations = createNotations(grammarsFolder);

export const OLD_KEY = 'KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf';
export const NEW_KEY = 'KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a';
export const OTHER_KEY = 'KAAP.11111111-2222-3333-4444-555555555555';
export const OLD_PASSWORD = 'OldPw1!x&y';
export const NEW_PASSWORD = 'nW7$#a&b*C?d!E~f^g%h@i_j-K0123456';

/** A credential file; in form alone, and nothing opens it, unless given what `privateKeys` makes. */
export function credentialText(keyId: string, privateKeyData = 'TUlJQ2FuYXJ5'): string {
  return JSON.stringify({ KeyId: keyId, PrivateKeyData: privateKeyData });
}

let made: Promise<{ readonly old: string; readonly fresh: string }> | undefined;

/** `PrivateKeyData` that the old and the new password open. */
export function privateKeys(): Promise<{ readonly old: string; readonly fresh: string }> {
  made ??= createIdentity('payments-aap', Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1)).then((identity) => ({
    old: writePkcs12(identity, OLD_PASSWORD),
    fresh: writePkcs12(identity, NEW_PASSWORD),
  }));
  return made;
}

const folders: string[] = [];

process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder of its own that the test process removes when it ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'references-'));
  folders.push(folder);
  return folder;
}

/** Writes files below a folder, given by path and content. */
export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

/** A copy of the demo workspace with the placeholders filled in and both pairs of credential files in `keys`. */
export async function copyDemo(): Promise<string> {
  const { old, fresh } = await privateKeys();
  const folder = temporaryFolder();
  cpSync(join(root, 'test', 'workspace', 'demo'), folder, { recursive: true });
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const text = readFileSync(file, 'utf8')
      .replaceAll('__OLD_KEY_ID__', OLD_KEY)
      .replaceAll('__OLD_PASSWORD__', OLD_PASSWORD)
      .replaceAll('__INSTANCE_ENDPOINT__', 'http://127.0.0.1:1/instance/kst-1');
    writeFileSync(file, text);
  }
  writeFiles(folder, {
    [`keys/clientKey_${OLD_KEY}.json`]: credentialText(OLD_KEY, old),
    [`keys/clientKey_${OLD_KEY}_Password.txt`]: OLD_PASSWORD,
    [`keys/clientKey_${NEW_KEY}.json`]: credentialText(NEW_KEY, fresh),
    [`keys/clientKey_${NEW_KEY}_Password.txt`]: NEW_PASSWORD,
  });
  return folder;
}
