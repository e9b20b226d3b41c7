import { MAX_PLACE_TEXT, type RolloutPlace } from '../../model/rollout';
import type { askText } from '../rotate/stops';
import { printable, type Translate } from '../words';

/** What is written about a place; empty where nothing is. */
export interface PlaceTexts {
  readonly service: string;
  readonly environment: string;
  readonly owner: string;
  readonly note: string;
}

type Field = keyof PlaceTexts;

export interface PlaceQuestions {
  readonly t: Translate;
  readonly title: string;
  readonly askText: typeof askText;
  /** With the name of the place: that of a folder, a manual step or a caller is given. */
  readonly named: boolean;
  /** Called with what was typed before Escape. */
  readonly onGivenUp?: (texts: PlaceTexts) => void;
}

/** One question after the other, with a way back; undefined if it was given up. */
export async function askPlace(
  questions: PlaceQuestions,
  known: PlaceTexts,
): Promise<PlaceTexts | undefined> {
  const { t, title, named } = questions;
  const fields: readonly Field[] = [...(named ? (['service'] as const) : []), 'environment', 'owner', 'note'];
  let texts = known;
  let at = 0;
  for (let field = fields[at]; field !== undefined; field = fields[at]) {
    const answer = await questions.askText(
      { title, step: at + 1, totalSteps: fields.length },
      { ...questionOf(field, t), value: texts[field], check: checkOf(field, t) },
    );
    if (answer === 'cancelled') {
      questions.onGivenUp?.(texts);
      return undefined;
    }
    if (answer !== 'back') texts = { ...texts, [field]: printable(answer.value, MAX_PLACE_TEXT) };
    at += answer === 'back' ? -1 : 1;
  }
  return texts;
}

export const NO_TEXTS: PlaceTexts = { service: '', environment: '', owner: '', note: '' };

export function textsOf({ service, environment, owner, note }: RolloutPlace): PlaceTexts {
  return { service, environment: environment ?? '', owner: owner ?? '', note: note ?? '' };
}

function questionOf(field: Field, t: Translate): { readonly prompt: string; readonly placeholder: string } {
  switch (field) {
    case 'service':
      return {
        prompt: t('Where does the new client key have to arrive? Name the service or the host.'),
        placeholder: t('for example billing-job'),
      };
    case 'environment':
      return {
        prompt: t('In which environment? May be left empty.'),
        placeholder: t('for example production'),
      };
    case 'owner':
      return {
        prompt: t('Who looks after it? May be left empty.'),
        placeholder: t('for example team billing'),
      };
    case 'note':
      return {
        prompt: t(
          'What else is to be known? May be left empty. Write no secrets: the note goes into the receipt.',
        ),
        placeholder: t('for example deployed on Tuesdays'),
      };
  }
}

function checkOf(field: Field, t: Translate) {
  return (text: string) => {
    if (field === 'service' && text.trim() === '')
      return { message: t('A place needs a name.'), blocks: true };
    if (text.length > MAX_PLACE_TEXT)
      return { message: t('At most {0} characters.', MAX_PLACE_TEXT), blocks: true };
    return undefined;
  };
}
