import forge from 'node-forge';
import * as v from 'valibot';

/** A credential ready to sign with. */
export interface OpenedCredential {
  readonly keyId: string;
  readonly privateKeyPem: string;
}

const FileSchema = v.object({ KeyId: v.string(), PrivateKeyData: v.string() });

/**
 * Opens a credential file as an application's SDK does at start-up.
 * @param json the text of `clientKey_….json`
 * @throws Error when the file is half written or the password does not fit; its message holds nothing secret
 */
export function openCredential(json: string, password: string): OpenedCredential {
  const file = v.safeParse(v.pipe(v.string(), v.parseJson(), FileSchema), json);
  if (!file.success) throw new Error('the credential file is not whole');
  const { KeyId: keyId, PrivateKeyData: data } = file.output;
  try {
    const p12 = forge.pkcs12.pkcs12FromAsn1(forge.asn1.fromDer(forge.util.decode64(data)), true, password);
    const type = forge.pki.oids.pkcs8ShroudedKeyBag ?? '';
    const key = p12.getBags({ bagType: type })[type]?.[0]?.key;
    if (!key) throw new Error();
    return { keyId, privateKeyPem: forge.pki.privateKeyToPem(key) };
  } catch {
    throw new Error(`the credential file of ${keyId} does not open with the password`);
  }
}
