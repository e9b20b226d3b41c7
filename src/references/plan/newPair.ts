import { parseCredentialFile } from '../../credential/credentialFile';
import type { Replacement } from '../../model/patch';
import { readWhole } from '../scan/readBytes';
import type { NewPair } from './intent';

/** The new pair with its credential as it stands in its file, which was saved and proven before anything is patched. */
export function readNewPair(replacement: Replacement): NewPair {
  try {
    const bytes = readWhole(replacement.credentialFile);
    const { keyId, privateKeyData } = parseCredentialFile(bytes);
    if (keyId !== replacement.keyId) return { ...replacement, credential: undefined };
    return { ...replacement, credential: { bytes, KeyId: keyId, PrivateKeyData: privateKeyData.reveal() } };
  } catch {
    return { ...replacement, credential: undefined };
  }
}
