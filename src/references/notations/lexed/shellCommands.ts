import type { ReferenceRole } from '../../../model/reference';
import type { FoundClient, FoundMember } from '../../notation';
import { isPlaceholder } from '../settingNames';
import { FOREIGN, isForeignKey, isKeyRole, memberNamed, roleByValue } from './dialect';
import { numbered } from './environment';
import { helmClients } from './shellHelm';
import type { ShellScript } from './shellScript';
import { shellMembers } from './shellValue';
import { readHeaded, readShellWord, type ShellWord } from './shellWord';

const KMS_HOST = /\.cryptoservice\.kms\.aliyuncs\.com/;

/** Clients that are told by the arguments of one command. */
export function commandClients(text: string, script: ShellScript): readonly FoundClient[] {
  const anchorOf = numbered();
  return script.commands.flatMap(({ words }): readonly FoundClient[] => {
    const one =
      kubernetesSecret(text, words, script) ?? flags(text, words, script) ?? positional(text, words);
    return [...(one === undefined ? [] : [one]), ...helmValues(text, words, script)].map((found) => ({
      ...found,
      anchor: anchorOf(found.anchor),
    }));
  });
}

/** `--client_key_file=…`, `-client_key_password …`, `-DkmsPasswordKey=…` (docs/facts.md NAME-1). */
function flags(text: string, words: readonly ShellWord[], script: ShellScript): FoundClient | undefined {
  const members: FoundMember[] = [];
  let specific = words.some((word) => KMS_HOST.test(text.slice(word.start, word.end)));
  words.forEach((word, index) => {
    const joined = readHeaded(text, word, /^--?([A-Za-z][\w.-]*)=/, script.skipCommands);
    const apart = /^--?([A-Za-z][\w.-]*)$/.exec(text.slice(word.start, word.end))?.[1];
    // `-Dname=value` of Java.
    const name = (joined?.name ?? apart ?? '').replace(/^D(?=[a-z])/, '');
    const member = memberNamed(name);
    if (member === undefined || name === 'password') return;
    const value = joined?.value ?? argumentAfter(words[index + 1]);
    if (value === undefined) return;
    specific ||= member.specific === true;
    members.push(...membersOf(text, value, member.role, script));
  });
  return clientOf(`${commandName(words)} flags`, members, specific, commandText(text, words));
}

/** What follows a flag, unless it is another flag. A password may begin with a dash all the same. */
function argumentAfter(word: ShellWord | undefined): ShellWord | undefined {
  const value = word?.value ?? '';
  if (
    word === undefined ||
    /^--[A-Za-z]/.test(value) ||
    memberNamed(value.replace(/^-|=.*$/g, '')) !== undefined
  )
    return undefined;
  return { ...word, form: 'argument' };
}

/** `kubectl create secret generic … --from-file=clientkey=keys/old.json --from-literal=password=…`. */
function kubernetesSecret(
  text: string,
  words: readonly ShellWord[],
  script: ShellScript,
): FoundClient | undefined {
  const values = words.map(({ value }) => value ?? '');
  const at = values.indexOf('secret');
  if (at < 0 || !values.includes('create') || !/kubectl|oc$/.test(values[0] ?? '')) return undefined;
  const members = words.flatMap((word, index): readonly FoundMember[] => {
    const raw = text.slice(word.start, word.end);
    const head = /^--from-(file|literal|env-file)=/.exec(raw)?.[0];
    const before = /^--from-(?:file|literal)$/.exec(values[index - 1] ?? '')?.[0];
    const flag = head ?? before;
    if (flag === undefined) return [];
    const from = word.start + (head?.length ?? 0);
    const key = /^[\w.-]+=/.exec(text.slice(from, word.end))?.[0];
    const part = readShellWord(text, from + (key?.length ?? 0), script.skipCommands);
    const name = key?.slice(0, -1) ?? part.value ?? '';
    const isFile = flag.startsWith('--from-file');
    if (/pass|pwd|pw/i.test(name)) return membersOf(text, part, isFile ? 'passwordFile' : 'password', script);
    if (/client.?key|kaap|credential/i.test(name))
      return membersOf(text, part, isFile ? 'keyFile' : 'keyContent', script);
    return [];
  });
  const name = values
    .slice(at + 1)
    .find((value) => value !== 'generic' && value !== '' && !value.startsWith('-'));
  return clientOf(`secret ${name ?? ''}`.trim(), members, false, commandText(text, words));
}

/** `helm upgrade … --set kbs.aliyunKms.password=…`. */
function helmValues(text: string, words: readonly ShellWord[], script: ShellScript): readonly FoundClient[] {
  const read = (word: ShellWord, role: ReferenceRole) => membersOf(text, word, role, script);
  return helmClients(text, words, script, read).flatMap(
    ([name, members]) =>
      clientOf(`helm ${name}`, members, /aliyun|alibaba|kms/i.test(name), commandText(text, words)) ?? [],
  );
}

/** The samples of the help pages take endpoint, key file and password by their place: told, and never edited. */
function positional(text: string, words: readonly ShellWord[]): FoundClient | undefined {
  const host = words.findIndex((word) => KMS_HOST.test(word.value ?? ''));
  const key = words.findIndex((word, at) => at > host && /client_?key[^/\\]*\.json$/i.test(word.value ?? ''));
  if (host < 0 || key < 0 || words[key]?.value?.startsWith('-') === true) return undefined;
  const members = [words[key], words[key + 1]].flatMap((word, index): readonly FoundMember[] => {
    if (word?.value === undefined || /^-|\.(?:pem|crt|cer)$/.test(word.value)) return [];
    const { start, end, value } = word;
    return [{ role: index === 0 ? 'keyFile' : 'password', start, end, value, obstacle: 'unsupported' }];
  });
  return clientOf(`${commandName(words)} arguments`, members, true, commandText(text, words));
}

function membersOf(
  text: string,
  word: ShellWord,
  role: ReferenceRole,
  { skipCommands }: ShellScript,
): readonly FoundMember[] {
  return shellMembers(text, word, role, undefined, skipCommands).flatMap((member) => {
    if (member.value !== undefined && isPlaceholder(member.value, member.role)) return [];
    // An argument of these may be taken for a pattern of file names.
    if (member.value !== undefined && word.pattern && member.form === undefined && member.role !== 'password')
      return [{ ...member, obstacle: 'ambiguous' as const }];
    return [{ ...member, role: roleByValue(member.role, member.value) }];
  });
}

/** A client of flags, unless something in the command speaks of another product. */
export function clientOf(
  anchor: string,
  members: readonly FoundMember[],
  specific: boolean,
  command: string,
): FoundClient | undefined {
  const keys = members.filter(({ role }) => isKeyRole(role));
  if (members.length === 0 || keys.some(({ value }) => value !== undefined && isForeignKey(value)))
    return undefined;
  const proven = specific || keys.some(({ value }) => value?.includes('KAAP.') === true);
  if (!proven && (keys.length === 0 || FOREIGN.test(command.replace(/^\S*kubectl/, '')))) return undefined;
  return { anchor, context: proven ? 'specific' : 'weak', members };
}

function commandName(words: readonly ShellWord[]): string {
  const [first] = words.filter(({ value }) => value !== undefined && !value.includes('='));
  return (first?.value ?? '').replace(/^.*[\\/]/, '');
}

function commandText(text: string, words: readonly ShellWord[]): string {
  return text.slice(words[0]?.start ?? 0, words[words.length - 1]?.end ?? 0);
}
