import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { createPhp } from '../../../../src/references/notations/php/php';
import { grammarsFolder, temporaryFolder } from '../demoWorkspace';
import { assertProperty, keyContent, laidOut, layout, password, patchInMemory, path } from './property';

const php = createPhp(grammarsFolder);
const CONTENT = '{"KeyId":"KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf","PrivateKeyData":"TUlJ"}';

/** Every way of writing a text in PHP, for texts without quotes and backslashes; JSON where it says so. */
const literals = {
  single: (text: string) => `'${text}'`,
  double: (text: string) => `"${text.replace(/["$]/g, '\\$&')}"`,
  joined: (text: string) => `'${text.slice(0, 3)}' . "${text.slice(3).replace(/["$]/g, '\\$&')}"`,
  nowdoc: (text: string) => `<<<'END'\n  ${text}\n  END`,
  heredoc: (text: string) => `<<<END\n${text.replaceAll('$', '\\$')}\nEND`,
};
const kind = fc.constantFrom(...Object.values(literals));

describe('property php', function () {
  this.timeout(600_000);

  it('reads back what was written, by a reader of its own and by php where it is here', async () => {
    const scripts: { readonly script: string; readonly texts: readonly string[] }[] = [];
    const values = fc.record({
      password,
      path,
      content: keyContent,
      layout,
      kinds: fc.tuple(kind, kind, kind, kind),
    });
    await assertProperty('php', values, async (wanted) => {
      const [one, two, three, four] = wanted.kinds;
      const lines = [
        '<?php',
        'use AlibabaCloud\\Dkms\\Gcs\\OpenApi\\Models\\Config;',
        `# ${wanted.layout.comment}`,
        `$a = new Config(['clientKeyFile' => ${one('keys/old.json')},`,
        `  'password' => ${two('OldPw1!x')}, /* ${wanted.layout.comment} */ ]);`,
        `$b = new Config();`,
        `$b->clientKeyContent = ${three(CONTENT)};`,
        `$b->password = ${four('Old$w1!x')};`,
      ];
      const { after } = await patchInMemory(
        php,
        laidOut(lines, wanted.layout),
        { keyFile: wanted.path, keyContent: wanted.content, password: wanted.password },
        { count: 4, bom: wanted.layout.bom },
      );
      const read = readStrings(after);
      const texts = [
        'clientKeyFile',
        wanted.path,
        'password',
        wanted.password,
        wanted.content,
        wanted.password,
      ];
      assert.deepEqual(read, texts);
      scripts.push({ script: after, texts });
    });
    await readByPhp(scripts);
  });
});

/** An independent reader: all strings of a script, in order; what is joined is one. */
function readStrings(script: string): readonly string[] {
  const found: string[] = [];
  let joins = false;
  let at = 0;
  const take = (text: string) => {
    if (joins) found.push(`${found.pop() ?? ''}${text}`);
    else found.push(text);
    joins = false;
  };
  while (at < script.length) {
    if (!/[#/<'".]/.test(script[at] ?? '')) {
      at += 1;
      continue;
    }
    const rest = script.slice(at);
    const heredoc = /^<<<(')?(\w+)'?\r?\n/.exec(rest);
    if (rest.startsWith('#') || rest.startsWith('//')) at += /^[^\n]*/.exec(rest)?.[0].length ?? 1;
    else if (rest.startsWith('/*')) at += rest.indexOf('*/') + 2;
    else if (heredoc !== null) {
      const lines = rest.slice(heredoc[0].length).replaceAll('\r\n', '\n').split('\n');
      const last = lines.findIndex((line) => line.trimStart().startsWith(heredoc[2] ?? ''));
      const indent = lines[last]?.indexOf(heredoc[2] ?? '') ?? 0;
      const body = lines.slice(0, last).map((line) => line.slice(indent));
      take(heredoc[1] === undefined ? readEscapes(body.join('\n'), '') : body.join('\n'));
      at += heredoc[0].length;
      for (let line = 0; line < last; line += 1) at = script.indexOf('\n', at) + 1;
      at += indent + (heredoc[2]?.length ?? 0);
    } else if (rest.startsWith("'")) {
      let text = '';
      for (at += 1; script[at] !== "'"; at += 1) {
        if (script[at] === '\\' && /['\\]/.test(script[at + 1] ?? '')) at += 1;
        text += script[at];
      }
      at += 1;
      take(text.replaceAll('\r\n', '\n'));
    } else if (rest.startsWith('"')) {
      const from = at + 1;
      for (at += 1; script[at] !== '"'; at += 1) if (script[at] === '\\') at += 1;
      take(readEscapes(script.slice(from, at), '"'));
      at += 1;
    } else {
      if (rest.startsWith('.')) joins = true;
      at += 1;
    }
  }
  return found;
}

function readEscapes(text: string, quote: string): string {
  let read = '';
  for (let at = 0; at < text.length; at += 1) {
    const unit = text[at] ?? '';
    const next = text[at + 1] ?? '';
    assert.ok(unit !== '$' || !/[\w{]/.test(next), 'a variable would be put in');
    if (unit === '\\' && (next === '\\' || next === '$' || next === quote)) read += text[++at];
    else if (unit === '\\' && next === 'n') {
      read += '\n';
      at += 1;
    } else read += unit;
  }
  return read.replaceAll('\r\n', '\n');
}

/** All scripts by php itself, in one process; where it is not installed, the reader above has to do. */
async function readByPhp(scripts: readonly { readonly script: string; readonly texts: readonly string[] }[]) {
  if (spawnSync('php', ['--version']).status !== 0) {
    console.log('      (php is not installed: read by the independent reader alone)');
    return;
  }
  const folder = temporaryFolder();
  for (const [index, { script }] of scripts.entries())
    writeFileSync(join(folder, `${index}.php`), `${script}\n`);
  writeFileSync(
    join(folder, 'main.php'),
    `<?php
namespace AlibabaCloud\\Dkms\\Gcs\\OpenApi\\Models;
#[\\AllowDynamicProperties]
class Config { function __construct($all = []) { foreach ($all as $name => $value) $this->$name = $value; } }
$all = [];
for ($i = 0; $i < ${scripts.length}; $i++) {
  ob_start(); include __DIR__ . "/$i.php"; ob_end_clean();
  $all[] = [$a->clientKeyFile, $a->password, $b->clientKeyContent, $b->password];
}
echo str_replace('\\r\\n', '\\n', json_encode($all));
`,
  );
  const read = execFileSync('php', [join(folder, 'main.php')], { encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.deepEqual(
    JSON.parse(read),
    scripts.map(({ texts: [, ...texts] }) => [texts[0], ...texts.slice(2)]),
  );
}
