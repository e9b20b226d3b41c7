import { FOREIGN } from './dialect';
import type { Lexed } from './lexer';

/** Configuration classes of the SDKs that hold a client key (docs/facts.md NAME-1). */
const CONFIG_TYPES = /^(?:Config|KmsConfig|DKmsConfig|DkmsConfig)$/;
const KMS_PACKAGE = /^com\.aliyun(?:cs)?\.d?kms(?:\.|$)/;

/**
 * `specific`: an object of an SDK. `hinted`: the file works with KMS, and nothing speaks against this object. `foreign`: an
 * object of somebody else. `own`: of a class that may hold what an SDK is given, whatever else the file works with: its
 * values tell.
 */
export type Verdict = 'specific' | 'hinted' | 'own' | 'weak' | 'foreign';

export interface Imports {
  judge(type: string | undefined): Verdict;
  /** All that is imported, as text. */
  readonly all: string;
}

/** Reads the imports of a JVM source; of Rust the `use` lines. */
export function readImports({ tokens, text }: Lexed): Imports {
  const imports: { readonly path: string; readonly name: string }[] = [];
  tokens.forEach((token, index) => {
    if (!token.first || !/^(?:import|use)$/.test(token.text)) return;
    let end = index + 1;
    while (end < tokens.length && !tokens[end]?.first && tokens[end]?.text !== ';') end += 1;
    const written = text.slice(tokens[index + 1]?.start ?? token.end, tokens[end - 1]?.end ?? token.end);
    imports.push(...expand(written));
  });
  const kms = imports.some(({ path }) => KMS_PACKAGE.test(path));
  const wildcard = imports.some(({ path, name }) => KMS_PACKAGE.test(path) && name === '*');
  const hinted = kms || /\.cryptoservice\.kms\.aliyuncs\.com/.test(text);
  return {
    all: imports.map(({ path }) => path).join('\n'),
    judge(type) {
      if (type === undefined) return hinted ? 'hinted' : 'weak';
      const imported = imports.find(({ name }) => name === type);
      if (imported !== undefined) {
        const own = imported.path.slice(imported.path.lastIndexOf('.') + 1);
        if (KMS_PACKAGE.test(imported.path)) return CONFIG_TYPES.test(own) ? 'specific' : 'foreign';
        return FOREIGN.test(imported.path) ? 'foreign' : 'own';
      }
      if (wildcard && CONFIG_TYPES.test(type)) return 'specific';
      return hinted ? 'hinted' : 'weak';
    },
  };
}

/** `a.b.C`, `a.b.C as D`, `a.b.{C, D => E}`, `a.b.*`, `a.b._`. */
function expand(written: string): readonly { readonly path: string; readonly name: string }[] {
  const text = written.replace(/^static\s+/, '').trim();
  const several = /^([\w.:]+?)(?:\.|::)\{([^}]*)\}$/s.exec(text);
  if (several !== null)
    return (several[2] ?? '').split(',').flatMap((one) => expand(`${several[1]}.${one.trim()}`));
  const [path = '', alias] = text.split(/\s+(?:as|=>)\s+/);
  const name = alias ?? path.slice(Math.max(path.lastIndexOf('.'), path.lastIndexOf(':')) + 1);
  return [{ path: path.replaceAll('::', '.').replace(/\s/g, ''), name: name === '_' ? '*' : name }];
}
