import type { ReferenceRole } from '../../../model/reference';
import type { FoundMember, FoundMount, FoundSetting, FoundValue } from '../../notation';
import type { Instruction } from './dockerLines';
import { type DockerWord, readDockerValue, splitWords } from './dockerWords';
import type { Setting } from './environment';

/** A part of an instruction with its place in the file. */
export interface Placed {
  readonly start: number;
  readonly end: number;
  /** Whether it stands in one piece: nothing between its characters is left out. */
  readonly whole: boolean;
}

export function placeOf({ places }: Instruction, { from, to }: DockerWord): Placed {
  const start = places[from] ?? 0;
  const end = to > from ? (places[to - 1] ?? start) + 1 : start;
  return { start, end, whole: end - start === to - from };
}

/** A variable that an image or its build sets. */
export interface DockerSetting extends Setting {
  readonly setting: FoundSetting | undefined;
}

/** The variables of `ENV` (`name=value` several times, or `name value`) and of `ARG`. */
export function readDockerSettings(
  instruction: Instruction,
  escaping: string,
  stage: number,
): readonly DockerSetting[] {
  const { keyword, text } = instruction;
  if (keyword !== 'ENV' && keyword !== 'ARG') return [];
  const words = splitWords(text, escaping);
  const [first] = words;
  if (first === undefined) return [];
  const isOld = keyword === 'ENV' && !text.slice(first.from, first.to).includes('=');
  const pairs = isOld
    ? [
        {
          name: text.slice(first.from, first.to),
          value: { from: words[1]?.from ?? text.length, to: text.trimEnd().length },
        },
      ]
    : words.flatMap(({ from, to }) => {
        const equals = text.indexOf('=', from);
        return equals < 0 || equals >= to
          ? []
          : [{ name: text.slice(from, equals), value: { from: equals + 1, to } }];
      });
  return pairs.flatMap(({ name, value }) =>
    value.to <= value.from
      ? []
      : [settingOf(instruction, name, value, escaping, `${keyword} of stage ${stage}`)],
  );
}

function settingOf(
  instruction: Instruction,
  name: string,
  word: DockerWord,
  escaping: string,
  scope: string,
): DockerSetting {
  const place = placeOf(instruction, word);
  const read = readDockerValue(instruction.text, word, escaping);
  const members = (role: ReferenceRole) => membersOf(instruction, name, word, escaping, role);
  const found = members('keyFile');
  return {
    name,
    from: place.start - name.length - 1,
    start: place.start,
    end: place.end,
    quote: '',
    value: read.value ?? '',
    scope,
    members,
    setting: toSetting(name, found),
  };
}

function toSetting(name: string, [found, fallback]: readonly FoundMember[]): FoundSetting | undefined {
  if (found === undefined) return undefined;
  const { role: _, name: __, ...value } = fallback ?? found;
  const lookup = fallback === undefined ? undefined : found.lookup;
  return { in: 'environment', name, ...value, ...(lookup === undefined ? {} : { lookup }) };
}

function membersOf(
  instruction: Instruction,
  name: string,
  word: DockerWord,
  escaping: string,
  role: ReferenceRole,
): readonly FoundMember[] {
  const { start, end, whole } = placeOf(instruction, word);
  const form = escaping === '`' ? { form: escaping } : {};
  const found = { role, name, start, end, ...form };
  const { value, variable } = readDockerValue(instruction.text, word, escaping);
  if (value !== undefined) {
    if (value === '') return [];
    // A comment line or a continuation in the middle of it would be lost.
    return [{ ...found, value, ...(whole ? {} : { obstacle: 'unsupported' as const }) }];
  }
  if (variable === undefined) return [{ ...found, obstacle: 'interpolated' }];
  const looked: FoundMember = {
    ...found,
    role: role === 'password' ? 'passwordEnv' : role,
    obstacle: 'lookup',
    lookup: { in: 'environment', name: variable.name },
  };
  const { fallback } = variable;
  if (fallback === undefined) return [looked];
  const place = placeOf(instruction, fallback);
  const text = instruction.text.slice(fallback.from, fallback.to);
  // Quotes and further look-ups in it: told, and left alone.
  if (!place.whole || /["'$\\`]/.test(text)) return [looked];
  return [looked, { role, name, start: place.start, end: place.end, value: text, form: 'fallback' }];
}

/** What `COPY` and `ADD` bring into the image from the workspace; not what comes from another stage or the network. */
export function readDockerMounts(
  instruction: Instruction,
  escaping: string,
  workdir: string,
): readonly FoundMount[] {
  const { keyword, text } = instruction;
  if (keyword !== 'COPY' && keyword !== 'ADD') return [];
  const words = splitWords(text, escaping);
  const flags = words.findIndex(({ from, to }) => !text.slice(from, to).startsWith('--'));
  const options = words.slice(0, Math.max(0, flags)).map(({ from, to }) => text.slice(from, to));
  if (flags < 0 || options.some((option) => option.startsWith('--from='))) return [];
  const start = words[flags]?.from ?? 0;
  const given =
    text.charAt(start) === '['
      ? jsonValues(instruction, start)
      : plainWords(instruction, words.slice(flags), escaping);
  const target = given[given.length - 1];
  if (target === undefined || given.length < 2) return [];
  const seen = target.value === undefined ? {} : { target, ...(workdir === '' ? {} : { workdir }) };
  return given.slice(0, -1).flatMap((source) => {
    if (source.value === undefined || /[*?[]|^https?:|^git@|^<</.test(source.value)) return [];
    // The name of a folder holds for all that is copied into it.
    return [{ source, ...seen }];
  });
}

function plainWords(
  instruction: Instruction,
  words: readonly DockerWord[],
  escaping: string,
): readonly FoundValue[] {
  return words.map((word) => {
    const { start, end, whole } = placeOf(instruction, word);
    const { value } = readDockerValue(instruction.text, word, escaping);
    const form = escaping === '`' ? { form: escaping } : {};
    if (value === undefined) return { start, end, ...form, obstacle: 'interpolated' };
    return { start, end, value, ...form, ...(whole ? {} : { obstacle: 'unsupported' as const }) };
  });
}

/** A string of a JSON list: where its literal stands in the text, quotes included. */
export interface JsonWord extends DockerWord {
  readonly value: string;
}

/** The strings of the list that begins at a place, none if it is not all JSON. */
export function jsonWords(text: string, from: number): readonly JsonWord[] {
  const raw = text.slice(from);
  if (!/^\[\s*(?:"(?:[^"\\]|\\.)*"\s*,?\s*)*\]\s*$/.test(raw)) return [];
  return [...raw.matchAll(/"(?:[^"\\]|\\.)*"/g)].flatMap(({ index, 0: literal }) => {
    const value = parseText(literal);
    return value === undefined ? [] : [{ from: from + index, to: from + index + literal.length, value }];
  });
}

function jsonValues(instruction: Instruction, from: number): readonly FoundValue[] {
  return jsonWords(instruction.text, from).map((word) => {
    const { start, end, whole } = placeOf(instruction, word);
    const { value } = word;
    return { start, end, value, form: 'json', ...(whole ? {} : { obstacle: 'unsupported' as const }) };
  });
}

function parseText(literal: string): string | undefined {
  try {
    const value: unknown = JSON.parse(literal);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
