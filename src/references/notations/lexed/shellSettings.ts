import type { FoundMount, FoundValue } from '../../notation';
import type { Setting } from './environment';
import type { Expansion } from './shellExpansion';
import type { ShellCommand, ShellScript } from './shellScript';
import { shellMembers } from './shellValue';
import { readHeaded, type ShellWord } from './shellWord';

/** A variable that a script sets. */
export interface ShellSetting extends Setting {
  readonly word: ShellWord;
}

const NAME = /^([A-Za-z_][\w.]*)=/;
const DECLARES = /^(?:export|declare|local|readonly|typeset)$/;
const CONTAINERS = /^(?:docker|podman|nerdctl|docker-compose|finch|buildah)$/;

/** Every variable that the script sets: by itself, before a command, by `env`, or for a container. */
export function readSettings(text: string, script: ShellScript): readonly ShellSetting[] {
  return script.commands.flatMap((command, index) => {
    const assigned: { word: ShellWord; scope: string }[] = [];
    const { words } = command;
    const own = leadingAssignments(text, words);
    const rest = words.slice(own);
    const name = rest[0]?.value ?? '';
    // What stands before a command holds for this command alone.
    const scope = rest.length === 0 ? `block ${command.block}` : `command ${index}`;
    for (const word of words.slice(0, own)) assigned.push({ word, scope });
    if (DECLARES.test(name))
      for (const word of rest.slice(1)) assigned.push({ word, scope: `block ${command.block}` });
    else if (/^(?:\/usr\/bin\/)?env$|^sudo$/.test(name))
      for (const word of rest.slice(1)) assigned.push({ word, scope: `command ${index}` });
    else for (const word of environmentFlags(text, rest)) assigned.push({ word, scope: `command ${index}` });
    return [
      ...assigned.flatMap(({ word, scope: where }) => settingOf(text, word, where, script) ?? []),
      ...(name === ':' ? rest.slice(1).flatMap((word) => defaultOf(text, word, command, script) ?? []) : []),
    ];
  });
}

function leadingAssignments(text: string, words: readonly ShellWord[]): number {
  const index = words.findIndex((word) => !NAME.test(text.slice(word.start, word.end)));
  return index < 0 ? words.length : index;
}

/** The words `NAME=value` behind `-e`, `--env` and `--build-arg`. */
function environmentFlags(text: string, words: readonly ShellWord[]): readonly ShellWord[] {
  const command = words.findIndex((word) => CONTAINERS.test(word.value ?? ''));
  if (command < 0 || command > 1) return [];
  return words.flatMap((word, index) => {
    const raw = text.slice(word.start, word.end);
    const joined = /^(?:--env|--build-arg|-e)=/.exec(raw)?.[0];
    if (joined !== undefined) return [partOf(word, joined.length)];
    return /^(?:-e|--env|--build-arg)$/.test(words[index - 1]?.value ?? '') ? [word] : [];
  });
}

function partOf(word: ShellWord, offset: number): ShellWord {
  return { ...word, start: word.start + offset };
}

function settingOf(
  text: string,
  word: ShellWord,
  scope: string,
  script: ShellScript,
): ShellSetting | undefined {
  const found = readHeaded(text, word, NAME, script.skipCommands);
  return found === undefined ? undefined : makeSetting(text, found.name, found.value, scope, script);
}

function makeSetting(
  text: string,
  name: string,
  value: ShellWord,
  scope: string,
  script: ShellScript,
): ShellSetting {
  return {
    name,
    from: value.start - name.length - 1,
    start: value.start,
    end: value.end,
    quote: '',
    value: value.value ?? '',
    scope,
    word: value,
    members: (role) => shellMembers(text, value, role, name, script.skipCommands),
  };
}

/** `: "${NAME:=value}"` sets a variable that has no value yet. */
function defaultOf(
  text: string,
  { expansions }: ShellWord,
  command: ShellCommand,
  script: ShellScript,
): ShellSetting | undefined {
  const [only] = expansions;
  if (only?.name === undefined || only.fallback?.assigns !== true) return undefined;
  const expansion: Expansion = only;
  const word: ShellWord = {
    start: only.start,
    end: only.end,
    expansions: [expansion],
    pattern: false,
    closed: true,
  };
  return makeSetting(text, only.name, word, `block ${command.block}`, script);
}

/** `-v source:target` and `--mount type=bind,source=…,target=…` of a container. */
export function readMounts(text: string, { commands }: ShellScript): readonly FoundMount[] {
  return commands.flatMap(({ words }) => {
    if (!CONTAINERS.test(words[0]?.value ?? '') && !CONTAINERS.test(words[1]?.value ?? '')) return [];
    return words.flatMap((word, index) => {
      const raw = text.slice(word.start, word.end);
      const joined = /^(?:--volume|-v|--mount)=/.exec(raw)?.[0];
      const before = words[index - 1]?.value ?? '';
      const flag = joined?.slice(0, -1) ?? (/^(?:-v|--volume|--mount)$/.test(before) ? before : undefined);
      if (flag === undefined) return [];
      const from = joined?.length ?? 0;
      return mountOf(raw.slice(from), word.start + from, flag === '--mount') ?? [];
    });
  });
}

/** A path that stands as it is read, so that a part of the word can be written by itself. */
const PLAIN_PATH = '[\\w./@%+-]+';
/** The folder that the script is started in, which is one of those that a path counts from anyway. */
const HERE = '(?:\\$PWD/|\\$\\{PWD\\}/|\\$\\(pwd\\)/|`pwd`/)?';
const VOLUME = new RegExp(`^(["']?${HERE})(${PLAIN_PATH}):(${PLAIN_PATH})(?::[\\w,]+)?["']?$`);
const SOURCE = new RegExp(`((?:^|[,"'])(?:source|src)=${HERE})(${PLAIN_PATH})(?=[,"']|$)`);
const TARGET = new RegExp(`((?:^|[,"'])(?:target|dst|destination)=)(${PLAIN_PATH})(?=[,"']|$)`);

function mountOf(raw: string, start: number, isList: boolean): FoundMount | undefined {
  const part = (from: number, value: string): FoundValue => ({
    start: start + from,
    end: start + from + value.length,
    value,
    form: 'part',
  });
  if (isList) {
    const [source, target] = [SOURCE, TARGET].map((pattern) => {
      const found = pattern.exec(raw);
      const [, head = '', value] = found ?? [];
      return found === null || value === undefined ? undefined : part(found.index + head.length, value);
    });
    return source === undefined || target === undefined ? undefined : { source, target };
  }
  const [, head = '', source, target] = VOLUME.exec(raw) ?? [];
  if (source === undefined || target === undefined) return undefined;
  // `data:/var/lib` is a volume of its own name.
  if (!/[./]/.test(source) && !/[$`]/.test(head)) return undefined;
  return {
    source: part(head.length, source),
    target: part(head.length + source.length + 1, target),
  };
}
