import { X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { type CloudError, isCloudError } from '../../model/cloudError';
import { createCloudError } from '../errors';
import type { NetworkSettings } from './proxy';

/** Options for `https.request` that trust further authorities. */
export interface Trust {
  /** Tells VS Code to leave the trust to us, and the agent not to mix these connections with others. */
  readonly ca: string;
  /** Made once: reading some hundred certificates for every connection would take longer than the connection. */
  readonly secureContext: tls.SecureContext;
}

const MOST_BYTES = 4 * 1024 * 1024;

let kept: { readonly key: string; readonly trust: Trust } | undefined;

/**
 * The trust that the settings ask for: the usual authorities and those of `clientKeys.network.caFile`. The file is read
 * again when it has changed.
 * @returns undefined without such a file: the usual trust, as Node and VS Code give it
 * @throws CloudError `invalidRequest` for a file that is missing or holds no certificate
 */
export async function readTrust(settings: NetworkSettings, action: string): Promise<Trust | undefined> {
  const { caFile, systemCertificates } = settings;
  if (!caFile) return undefined;
  const file = /^~[/\\]/.test(caFile) ? path.join(homedir(), caFile.slice(2)) : caFile;
  if (!path.isAbsolute(file)) throw unusable(action, file, 'its path is not absolute');
  try {
    const { size, mtimeMs } = await stat(file);
    if (size > MOST_BYTES) throw unusable(action, file, 'it is too large for a list of certificates');
    const key = [file, size, mtimeMs, systemCertificates].join('\n');
    if (kept?.key !== key)
      kept = { key, trust: createTrust(await readFile(file, 'utf8'), systemCertificates) };
    return kept.trust;
  } catch (error) {
    if (isCloudError(error)) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw unusable(action, file, /^E[A-Z]+$/.test(code) ? code : 'it holds no certificate in PEM form');
  }
}

function createTrust(text: string, systemCertificates: boolean): Trust {
  const own = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (own.length === 0) throw new Error('no certificate');
  for (const certificate of own) new X509Certificate(certificate);
  return {
    ca: own.join('\n'),
    secureContext: tls.createSecureContext({ ca: [...usualAuthorities(systemCertificates), ...own] }),
  };
}

/** `default` holds those of NODE_EXTRA_CA_CERTS too. Node before 22.15, which no supported VS Code has, knows its own alone. */
function usualAuthorities(systemCertificates: boolean): readonly string[] {
  if (typeof tls.getCACertificates !== 'function') return tls.rootCertificates;
  const usual = tls.getCACertificates('default');
  return systemCertificates ? [...usual, ...tls.getCACertificates('system')] : usual;
}

function unusable(action: string, file: string, why: string): CloudError {
  return createCloudError({
    kind: 'invalidRequest',
    action,
    message: `The file of clientKeys.network.caFile cannot be used: ${why} (${file}).`,
    code: 'BadCaFile',
  });
}
