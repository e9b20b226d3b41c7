import { type AapRef, aapKey } from '../../model/clientKey';
import type { Row } from '../row';
import { printable, type Translate } from '../words';
import type { KeyNode } from './keyNodes';

/** `kst-hzz65f…`: long enough to tell instances apart. */
export function briefInstanceId(id: string): string {
  const plain = printable(id);
  return plain.length > 12 ? `${plain.slice(0, 10)}…` : plain;
}

/** A KMS instance that an AAP leads to, and whether its audit log was bought. */
export function instanceRow(
  { aap, instanceId, logBought }: Extract<KeyNode, { kind: 'instance' }>,
  t: Translate,
): Row {
  const log =
    logBought === undefined ? t('audit log not known') : logBought ? t('audit log on') : t('audit log off');
  return {
    id: `instance/${aapKey(aap)}/${instanceId}`,
    label: briefInstanceId(instanceId),
    description: log,
    tooltip: [
      t('KMS instance {0}', printable(instanceId)),
      log,
      ...(logBought === false
        ? [t('Who uses a client key cannot be seen without the audit log of the instance.')]
        : []),
    ].join('\n'),
    icon: logBought === true ? 'vm-active' : 'vm',
    tags: ['instance', 'console'],
    spoken: t('KMS instance {0}, {1}', printable(instanceId), log),
  };
}

/** An AAP whose policy has no KMS instance: the shared gateway keeps no audit log of its calls. */
export function gatewayRow(aap: AapRef, t: Translate): Row {
  return {
    id: `gateway/${aapKey(aap)}`,
    label: t('shared gateway'),
    description: t('usage cannot be verified'),
    tooltip: t(
      'Calls over the shared gateway stand in no audit log, so nobody can tell who uses a client key.',
    ),
    icon: 'cloud',
    tags: ['gateway'],
  };
}
