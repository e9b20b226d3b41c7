import type { HiddenRange } from '../../notation';
import { endOfLine } from './lexer';
import type { SkipCommands } from './shellExpansion';
import { readShellWord, type ShellWord } from './shellWord';

/** A simple command: its words, without redirections. */
export interface ShellCommand {
  readonly words: readonly ShellWord[];
  /** The block it stands in: what is assigned in two blocks does not hold at once. */
  readonly block: number;
}

export interface HereDocument {
  readonly start: number;
  readonly end: number;
  /** Nothing is expanded in it. */
  readonly literal: boolean;
  /** The file that its text goes to, where the line says so. */
  readonly target?: string;
}

export interface ShellScript {
  readonly commands: readonly ShellCommand[];
  readonly comments: readonly HiddenRange[];
  readonly documents: readonly HereDocument[];
  /** Words and targets of redirections, all that could hold a value. */
  readonly words: readonly ShellWord[];
  /** `( … )` of `NAME=( … )`: what begins a command elsewhere is a value there. */
  readonly arrays: readonly HiddenRange[];
  /** Finds the ends of `$(…)` in this text again. */
  readonly skipCommands: SkipCommands;
  readonly complete: boolean;
}

const OPENING = /^(?:then|do|\{)$/;
const CLOSING = /^(?:fi|done|\})$/;
/** Words after which a command begins. */
const LEADING = /^(?:then|do|else|elif|if|while|until|!|\{|\}|fi|done|time)$/;
const MAX_DEPTH = 40;

/** Cuts a script into commands, those of `$(…)` included. `checkTime` throws when it takes too long. */
export function lexShell(text: string, checkTime: () => void): ShellScript {
  const commands: ShellCommand[] = [];
  const comments: HiddenRange[] = [];
  const documents: HereDocument[] = [];
  const words: ShellWord[] = [];
  const arrays: HiddenRange[] = [];
  const ends = new Map<number, number | undefined>();
  let complete = true;
  let blocks = 0;
  let depth = 0;

  const skipCommands: SkipCommands = (_, from) => {
    depth += 1;
    if (depth > MAX_DEPTH) complete = false;
    const end = depth > MAX_DEPTH ? undefined : readList(from, true);
    depth -= 1;
    ends.set(from, end);
    return end;
  };

  /** Reads commands until the end, or until the `)` that closes them; gives the place behind it. */
  function readList(from: number, closes: boolean): number | undefined {
    const stack = [blocks++];
    const brackets: { readonly from: number; readonly isArray: boolean }[] = [];
    let current: ShellWord[] = [];
    let pattern = false;
    let at = from;
    const waiting: { delimiter: string; literal: boolean; tabs: boolean }[] = [];
    let target: string | undefined;

    const block = () => stack[stack.length - 1] ?? 0;
    const finish = () => {
      if (current.length > 0) commands.push({ words: current, block: block() });
      current = [];
    };
    const open = () => stack.push(blocks++);
    const close = () => {
      if (stack.length > 1) stack.pop();
    };

    while (at < text.length) {
      checkTime();
      const unit = text.charAt(at);
      if (unit === '\n') {
        finish();
        at = readDocuments(at + 1);
        target = undefined;
      } else if (/^\\\r?\n/.test(text.slice(at, at + 3))) at = text.indexOf('\n', at) + 1;
      else if (/\s/.test(unit)) at += 1;
      else if (unit === '#') {
        const end = endOfLine(text, at);
        comments.push({ start: at, end: text.charAt(end - 1) === '\r' ? end - 1 : end, open: 1 });
        at = end;
      } else if (text.startsWith(';;', at)) {
        finish();
        close();
        pattern = true;
        at += 2;
      } else if (/[;&|]/.test(unit)) {
        if (text.startsWith('&>', at)) at = redirect(at + 1);
        else {
          finish();
          at += 1;
        }
      } else if (unit === '(') {
        if (pattern) at += 1;
        else {
          // `name() {` is no bracket of its own.
          const isFunction = /^\(\s*\)/.exec(text.slice(at, at + 20));
          if (isFunction !== null) {
            current = [];
            at += isFunction[0].length;
          } else {
            finish();
            open();
            brackets.push({ from: at, isArray: text.charAt(at - 1) === '=' });
            at += 1;
          }
        }
      } else if (unit === ')') {
        finish();
        at += 1;
        if (pattern) {
          pattern = false;
          open();
        } else {
          const bracket = brackets.pop();
          if (bracket?.isArray) arrays.push({ start: bracket.from, end: at });
          if (bracket !== undefined) close();
          else if (closes) return at;
          else complete = false;
        }
      } else if (unit === '<' || unit === '>') at = redirect(at);
      else at = readWord(at);
    }
    finish();
    return closes ? undefined : at;

    function readWord(from: number): number {
      const word = readShellWord(text, from, skipCommands);
      words.push(word);
      if (!word.closed) complete = false;
      const raw = text.slice(word.start, word.end);
      // A number before `>` names a stream.
      if (/^\d$/.test(raw) && /[<>]/.test(text.charAt(word.end))) return redirect(word.end);
      const isFirst = current.length === 0;
      if (isFirst && pattern && raw === 'esac') pattern = false;
      else if (pattern) return word.end;
      else if (isFirst && raw === 'esac') close();
      else if (isFirst && LEADING.test(raw)) {
        if (CLOSING.test(raw)) close();
        else if (raw === 'else' || raw === 'elif') close();
        if (OPENING.test(raw) || raw === 'else') open();
      } else if (
        raw === 'in' &&
        current[0] !== undefined &&
        text.slice(current[0].start, current[0].end) === 'case'
      ) {
        current = [];
        pattern = true;
      } else if (raw === '{' && current[0] !== undefined && text.startsWith('function', current[0].start)) {
        current = [];
        open();
      } else current.push(word);
      return Math.max(word.end, from + 1);
    }

    function redirect(from: number): number {
      const operator = /^(?:<<<|<<-?|<>|<&|>>|>&|>\||[<>])/.exec(text.slice(from, from + 3))?.[0] ?? '>';
      let next = from + operator.length;
      // `<(command)` is a word whose commands run.
      if (text.charAt(next) === '(') {
        const end = skipCommands(text, next + 1);
        if (end === undefined) complete = false;
        return end ?? text.length;
      }
      while (/[ \t]/.test(text.charAt(next))) next += 1;
      const word = readShellWord(text, next, skipCommands);
      words.push(word);
      if (operator.startsWith('<<') && operator !== '<<<') {
        const raw = text.slice(word.start, word.end);
        waiting.push({
          delimiter: word.value ?? raw,
          literal: /['"\\]/.test(raw),
          tabs: operator === '<<-',
        });
      } else if (operator.startsWith('>')) target = word.value;
      return Math.max(word.end, next);
    }

    function readDocuments(from: number): number {
      let here = from;
      for (const { delimiter, literal, tabs } of waiting.splice(0)) {
        const start = here;
        let end: number | undefined;
        while (here < text.length && end === undefined) {
          const stop = endOfLine(text, here);
          const line = text.slice(here, stop).replace(/\r$/, '');
          if ((tabs ? line.replace(/^\t+/, '') : line) === delimiter) end = here;
          here = stop + 1;
        }
        if (end === undefined) complete = false;
        documents.push({
          start,
          end: end ?? text.length,
          literal,
          ...(target === undefined ? {} : { target }),
        });
        here = Math.min(here, text.length);
      }
      return here;
    }
  }

  readList(0, false);
  return {
    commands,
    comments,
    documents,
    words,
    arrays,
    skipCommands: (_, from) => ends.get(from),
    complete,
  };
}
