import { type AapRef, MAX_KEYS_PER_AAP } from '../../model/clientKey';
import { t } from '../localise';
import { regionName } from '../regionNames';
import { printable } from '../words';
import type { FolderChoice } from './folderChoice';
import type { PasswordChoice } from './passwordStop';
import { type Answer, askPick, type StopFrame } from './stops';
import type { Validity } from './validity';
import { validityText } from './validityStop';

/** What a new key is for. */
export interface Subject {
  readonly aap: AapRef;
  readonly keysUsed: number;
  /** The service's present, ms UTC. */
  readonly now: number;
  /** What becomes of the keys that are there, in words. */
  readonly otherKeys: string;
}

export interface Draft extends Subject {
  readonly validity: Validity;
  readonly password: PasswordChoice;
  readonly folder: FolderChoice;
}

/** Last stop: what will happen. Nothing has been created before it is accepted. */
export function askSummary(frame: StopFrame, draft: Draft): Promise<Answer<true>> {
  const { aap } = draft;
  const region = regionName(aap.regionId, t);
  const password = 'generate' in draft.password ? t('generated password') : t('typed password');
  const where = [
    t('{0} in {1}', printable(aap.aapName), region),
    t('{0} of {1} keys used', draft.keysUsed, MAX_KEYS_PER_AAP),
  ].join(' · ');
  return askPick(
    frame,
    `${where} · ${draft.otherKeys}`,
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
