import assert from 'node:assert/strict';
import { copyFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { loadGrammar } from '../../../src/references/grammar';
import { root, temporaryFolder } from './demoWorkspace';

/** One line of each language, with the type of a node that its grammar must see in it. */
const LINES: Readonly<Record<string, readonly [line: string, node: string]>> = {
  java: ['class A { String s = "密钥"; }', 'string_literal'],
  go: ['package a; var s = `密钥`', 'raw_string_literal'],
  python: ["s = '密钥'", 'string'],
  php: ["<?php $s = '密钥';", 'string'],
  'c-sharp': ['class A { string s = @"密钥"; }', 'verbatim_string_literal'],
  javascript: ["const s = '密钥';", 'string'],
  typescript: ["const s: string = '密钥';", 'type_annotation'],
  tsx: ["const s: unknown = <a b='密钥' />;", 'jsx_attribute'],
};

describe('grammars that are shipped', function () {
  this.timeout(60_000);

  it('load and parse, from one folder as in the package', async () => {
    const { GRAMMARS } = await import(join(root, 'esbuild.js'));
    assert.ok(Array.isArray(GRAMMARS));
    const folder = temporaryFolder();
    for (const file of GRAMMARS) copyFileSync(file, join(folder, basename(file)));
    const languages = readdirSync(folder).flatMap((file) => /^tree-sitter-(.+)\.wasm$/.exec(file)?.[1] ?? []);
    assert.deepEqual(languages.sort(), Object.keys(LINES).sort());
    for (const language of languages) {
      const [line, type] = LINES[language] ?? ['', ''];
      const tree = (await loadGrammar(folder, language))(line);
      assert.ok(!tree.rootNode.hasError, language);
      const [node] = tree.rootNode.descendantsOfType(type);
      assert.ok(node, `${language} has a ${type}`);
      // Offsets are UTF-16 units of the text.
      assert.equal(line.slice(node.startIndex, node.endIndex), node.text);
      tree.delete();
    }
  });
});
