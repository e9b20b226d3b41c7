import type { ClientKey } from '../../model/clientKey';
import { MAX_KEYS_PER_AAP } from '../../model/clientKey';
import { t } from '../localise';
import { regionName } from '../regionNames';
import { printable } from '../words';
import type { FolderChoice } from './folderChoice';
import type { PasswordChoice } from './passwordStop';
import { type Answer, askPick, type StopFrame } from './stops';
import type { Validity } from './validity';
import { validityText } from './validityStop';

export interface Draft {
  readonly key: ClientKey;
  readonly keysUsed: number;
  /** The service's present, ms UTC. */
  readonly now: number;
  readonly validity: Validity;
  readonly password: PasswordChoice;
  readonly folder: FolderChoice;
}

/** Last stop: what will happen. Nothing has been created before it is accepted. */
export function askSummary(frame: StopFrame, draft: Draft): Promise<Answer<true>> {
  const { key } = draft;
  const region = regionName(key.regionId, t);
  const password = 'generate' in draft.password ? t('generated password') : t('typed password');
  const where = [
    t('{0} in {1}', printable(key.aapName), region),
    t('{0} of {1} keys used', draft.keysUsed, MAX_KEYS_PER_AAP),
  ].join(' · ');
  return askPick(
    frame,
    `${where} · ${t('the old client key keeps working')}`,
    [
      {
        label: `$(add) ${t('Create client key')}`,
        description: `${validityText(draft.validity, draft.now)} · ${password}`,
        detail: t('In {0}: credential file and password file', draft.folder.folder),
        value: true as const,
      },
    ],
    true,
  );
}
