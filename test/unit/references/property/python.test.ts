import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { createPython } from '../../../../src/references/notations/python/python';
import { grammarsFolder } from '../demoWorkspace';
import { assertProperty, keyContent, laidOut, layout, password, patchInMemory, path, RUNS } from './property';

const python = createPython(grammarsFolder);

const QUOTES = ["'", '"', "'''", '"""', "r'", 'r"', "f'", 'R"""', "u'", "rf'"] as const;
const values = fc.record({
  oldPath: path,
  newPath: path,
  oldPassword: password,
  newPassword: password,
  oldContent: keyContent,
  newContent: keyContent,
  pathQuotes: fc.constantFrom(...QUOTES),
  passwordQuotes: fc.constantFrom(...QUOTES),
  contentQuotes: fc.constantFrom("'", '"', "'''", '"""', "r'''", "f'''", 'f"'),
  style: fc.constantFrom('attributes', 'keywords', 'constants', 'dictionary', 'defaults', 'joined'),
  layout,
});
type Values = typeof values extends fc.Arbitrary<infer T> ? T : never;

/** A literal by the rules of Python's reference. */
function literal(value: string, opening: string): string {
  const quotes = opening.replace(/^[a-zA-Z]+/, '');
  const long = quotes.length === 3;
  let text = /f/i.test(opening) ? value.replaceAll(/[{}]/g, '$&$&') : value;
  if (!/r/i.test(opening)) text = text.replaceAll('\\', '\\\\');
  if (!long) text = text.replaceAll('\n', '\\n').replaceAll(quotes, `\\${quotes}`);
  if (long && text.endsWith(quotes.charAt(0))) text = `${text.slice(0, -1)}\\${quotes.charAt(0)}`;
  return opening + text + quotes;
}

function sourceOf({ style, layout: how, ...one }: Values): string {
  const file = literal(one.oldPath, one.pathQuotes);
  const secret = literal(one.oldPassword, one.passwordQuotes);
  const content = literal(one.oldContent, one.contentQuotes);
  const bodies: Record<Values['style'], readonly string[]> = {
    attributes: [
      'config = Config()',
      `config.client_key_file = ${file}  # ${how.comment}`,
      `config.client_key_content = ${content}`,
      `config.password = ${secret}`,
    ],
    keywords: [
      `config = Config(client_key_file=${file},`,
      `    # ${how.comment}`,
      `    client_key_content=${content}, password=${secret})`,
    ],
    constants: [
      `FILE, CONTENT = ${file}, ${content}`,
      `SECRET: str = (${secret})`,
      'def make(file, content, secret):',
      '    return Config(client_key_file=file, client_key_content=content, password=secret)',
      'config = make(FILE, CONTENT, secret=SECRET)',
    ],
    dictionary: [
      `values = {"client_key_file": ${file}, 'client_key_content': ${content},`,
      `    "password": ${secret}}  # ${how.comment}`,
      'config = Config(**values)',
    ],
    defaults: [
      'config = Config()',
      `config.client_key_file = os.environ.get('NOT_SET_HERE', ${file})`,
      `config.client_key_content = os.getenv("NOT_SET_HERE") or ${content}`,
      `config.password = os.getenv("NOT_SET_HERE", ${secret})`,
    ],
    joined: [
      `config = Config(client_key_file=${literal(one.oldPath.slice(0, 2), one.pathQuotes)} + ${literal(one.oldPath.slice(2), "'")},`,
      `    client_key_content=${content},`,
      `    password=(${literal(one.oldPassword.slice(0, 2), one.passwordQuotes)}`,
      `        ${literal(one.oldPassword.slice(2), '"')}))`,
    ],
  };
  return laidOut(
    ['import os', 'from openapi.models import Config', `# ${how.comment}`, ...bodies[style]],
    how,
  );
}

/** Runs each source with a `Config` that keeps what it is given. */
const READER = `
import base64, json, sys, types
class Config(object):
    def __init__(self, **given):
        self.__dict__.update(given)
package, models = types.ModuleType('openapi'), types.ModuleType('openapi.models')
models.Config = package.models = Config
sys.modules['openapi'], sys.modules['openapi.models'] = package, models
read = []
for source in json.load(sys.stdin):
    names = {}
    exec(compile(base64.b64decode(source), 'case', 'exec'), names)
    config = names['config']
    read.append([config.client_key_file, config.client_key_content, config.password])
print(json.dumps(read))
`;

describe('property python', function () {
  this.timeout(120_000 * Math.max(1, RUNS / 1000));
  const sources: string[] = [];
  const wanted: (readonly [string, string, string])[] = [];

  it('new values read back, every other byte stays, undo restores', async () => {
    await assertProperty('python', values, async (one) => {
      const { newPath, newPassword, newContent } = one;
      const { bytes } = await patchInMemory(
        python,
        sourceOf(one),
        { keyFile: newPath, keyContent: newContent, password: newPassword },
        { count: 3, bom: one.layout.bom },
      );
      sources.push(bytes.toString('base64'));
      wanted.push([newPath, newContent, newPassword]);
    });
  });

  it('python3 reads exactly the new values', function () {
    if (spawnSync('python3', ['--version']).error !== undefined) {
      console.log('      skipped: no python3 on this machine');
      this.skip();
    }
    const input = JSON.stringify(sources);
    const run = spawnSync('python3', ['-c', READER], { input, encoding: 'utf8', maxBuffer: 1 << 28 });
    assert.equal(run.status, 0, run.stderr.slice(0, 2000));
    const read: unknown[] = JSON.parse(run.stdout);
    assert.equal(read.length, sources.length);
    read.forEach((one, index) => {
      assert.deepEqual(one, wanted[index]);
    });
  });
});
