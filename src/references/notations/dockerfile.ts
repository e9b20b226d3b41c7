import { startDeadline } from '../grammar';
import { countedFrom } from '../link/writtenPath';
import {
  type FoundClient,
  type FoundMount,
  type FoundSetting,
  type HiddenRange,
  hiddenLines,
  type Notation,
} from '../notation';
import { decodeJsonString } from './json/jsonString';
import { readCommands } from './lexed/dockerCommands';
import { encodeInVariable, jsonVariables } from './lexed/dockerJson';
import { type Instruction, readDockerLines } from './lexed/dockerLines';
import { type DockerSetting, readDockerMounts, readDockerSettings } from './lexed/dockerSettings';
import { encodeDockerWord, readDockerValue } from './lexed/dockerWords';
import { environmentClients } from './lexed/environment';
import { looksLikeName } from './settingNames';
import { findInShell, shell } from './shell';

/** Dockerfiles: variables, and files that are copied into the image (docs/facts.md NAME-9). */
export const dockerfile: Notation = {
  name: 'dockerfile',
  configures: true,

  covers: (fileName) =>
    /^(?:dockerfile|containerfile)(?:[._-].+)?$|\.(?:dockerfile|containerfile)$/i.test(fileName) &&
    !/\.(?:dockerignore|md|json|ya?ml|sh|txt)$/i.test(fileName),

  async find(text) {
    const checkTime = startDeadline();
    const { instructions, comments, escaping } = readDockerLines(text);
    const settings: DockerSetting[] = [];
    const mounts: FoundMount[] = [];
    const clients: FoundClient[] = [];
    const commandSettings: FoundSetting[] = [];
    let stage = 0;
    let commands = 0;
    let workdir = '';
    for (const instruction of instructions) {
      checkTime();
      if (instruction.keyword === 'FROM') {
        stage += 1;
        workdir = '';
      }
      if (instruction.keyword === 'WORKDIR') {
        const [from, to] = [0, instruction.text.trimEnd().length];
        const { value } = readDockerValue(instruction.text, { from, to }, escaping);
        workdir = value === undefined ? '' : countedFrom(workdir, value);
      }
      settings.push(...readDockerSettings(instruction, escaping, stage));
      mounts.push(...readDockerMounts(instruction, escaping, workdir));
      // Windows has other shells.
      if (escaping !== '\\') continue;
      const found = await readCommands(text, instruction, (script) => findInShell(script, checkTime));
      if (/^(?:RUN|CMD|ENTRYPOINT)$/.test(instruction.keyword) || found.clients.length > 0) commands += 1;
      clients.push(
        ...found.clients.map((client) => ({ ...client, anchor: `command${commands}/${client.anchor}` })),
      );
      commandSettings.push(...found.settings);
    }
    return {
      clients: [...environmentClients(settings), ...jsonVariables(text, settings, escaping), ...clients],
      hidden: hiddenIn(text, instructions, comments, escaping),
      settings: [...lastOf(settings), ...commandSettings],
      mounts,
    };
  },

  encode(value, rawBefore, form) {
    if (form === 'json') return JSON.stringify(value);
    if (form === 'fallback') return /^[\w./:@%+,=~!?*^&#\p{L}\p{N}-]+$/u.test(value) ? value : undefined;
    if (form === 'exec=') return JSON.stringify(value).slice(1, -1);
    const [, layer, inner] = /^(command|exec|variable)(?: (.*))?$/.exec(form ?? '') ?? [];
    if (layer === undefined) return encodeDockerWord(value, rawBefore, form === '`' ? '`' : '\\');
    if (layer === 'variable') return encodeInVariable(value, rawBefore, inner ?? '');
    if (layer === 'exec') return encodeInJson(value, rawBefore, inner);
    const written = shell.encode(value, rawBefore, inner === 'lines' ? undefined : inner);
    // Documents alone may have several lines.
    const isDocument = inner === 'lines' || inner?.startsWith('document') === true;
    return written?.includes('\n') === true && !isDocument ? undefined : written;
  },

  quotes(raw, form) {
    if (form !== undefined && form !== '`' && form !== 'json' && form !== 'command')
      return { open: 0, close: 0 };
    const width = /^["']/.test(raw) && raw.length > 1 && raw.endsWith(raw.charAt(0)) ? 1 : 0;
    return { open: width, close: width };
  },
};

/** Writes a value into the script that is an argument: the inside of a JSON string. */
function encodeInJson(value: string, rawBefore: string, form: string | undefined): string | undefined {
  const before = decodeJsonString(`"${rawBefore}"`, 0)?.text;
  const written = before === undefined ? undefined : shell.encode(value, before, form);
  return written === undefined ? undefined : JSON.stringify(written).slice(1, -1);
}

/** Of the variables of one stage the later one counts. */
function lastOf(settings: readonly DockerSetting[]): readonly FoundSetting[] {
  const last = new Map(settings.map((one) => [`${one.scope} ${one.name}`, one]));
  return [...last.values()].flatMap(({ setting }) => setting ?? []);
}

/** Every value and comment, the commands, and all between the instructions: comments, texts of here-documents. */
function hiddenIn(
  text: string,
  instructions: readonly Instruction[],
  comments: readonly HiddenRange[],
  escaping: string,
): readonly HiddenRange[] {
  const hidden: HiddenRange[] = [];
  let at = 0;
  for (const instruction of instructions) {
    const { keyword, from, places, end } = instruction;
    const start = places[0] ?? from;
    hidden.push(...hiddenLines(text, at, from));
    at = end;
    const settings = readDockerSettings(instruction, escaping, 0);
    if (settings.length > 0)
      hidden.push(
        ...settings.map((one) => ({
          start: one.start,
          end: one.end,
          ...dockerfile.quotes(text.slice(one.start, one.end)),
        })),
        ...comments.filter((comment) => comment.start >= from && comment.end <= end),
        ...betweenSettings(text, start, end, settings),
      );
    else if (!/^(?:FROM|WORKDIR|EXPOSE|USER|COPY|ADD|VOLUME|STOPSIGNAL)$/.test(keyword))
      hidden.push(...hiddenLines(text, start, end));
  }
  return [...hidden, ...hiddenLines(text, at, text.length)].sort((one, other) => one.start - other.start);
}

/** Words of `ENV` and `ARG` that are no name of a setting, broken lines among them. */
function betweenSettings(
  text: string,
  from: number,
  to: number,
  settings: readonly DockerSetting[],
): readonly HiddenRange[] {
  const gaps = [...settings, { start: to, end: to }].map(({ start }, index) => ({
    start: settings[index - 1]?.end ?? from,
    end: start,
  }));
  return gaps.flatMap(({ start, end }, index) =>
    [...text.slice(start, end).matchAll(/[^\s\\`]+/g)]
      .map(({ index: at, 0: word }) => ({ start: start + at, end: start + at + word.length, word }))
      .filter(({ word, end: wordEnd }) => {
        const isName = index < settings.length && !/\S/.test(text.slice(wordEnd, end));
        return !(isName && looksLikeName(word.replace(/=$/, '')) && !text.startsWith('=', end));
      }),
  );
}
