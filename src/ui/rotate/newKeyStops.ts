import { askFolder, type FolderProposal } from './folderStop';
import { askPassword } from './passwordStop';
import type { Answer, StopFrame } from './stops';
import { askSummary, type Draft, type Subject } from './summaryStop';
import { askValidity } from './validityStop';

export interface NewKeyQuestion extends Subject {
  /** Of all four stops. */
  readonly title: string;
  /** Looked for while the first questions are answered. */
  readonly folders: Promise<FolderProposal>;
}

const TOTAL = 4;

/** The four stops before a key is created, with a way back. `undefined` if the user gave up; nothing has been created then. */
export async function askNewKey(question: NewKeyQuestion): Promise<Draft | undefined> {
  const { title, folders, ...subject } = question;
  let draft: Partial<Draft> = {};
  const frame = (step: number): StopFrame => ({ title, step, totalSteps: TOTAL });
  const stops: (() => Promise<Answer<Partial<Draft> | true>>)[] = [
    () => valued('validity', askValidity(frame(1), subject.now)),
    () => valued('password', askPassword(frame(2))),
    () => valued('folder', askFolder(frame(3), folders)),
    async () => {
      const whole = wholeDraft({ ...draft, ...subject });
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
  return wholeDraft({ ...draft, ...subject });
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

function wholeDraft(draft: Partial<Draft> & Subject): Draft | undefined {
  const { validity, password, folder } = draft;
  return validity && password && folder ? { ...draft, validity, password, folder } : undefined;
}
