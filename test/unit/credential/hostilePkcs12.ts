import forge from 'node-forge';

/** Changes to a PKCS#12 that an attacker who knows the password could make: the MAC holds afterwards. */

const { asn1, pki } = forge;
type Node = forge.asn1.Asn1;

/** As many rounds as an INTEGER of four bytes can ask for: minutes of work for whoever derives with it. */
export const ENDLESS = 0x7fff_ffff;

/** Sets the iteration count of the MAC. */
export function withMacIterations(base64: string, rounds: number): string {
  const pfx = read(base64);
  const mac = children(children(pfx)[2]);
  mac[2] = integer(rounds);
  return write(pfx);
}

/** Sets the iteration count with which the certificate or the private key is encrypted. */
export function withIterations(
  base64: string,
  part: 'certificate' | 'privateKey',
  rounds: number,
  password: string,
): string {
  return changeSafes(base64, password, (safes) => {
    const algorithm = algorithms(safes)[part === 'certificate' ? 0 : 1];
    children(children(algorithm)[1])[1] = integer(rounds);
  });
}

/** Puts an encrypted key bag that asks for endless rounds into the safe that is encrypted as a whole. */
export function withNestedIterations(base64: string, password: string): string {
  return changeSafes(base64, password, (safes) => {
    const inner = sequence(
      oid('pkcs8ShroudedKeyBag'),
      tagged(
        sequence(
          sequence(oid('pbeWithSHAAnd3-KeyTripleDES-CBC'), sequence(octets('saltsalt'), integer(ENDLESS))),
          octets('12345678'),
        ),
      ),
    );
    const encrypted = pki.encryptPrivateKeyInfo(sequence(inner), password, { algorithm: '3des' });
    const [algorithm, bytes] = children(encrypted);
    const content = asn1.create(asn1.Class.CONTEXT_SPECIFIC, 0, false, (bytes as Node).value);
    const info = sequence(
      oid('encryptedData'),
      tagged(sequence(integer(0), sequence(oid('data'), algorithm as Node, content))),
    );
    children(safes)[0] = info;
  });
}

function changeSafes(base64: string, password: string, change: (safes: Node) => void): string {
  const pfx = read(base64);
  const data = children(children(children(pfx)[1])[1])[0] as Node;
  const safes = asn1.fromDer(data.value as string);
  change(safes);
  data.value = asn1.toDer(safes).getBytes();
  sign(pfx, data.value, password);
  return write(pfx);
}

/** The two algorithms that hold iteration counts, in the order of the file. */
function algorithms(safes: Node): readonly Node[] {
  const [certificates, keys] = children(safes);
  const encrypted = children(children(children(children(certificates)[1])[0])[1]);
  const keyData = children(children(keys)[1])[0] as Node;
  const bags = asn1.fromDer(keyData.value as string);
  const shrouded = children(children(children(bags)[0])[1])[0];
  const keyAlgorithm = children(shrouded)[0] as Node;
  // The bag is text inside of the tree: written back whenever it is asked for.
  Object.defineProperty(keyData, 'value', { get: () => asn1.toDer(bags).getBytes() });
  return [encrypted[1] as Node, keyAlgorithm];
}

function sign(pfx: Node, safes: string, password: string): void {
  const [digestInfo, salt] = children(children(pfx)[2]);
  const buffer = forge.util.createBuffer((salt as Node).value as string);
  const hmac = forge.hmac.create();
  hmac.start('sha1', forge.pkcs12.generateKey(password, buffer, 3, 1, 20));
  hmac.update(safes);
  children(digestInfo)[1] = octets(hmac.digest().getBytes());
}

function read(base64: string): Node {
  return asn1.fromDer(forge.util.decode64(base64));
}

function write(node: Node): string {
  return forge.util.encode64(asn1.toDer(node).getBytes());
}

function children(node: Node | undefined): Node[] {
  if (!Array.isArray(node?.value)) throw new Error('The fixture has another structure than expected.');
  return node.value;
}

function sequence(...parts: Node[]): Node {
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SEQUENCE, true, parts);
}

function octets(bytes: string): Node {
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.OCTETSTRING, false, bytes);
}

function integer(value: number): Node {
  const bytes = asn1.integerToDer(value).getBytes();
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.INTEGER, false, bytes);
}

function tagged(part: Node): Node {
  return asn1.create(asn1.Class.CONTEXT_SPECIFIC, 0, true, [part]);
}

function oid(name: string): Node {
  const bytes = asn1.oidToDer(pki.oids[name] ?? '').getBytes();
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.OID, false, bytes);
}
