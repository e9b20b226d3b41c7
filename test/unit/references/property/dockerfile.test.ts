import assert from 'node:assert/strict';
import fc from 'fast-check';
import { dockerfile } from '../../../../src/references/notations/dockerfile';
import { assertProperty, laidOut, layout, password, patchInMemory, path } from './property';

/**
 * The variables of a Dockerfile by the rules of its reference: a directive may change the escape character, comment lines
 * vanish, lines are joined, words end at white space outside of quotes. Throws where something would be expanded.
 */
function readVariables(text: string): Record<string, string> {
  const escaping = /^#\s*escape\s*=\s*`/.test(text) ? '`' : '\\';
  const continued = escaping === '`' ? /`[ \t]*$/ : /\\[ \t]*$/;
  const found: Record<string, string> = {};
  let joined = '';
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*#/.test(line) || (joined !== '' && line.trim() === '')) continue;
    joined += line.replace(continued, '');
    if (continued.test(line)) continue;
    const [, rest = ''] = /^\s*(?:ENV|ARG)\s+([\s\S]*?)\s*$/i.exec(joined) ?? [];
    joined = '';
    const old = /^([^\s=]+)\s+([\s\S]+)$/.exec(rest);
    if (old?.[1] !== undefined && old[2] !== undefined && !/^\S*=/.test(rest))
      found[old[1]] = say(old[2], escaping);
    else
      for (const word of wordsOf(rest, escaping)) {
        const [name = ''] = word.split('=', 1);
        found[name] = say(word.slice(name.length + 1), escaping);
      }
  }
  return found;
}

function wordsOf(text: string, escaping: string): string[] {
  const pattern =
    escaping === '`'
      ? /(?:'[^']*'|"(?:`.|[^"`])*"|`.|[^\s'"`])+/g
      : /(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+/g;
  return text.match(pattern) ?? [];
}

function say(word: string, escaping: string): string {
  const pattern =
    escaping === '`'
      ? /'([^']*)'|"((?:`.|[^"`])*)"|`(.)|([^'"`]+)/g
      : /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)|([^'"\\]+)/g;
  return [...word.matchAll(pattern)]
    .map(([, single, double, escaped, bare]) => {
      const open = double?.replaceAll(new RegExp(`\\${escaping}([\\s\\S])`, 'g'), '') ?? bare ?? '';
      assert.doesNotMatch(open, /\$[\w{@*#?$!-]/, 'nothing is expanded');
      if (double === undefined) return single ?? escaped ?? bare ?? '';
      return double.replaceAll(new RegExp(`\\${escaping}(["$\\${escaping}])`, 'g'), '$1');
    })
    .join('');
}

const KEY = 'ALIBABA_CLOUD_KMS_CLIENTKEY_FILEPATH';
const PASSWORD = 'ALIBABA_CLOUD_KMS_PASSWORD';
const forms: readonly ((escaping: string, comment: string) => readonly string[])[] = [
  (escaping, comment) => [`ENV ${KEY}=keys/old.json ${escaping}`, `  # ${comment}`, `  ${PASSWORD}=OldPw1`],
  () => [`ENV ${KEY} keys/old.json`, `ENV ${PASSWORD} OldPw1`],
  () => [`ARG ${KEY}="keys/old.json"`, `ARG ${PASSWORD}='OldPw1!x'`],
  (escaping) => [`env ${KEY}='keys/old.json' ${PASSWORD}="Old${escaping}$Pw1" OTHER="a b"`],
  (escaping) => [`ENV ${KEY}=keys/my${escaping} old.json ${PASSWORD}=Old"Pw"'1'`],
];

describe('property: Dockerfile', function () {
  this.timeout(300_000);

  it('a builder reads the new path and password in every form', async () => {
    await assertProperty(
      'dockerfile',
      fc.tuple(password, path, layout, fc.constantFrom('\\', '`'), fc.constantFrom(...forms)),
      async ([newPassword, newPath, form, escaping, make]) => {
        const lines = [
          ...(escaping === '`' ? ['# escape=`'] : []),
          'FROM scratch',
          `# ${form.comment}`,
          ...make(escaping, form.comment.replace(/[\\`]/g, '')),
          'ENV LAST=1',
        ];
        const { after } = await patchInMemory(
          dockerfile,
          laidOut(lines, form),
          { keyFile: newPath, password: newPassword },
          { count: 2, bom: form.bom && escaping !== '`' },
        );
        const read = readVariables(after);
        assert.equal(read[KEY], newPath);
        assert.equal(read[PASSWORD], newPassword);
        assert.equal(read.LAST, '1');
      },
    );
  });
});
