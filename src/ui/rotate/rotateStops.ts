import type { ClientKey } from '../../model/clientKey';
import { shortKeyId } from '../../model/clientKey';
import type { ReferenceGroup } from '../../model/reference';
import { t } from '../localise';
import { askFolder } from './folderStop';
import { askPassword } from './passwordStop';
import type { Answer, StopFrame } from './stops';
import { askSummary, type Draft } from './summaryStop';
import { askValidity } from './validityStop';

export interface RotateQuestion {
  readonly key: ClientKey;
  readonly keysUsed: number;
  /** The service's present, ms UTC. */
  readonly now: number;
  /** References to the old key, looked for while the first questions are answered. */
  readonly references: Promise<readonly ReferenceGroup[]>;
}

const TOTAL = 4;

/** The four stops of *Rotate*, with a way back. `undefined` if the user gave up; nothing has been created then. */
export async function askRotation(question: RotateQuestion): Promise<Draft | undefined> {
  const { key, keysUsed, now } = question;
  let draft: Partial<Draft> = {};
  const frame = (step: number): StopFrame => ({
    title: t('Rotate client key {0}', shortKeyId(key.id)),
    step,
    totalSteps: TOTAL,
  });
  const stops: (() => Promise<Answer<Partial<Draft> | true>>)[] = [
    () => valued('validity', askValidity(frame(1), now)),
    () => valued('password', askPassword(frame(2))),
    () => valued('folder', askFolder(frame(3), question.references)),
    async () => {
      const whole = wholeDraft({ ...draft, key, keysUsed, now });
      return whole ? askSummary(frame(4), whole) : 'cancelled';
    },
  ];
  for (let index = 0; index < stops.length; ) {
    const answer = (await stops[index]?.()) ?? 'cancelled';
    if (answer === 'cancelled') return undefined;
    if (answer === 'back') {
      index -= 1;
      continue;
    }
    if (answer.value !== true) draft = { ...draft, ...answer.value };
    index += 1;
  }
  return wholeDraft({ ...draft, key, keysUsed, now });
}

async function valued<K extends keyof Draft>(
  name: K,
  asked: Promise<Answer<Draft[K]>>,
): Promise<Answer<Partial<Draft>>> {
  const answer = await asked;
  if (answer === 'back' || answer === 'cancelled') return answer;
  const part: Partial<Draft> = {};
  return { value: Object.assign(part, { [name]: answer.value }) };
}

function wholeDraft(draft: Partial<Draft> & Pick<Draft, 'key' | 'keysUsed' | 'now'>): Draft | undefined {
  const { validity, password, folder } = draft;
  return validity && password && folder ? { ...draft, validity, password, folder } : undefined;
}
