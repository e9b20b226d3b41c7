import type { NotEditable } from '../../../model/reference';
import type { Findings, FoundClient, FoundMember, FoundSetting } from '../../notation';
import { decodeJsonString } from '../json/jsonString';
import { outward } from '../layered/layer';
import { memberNamed, roleByValue } from './dialect';
import type { Instruction } from './dockerLines';
import { type JsonWord, jsonWords, placeOf } from './dockerSettings';
import { clientOf } from './shellCommands';
import { documentClients } from './shellDocuments';
import { scriptArgument } from './shellNested';

type Found = Required<Pick<Findings, 'clients' | 'settings'>>;
type FindInShell = (text: string) => Promise<Findings>;

const NOTHING: Found = { clients: [], settings: [] };

/** What the commands of an instruction hold: a line of a shell, a list of arguments, or a document behind `<<EOF`. */
export async function readCommands(
  file: string,
  instruction: Instruction,
  find: FindInShell,
): Promise<Found> {
  const { keyword, text, documents, places } = instruction;
  if (keyword === 'COPY' || keyword === 'ADD') return copiedDocuments(file, instruction);
  if (!/^(?:RUN|CMD|ENTRYPOINT)$/.test(keyword)) return NOTHING;
  // Flags of the builder.
  const line = text.replace(/^(?:\s*--\S+)+/, (flags) => ' '.repeat(flags.length));
  const start = line.search(/\S/);
  if (line.charAt(start) === '[') return readArguments(instruction, start, find);
  const [document] = documents;
  if (document === undefined) return placed(instruction, await find(line), 'command');
  // The document alone is the script; else a command reads it, as in any script.
  const isScript = /^\s*<<-?(["']?)\w+\1(?:\s+(?:\/\S*\/)?(?:ba|da|a|z|k)?sh)?\s*$/.test(line);
  const from = isScript ? document.start : (places[start] ?? document.start);
  const end = isScript ? document.end : Math.max(...documents.map((one) => one.end));
  const behind = isScript ? end : file.indexOf('\n', end) < 0 ? file.length : file.indexOf('\n', end);
  const found = await find(file.slice(from, behind));
  const move = <T extends FoundMember | FoundSetting>(value: T): T => ({
    ...value,
    start: value.start + from,
    end: value.end + from,
    form: value.form === undefined ? 'command lines' : `command ${value.form}`,
  });
  return mapped(found, move);
}

/** `COPY <<EOF /app/x.properties`: the builder looks variables up in it, unless the name stands in quotes. */
async function copiedDocuments(file: string, { text, documents }: Instruction): Promise<Found> {
  const target = /(\S+)\s*$/.exec(text)?.[1];
  const clients = await documentClients(
    file,
    documents.map(({ start, end, quoted }) => ({
      start,
      end,
      literal: quoted,
      ...(target === undefined ? {} : { target }),
    })),
  );
  return { clients: clients.map((one) => ({ ...one, members: one.members.map(asCommand) })), settings: [] };
}

function asCommand(member: FoundMember): FoundMember {
  return { ...member, form: `command ${member.form ?? ''}`.trimEnd() };
}

/** `["/bench", "--client_key_file=…"]` and `["sh", "-c", "…"]`. */
async function readArguments(instruction: Instruction, start: number, find: FindInShell): Promise<Found> {
  const words = jsonWords(instruction.text, start);
  const at = scriptArgument(words);
  const script = at === undefined ? undefined : words[at];
  if (script === undefined) {
    const client = flagsOf(instruction.text, words);
    return client === undefined ? NOTHING : placed(instruction, { clients: [client] });
  }
  const layer = decodeJsonString(instruction.text.slice(script.from, script.to), script.from);
  if (layer === undefined) return NOTHING;
  const move = <T extends FoundMember | FoundSetting>(value: T): T => ({
    ...value,
    ...(outward(layer, value.start, value.end) ?? { start: script.from, end: script.to }),
    form: value.form === undefined ? 'exec' : `exec ${value.form}`,
  });
  return placed(instruction, mapped(await find(layer.text), move));
}

function flagsOf(text: string, words: readonly JsonWord[]): FoundClient | undefined {
  const members = words.flatMap((word, index): readonly FoundMember[] => {
    const [, name = '', joined] = /^--?([A-Za-z][\w.-]*)(?:=([\s\S]*))?$/.exec(word.value) ?? [];
    // `-Dname=value` of Java.
    const member = memberNamed(name.replace(/^D(?=[a-z])/, ''));
    if (member === undefined || name === 'password') return [];
    const next = words[index + 1];
    if (joined === undefined) {
      if (next === undefined || /^--[A-Za-z]/.test(next.value)) return [];
      const { from, to, value } = next;
      return [{ role: roleByValue(member.role, value), start: from, end: to, value, form: 'json' }];
    }
    const layer = decodeJsonString(text.slice(word.from, word.to), word.from);
    const place = layer && outward(layer, word.value.length - joined.length, word.value.length);
    return place === undefined
      ? []
      : [{ role: roleByValue(member.role, joined), ...place, value: joined, form: 'exec=' }];
  });
  const specific = words.some(({ value }) => /\.cryptoservice\.kms\.aliyuncs\.com/.test(value));
  return clientOf('arguments', members, specific, text);
}

/** Ranges of an instruction's text as ranges of the file. What a continued line parts cannot be written in one piece. */
function placed(
  instruction: Instruction,
  found: Pick<Findings, 'clients' | 'settings'>,
  form?: string,
): Found {
  const move = <T extends FoundMember | FoundSetting>(value: T): T => {
    const { start, end, whole } = placeOf(instruction, { from: value.start, to: value.end });
    const obstacle: NotEditable | undefined = whole ? value.obstacle : (value.obstacle ?? 'unsupported');
    return {
      ...value,
      start,
      end,
      ...(form === undefined ? {} : { form: value.form === undefined ? form : `${form} ${value.form}` }),
      ...(obstacle === undefined ? {} : { obstacle }),
    };
  };
  return mapped(found, move);
}

function mapped(
  { clients, settings = [] }: Pick<Findings, 'clients' | 'settings'>,
  move: <T extends FoundMember | FoundSetting>(value: T) => T,
): Found {
  return {
    clients: clients.map((client) => ({ ...client, members: client.members.map(move) })),
    settings: settings.map(move),
  };
}
