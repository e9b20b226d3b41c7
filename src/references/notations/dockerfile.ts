import { startDeadline } from '../grammar';
import {
  type Findings,
  type FoundClient,
  type FoundMount,
  type FoundSetting,
  type HiddenRange,
  hiddenLines,
  type Notation,
} from '../notation';
import { type Instruction, readDockerLines } from './lexed/dockerLines';
import {
  type DockerSetting,
  inside,
  placeOf,
  readDockerMounts,
  readDockerSettings,
} from './lexed/dockerSettings';
import { encodeDockerWord, readDockerValue } from './lexed/dockerWords';
import { environmentClients } from './lexed/environment';
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
    const shellSettings: FoundSetting[] = [];
    let stage = 0;
    let runs = 0;
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
        workdir = value === undefined ? '' : inside(workdir, value);
      }
      settings.push(...readDockerSettings(instruction, escaping, stage));
      mounts.push(...readDockerMounts(instruction, escaping, workdir));
      if (/^(?:RUN|CMD|ENTRYPOINT)$/.test(instruction.keyword) && escaping === '\\') {
        runs += 1;
        const found = await readShell(instruction, checkTime);
        clients.push(
          ...found.clients.map((client) => ({ ...client, anchor: `command${runs}/${client.anchor}` })),
        );
        shellSettings.push(...(found.settings ?? []));
      }
    }
    return {
      clients: [...environmentClients(settings), ...clients],
      hidden: hiddenIn(text, instructions, comments, escaping),
      settings: [...lastOf(settings), ...shellSettings],
      mounts,
    };
  },

  encode(value, rawBefore, form) {
    if (form === 'json') return JSON.stringify(value);
    if (form === 'fallback') return /^[\w./:@%+,=~!?*^&#\p{L}\p{N}-]+$/u.test(value) ? value : undefined;
    const inner = form === undefined ? null : /^command(?: (.*))?$/.exec(form);
    if (inner === null) return encodeDockerWord(value, rawBefore, form === '`' ? '`' : '\\');
    const written = shell.encode(value, rawBefore, inner[1]);
    return written?.includes('\n') === true ? undefined : written;
  },

  quotes(raw, form) {
    if (form !== undefined && form !== '`' && form !== 'json' && form !== 'command')
      return { open: 0, close: 0 };
    const width = /^["']/.test(raw) && raw.length > 1 && raw.endsWith(raw.charAt(0)) ? 1 : 0;
    return { open: width, close: width };
  },
};

/** Of the variables of one stage the later one counts. */
function lastOf(settings: readonly DockerSetting[]): readonly FoundSetting[] {
  const last = new Map(settings.map((one) => [`${one.scope} ${one.name}`, one]));
  return [...last.values()].flatMap(({ setting }) => setting ?? []);
}

/** The commands of an instruction in its shell form. */
async function readShell(
  instruction: Instruction,
  checkTime: () => void,
): Promise<Pick<Findings, 'clients' | 'settings'>> {
  if (/^\s*(?:--\S+\s+)*\[/.test(instruction.text)) return { clients: [] };
  const found = await findInShell(
    instruction.text.replace(/^(?:\s*--\S+)+/, (flags) => ' '.repeat(flags.length)),
    checkTime,
  );
  const move = <T extends { start: number; end: number; form?: string; obstacle?: unknown }>(value: T) => {
    const { start, end, whole } = placeOf(instruction, { from: value.start, to: value.end });
    const form = value.form === undefined ? 'command' : `command ${value.form}`;
    return {
      ...value,
      start,
      end,
      form,
      ...(whole ? {} : { obstacle: value.obstacle ?? ('unsupported' as const) }),
    };
  };
  return {
    clients: found.clients.map((client) => ({ ...client, members: client.members.map(move) })),
    settings: (found.settings ?? []).map(move),
  };
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
      );
    else if (!/^(?:FROM|WORKDIR|EXPOSE|USER|COPY|ADD|VOLUME|STOPSIGNAL)$/.test(keyword))
      hidden.push(...hiddenLines(text, start, end));
  }
  return [...hidden, ...hiddenLines(text, at, text.length)].sort((one, other) => one.start - other.start);
}
