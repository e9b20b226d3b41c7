import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

const ROOT = join(__dirname, '../../..');
const texts = v.record(v.string(), v.string());

function readTexts(file: string): Record<string, string> {
  return v.parse(texts, JSON.parse(readFileSync(join(ROOT, file), 'utf8')));
}

/** Calls of `t(…)`, `l10n.t(…)` and `words.t(…)`: what stands in the parenthesis up to the end of a literal. */
const CALL = /(?<![\w$])t\(\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|[^'"\s)][^\n]*)/g;

function localisedCalls(): { file: string; argument: string }[] {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => /\.tsx?$/.test(file))
    .flatMap((file) =>
      [...readFileSync(join(ROOT, 'src', file), 'utf8').matchAll(CALL)].map((match) => ({
        file,
        argument: match[1] ?? '',
      })),
    );
}

function literalOf(argument: string): string | undefined {
  if (!/^['"]/.test(argument)) return undefined;
  return argument.slice(1, -1).replace(/\\(.)/g, '$1');
}

function placeholders(text: string): string[] {
  return [...new Set(text.match(/\{\d+\}/g) ?? [])].sort();
}

describe('translations', () => {
  const calls = localisedCalls();
  const used = new Set(calls.flatMap(({ argument }) => literalOf(argument) ?? []));
  const bundle = readTexts('l10n/bundle.l10n.zh-cn.json');

  it('are asked for with a literal, so that they can be collected', () => {
    const others = calls.filter(
      ({ file, argument }) => literalOf(argument) === undefined && file !== join('ui', 'localise.ts'),
    );
    assert.deepEqual(others, []);
    assert.ok(used.size > 200, `only ${used.size} texts were found`);
  });

  it('exist in Chinese for every text of the source', () => {
    assert.deepEqual(
      [...used].filter((text) => !bundle[text]),
      [],
    );
  });

  it('have no entry that nothing asks for', () => {
    assert.deepEqual(
      Object.keys(bundle).filter((text) => !used.has(text)),
      [],
    );
  });

  it('keep the placeholders', () => {
    for (const [english, chinese] of [
      ...Object.entries(bundle),
      ...Object.entries(readTexts('package.nls.json')).map(
        ([key, english]) => [english, readTexts('package.nls.zh-cn.json')[key] ?? ''] as const,
      ),
    ])
      assert.deepEqual(placeholders(chinese), placeholders(english), english);
  });

  it('cover the manifest in both languages', () => {
    const english = Object.keys(readTexts('package.nls.json')).sort();
    assert.deepEqual(Object.keys(readTexts('package.nls.zh-cn.json')).sort(), english);
    const manifest = readFileSync(join(ROOT, 'package.json'), 'utf8');
    const asked = [...manifest.matchAll(/"%([^%"]+)%"/g)].map((match) => match[1] ?? '');
    assert.deepEqual([...new Set(asked)].sort(), english);
  });
});
