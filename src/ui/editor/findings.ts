import { basename } from 'node:path';
import { shortKeyId } from '../../model/clientKey';
import type { InspectedReference, Inspection } from '../../model/inspection';
import { dateText, expiryText } from '../expiryText';
import type { Translate } from '../words';
import { type KeyFacts, lifeOf } from './keyFacts';

/** The names of findings: shown as the code of a diagnostic, and what quick fixes go by. */
type FindingCode =
  | 'expiring'
  | 'expired'
  | 'deleted'
  | 'wrong-password'
  | 'password-in-file'
  | 'credential-in-git';

/** Something to be said about a reference, in the editor and in the Problems view. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: 'error' | 'warning' | 'information';
  readonly message: string;
  readonly inspected: InspectedReference;
}

export interface FindingOptions {
  /** Passwords written as text and credential files that git would commit are told too. */
  readonly hints: boolean;
  readonly locale: string;
  readonly t: Translate;
}

/** All that has to be said about a file, in the order of its references. */
export function findingsOf(inspection: Inspection, facts: KeyFacts, options: FindingOptions): Finding[] {
  return inspection.references.flatMap((inspected) => [
    ...lifeFindings(inspected, facts, options),
    ...pairFindings(inspected, options),
    ...(options.hints ? hintFindings(inspected, options) : []),
  ]);
}

/** The end of a key is told at the place that names the key, not at its password too. */
function lifeFindings(
  inspected: InspectedReference,
  facts: KeyFacts,
  { t, locale }: FindingOptions,
): Finding[] {
  const { keyId, role } = inspected.reference;
  if (keyId === undefined || (role !== 'keyFile' && role !== 'keyContent' && role !== 'credentialFile'))
    return [];
  const name = shortKeyId(keyId);
  const deletedAt = facts.deletedAt(keyId);
  if (deletedAt !== undefined) {
    const message = t('Client key {0} was deleted on {1}. Calls with it fail.', name, dateText(deletedAt));
    return [{ code: 'deleted', severity: 'error', message, inspected }];
  }
  const life = lifeOf(inspected, facts);
  if (life === undefined || life.expiry.state === 'valid' || life.expiry.state === 'notYetValid') return [];
  const told = expiryText(life, life.expiry, life.now, locale, t);
  const message = t('Client key {0} {1} ({2}).', name, told, dateText(life.notAfter));
  if (life.expiry.state === 'expired') return [{ code: 'expired', severity: 'error', message, inspected }];
  const severity = life.expiry.state === 'critical' ? 'warning' : 'information';
  return [{ code: 'expiring', severity, message, inspected }];
}

function pairFindings(inspected: InspectedReference, { t }: FindingOptions): Finding[] {
  const { role, keyId } = inspected.reference;
  const isPassword = role === 'password' || role === 'passwordFile' || role === 'credentialPasswordFile';
  if (inspected.pair !== 'wrongPassword' || !isPassword) return [];
  const message =
    keyId === undefined
      ? t(
          'This password does not open the key it stands with. Applications that start now cannot log in to KMS.',
        )
      : t(
          'This password does not open client key {0}. Applications that start now cannot log in to KMS.',
          shortKeyId(keyId),
        );
  return [{ code: 'wrong-password', severity: 'error', message, inspected }];
}

function hintFindings(inspected: InspectedReference, { t }: FindingOptions): Finding[] {
  const { role, target } = inspected.reference;
  if (!inspected.committed) return [];
  if (role === 'password' || role === 'keyContent') {
    const message =
      role === 'password'
        ? t('The password of a client key is written here, and git does not ignore this file.')
        : t('A client key is written here, and git does not ignore this file.');
    return [{ code: 'password-in-file', severity: 'information', message, inspected }];
  }
  if (
    role !== 'keyFile' &&
    role !== 'passwordFile' &&
    role !== 'credentialFile' &&
    role !== 'credentialPasswordFile'
  )
    return [];
  const message = t(
    'Git does not ignore {0}: whoever reads the repository could use the client key.',
    basename(target ?? inspected.reference.file),
  );
  return [{ code: 'credential-in-git', severity: 'information', message, inspected }];
}
