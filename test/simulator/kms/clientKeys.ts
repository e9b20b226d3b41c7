import { randomUUID } from 'node:crypto';
import { createIdentity } from '../certificate';
import { fromServiceTime, toServiceTime } from '../clock';
import { writePkcs12 } from '../pkcs12';
import { ServiceError } from '../serviceError';
import { findKey, keysOfAap, type StoredKey } from '../world';
import { invalidParameter, type KmsBody, type KmsCall, notFound, requireParameter } from './call';
import { isAcceptablePassword } from './passwordPolicy';

/** Client keys that one AAP can hold (docs/facts.md KMS-6). */
const MAX_KEYS = 3;
const DAY_MS = 24 * 60 * 60_000;
/** Five years with their leap days; that the API enforces an upper bound is assumed (docs/facts.md KMS-16). */
const MAX_VALIDITY_MS = (5 * 365 + 2) * DAY_MS;

export function listClientKeys(call: KmsCall): KmsBody {
  const { world } = call.simulation;
  const name = call.parameters.AapName;
  const keys = world.keys.filter((key) => key.regionId === call.region && key.deletedAt === undefined);
  if (name === undefined) return { ClientKeys: listOfRegion(call, keys) };
  requireAap(call, name);
  return { ClientKeys: keys.filter((key) => key.aapName === name).map(describe) };
}

/** That the AAP's name is optional is documented; what comes without it is not (docs/facts.md KMS-5). */
function listOfRegion(call: KmsCall, keys: readonly StoredKey[]): KmsBody[] {
  const kind = call.simulation.knobs.regionList;
  if (kind === 'refused') requireParameter(call, 'AapName');
  if (kind === 'empty') return [];
  const names = [...new Set(keys.map((key) => key.aapName))];
  const some = new Set(names.slice(0, Math.ceil(names.length / 2)));
  const shown = kind === 'partial' ? keys.filter((key) => some.has(key.aapName)) : keys;
  return shown
    .map(describe)
    .map(({ AapName, ...rest }) => (kind === 'noNames' ? rest : { AapName, ...rest }));
}

export function getClientKey(call: KmsCall): KmsBody {
  return describe(requireKey(call));
}

/** Makes a key; the private part is in this answer and nowhere else. */
export async function createClientKey(call: KmsCall): Promise<KmsBody> {
  if (call.query.Password !== undefined) {
    throw new ServiceError(
      400,
      'Simulator.PasswordInQuery',
      'The password was sent in the URL, where proxies log it. Send the parameters in the body.',
    );
  }
  const { world, clock, knobs } = call.simulation;
  const aapName = requireParameter(call, 'AapName');
  const aap = requireAap(call, aapName);
  if (aap.authenticationMethod !== 'ClientKey') throw invalidParameter();
  const password = requireParameter(call, 'Password');
  if (!isAcceptablePassword(password)) throw invalidParameter();
  const createdAt = clock.now();
  const asked = validity(call, createdAt);
  const notBefore = asked.notBefore + call.notBeforeShiftMs;
  const requireSlot = () => {
    if (keysOfAap(world, call.region, aapName).length >= MAX_KEYS) {
      throw new ServiceError(
        400,
        'Rejected.LimitExceeded',
        'The request was rejected because user create resource limit was exceeded.',
      );
    }
  };
  requireSlot();
  const identity = await createIdentity(aapName, notBefore, asked.notAfter);
  // Again, because another call may have taken the slot meanwhile.
  requireSlot();
  const key: StoredKey = {
    id: `KAAP.${randomUUID()}`,
    aapName,
    regionId: call.region,
    createdAt,
    notBefore,
    notAfter: asked.notAfter,
    certificatePem: identity.certificatePem,
    knownToGatewayAt: createdAt + knobs.gatewayDelayMs,
  };
  world.keys.push(key);
  return {
    ClientKeyId: key.id,
    KeyAlgorithm: 'RSA_2048',
    PrivateKeyData: writePkcs12(identity, password),
    NotBefore: toServiceTime(notBefore),
    NotAfter: toServiceTime(asked.notAfter),
  };
}

/** Deletes at once and for good. */
export function deleteClientKey(call: KmsCall): KmsBody {
  const key = requireKey(call);
  key.deletedAt = call.simulation.clock.now();
  return {};
}

/** Both dates or neither; without them from now for five years (docs/facts.md KMS-4). */
function validity(call: KmsCall, now: number): { notBefore: number; notAfter: number } {
  const { NotBefore: from, NotAfter: to } = call.parameters;
  if (from !== undefined && call.refuseNotBefore) throw invalidParameter();
  const second = Math.floor(now / 1000) * 1000;
  if (from === undefined && to === undefined) {
    const end = new Date(second);
    end.setUTCFullYear(end.getUTCFullYear() + 5);
    return { notBefore: second, notAfter: end.getTime() };
  }
  const notBefore = fromServiceTime(from ?? '');
  const notAfter = fromServiceTime(to ?? '');
  if (notBefore === undefined || notAfter === undefined) throw invalidParameter();
  if (notAfter <= notBefore || notAfter <= now || notAfter - notBefore > MAX_VALIDITY_MS)
    throw invalidParameter();
  return { notBefore, notAfter };
}

function describe(key: StoredKey): KmsBody {
  return {
    ClientKeyId: key.id,
    AapName: key.aapName,
    CreateTime: toServiceTime(key.createdAt),
    KeyAlgorithm: 'RSA_2048',
    KeyOrigin: 'KMS_PROVIDED',
    NotBefore: toServiceTime(key.notBefore),
    NotAfter: toServiceTime(key.notAfter),
    PublicKeyData: key.certificatePem.replaceAll('\r\n', '\n'),
  };
}

function requireKey(call: KmsCall): StoredKey {
  const key = findKey(call.simulation.world, requireParameter(call, 'ClientKeyId'));
  if (key === undefined || key.regionId !== call.region) throw notFound();
  return key;
}

function requireAap(call: KmsCall, name: string) {
  const aap = call.simulation.world.accessPoints.find(
    (each) => each.regionId === call.region && each.name === name,
  );
  if (aap === undefined) throw notFound();
  return aap;
}
