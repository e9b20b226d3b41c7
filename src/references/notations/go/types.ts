import type { Node } from 'web-tree-sitter';
import { judgeWeak, speaksOfKms } from '../code/kmsContext';
import type { Write } from '../code/language';
import { fieldText, nodesOf } from '../code/tree';
import { decodeGoString } from './literal';

/** Types that hold a client key (docs/facts.md NAME-1); the last two belong to the configuration client of Nacos. */
export const CONFIG_TYPES = /^(?:Config|KmsConfig|DkmsConfig|DKmsConfig|KMSv3Config|KMSConfig)$/;
const KMS_PACKAGE = /^github\.com\/(?:aliyun|alibabacloud-go|alibabacloud)\/\S*(?:kms|secretsmanager)/i;
const NACOS_PACKAGE = /^github\.com\/nacos-group\/nacos-sdk-go\b/;

export interface TypeJudge {
  ofType(type: string, name: string): Write['context'];
  ofFile(): Write['context'];
  /** What a package is called in this file leads to its path. */
  pathOf(alias: string): string | undefined;
}

/** Judges types by the path that a package is imported from, whatever it is called here. */
export function readTypes(root: Node): TypeJudge {
  const paths = new Map<string, string>();
  const bare: string[] = [];
  for (const spec of nodesOf(root, ['import_spec'])) {
    const path = decodeGoString(fieldText(spec, 'path')) ?? '';
    const alias = fieldText(spec, 'name');
    if (alias === '.') bare.push(path);
    else paths.set(alias === '' ? packageName(path) : alias, path);
  }
  const imports = [...paths.values(), ...bare];
  const isKms = imports.some((path) => KMS_PACKAGE.test(path)) || speaksOfKms(root.text);
  return {
    pathOf: (alias) => paths.get(alias),
    ofFile: () => (isKms ? 'specific' : judgeWeak(imports)),
    ofType(type, variable) {
      const [, alias, name = ''] = /^[*&[\]\s]*(?:(\w+)\.)?(\w+)$/.exec(type) ?? [];
      const path = alias === undefined ? undefined : paths.get(alias);
      const isConfig = CONFIG_TYPES.test(name);
      if (name === 'KMSv3Config' && (path === undefined || NACOS_PACKAGE.test(path))) return 'specific';
      if (path !== undefined) {
        if (KMS_PACKAGE.test(path)) return isConfig ? 'specific' : 'foreign';
        return NACOS_PACKAGE.test(path) ? 'foreign' : judgeWeak([path, name, variable]);
      }
      if (alias === undefined && isConfig && bare.some((one) => KMS_PACKAGE.test(one))) return 'specific';
      return judgeWeak(isKms ? [name, variable] : [name, variable, ...imports]);
    },
  };
}

/** The last part of a path that is no version: what a package is called unless the import says otherwise. */
function packageName(path: string): string {
  const parts = path.split('/').filter((part) => !/^v\d+$/.test(part));
  return (parts.at(-1) ?? '').replace(/\.v\d+$/, '').replace(/^go-|-go$/, '');
}
