import type { Node } from 'web-tree-sitter';
import { judgeWeak, speaksOfKms } from '../code/kmsContext';
import type { Write } from '../code/language';
import { fieldText, nodesOf } from '../code/tree';

/** Classes that hold a client key (docs/facts.md NAME-1); `KMSConfig` belongs to the configuration client of Nacos. */
const CONFIG_TYPES = /^(?:Config|KmsConfig|DKmsConfig|DkmsConfig|KMSConfig)$/;
const KMS_MODULE =
  /^(?:openapi\.(?:models|\*)|(?:alibabacloud|alibaba_cloud|aliyun)\w*?_?(?:d?kms|secretsmanager)\w*|sdk\.client|dedicated_?kms\w*)(?:\.|$)/i;
const NACOS_MODULE = /(?:^|\.)nacos(?:\.|$)/;

export interface TypeJudge {
  /** Of an object that this makes (`models.Config`), called so. */
  ofType(type: string, name: string): Write['context'];
  ofFile(): Write['context'];
}

/** Judges classes by the module that they are imported from. */
export function readTypes(root: Node): TypeJudge {
  const imported = new Map<string, string>();
  const wildcards: string[] = [];
  for (const node of nodesOf(root, ['import_statement', 'import_from_statement'])) {
    const module = fieldText(node, 'module_name');
    if (nodesOf(node, ['wildcard_import']).length > 0) wildcards.push(module);
    for (const name of node.childrenForFieldName('name')) {
      if (name === null) continue;
      const [called, path] = importedAs(name);
      imported.set(called, module === '' ? path : `${module}.${path}`);
    }
  }
  const modules = [...imported.values(), ...wildcards];
  const isKms = modules.some((path) => KMS_MODULE.test(path)) || speaksOfKms(root.text);
  return {
    ofFile: () => (isKms ? 'specific' : judgeWeak(modules)),
    ofType(type, variable) {
      const [first = '', ...rest] = type.split('.');
      const simple = rest.at(-1) ?? first;
      const path = imported.get(first);
      const isConfig = CONFIG_TYPES.test(simple);
      if (path !== undefined) {
        const full = [path, ...rest].join('.');
        if (KMS_MODULE.test(full)) return isConfig ? 'specific' : 'foreign';
        if (NACOS_MODULE.test(full)) return simple === 'KMSConfig' ? 'specific' : 'foreign';
        return judgeWeak([full, variable]);
      }
      if (isConfig && wildcards.some((module) => KMS_MODULE.test(module))) return 'specific';
      return judgeWeak(isKms ? [type, variable] : [type, variable, ...modules]);
    },
  };
}

/** What an imported thing is called in this file, and what it is called where it comes from. */
function importedAs(name: Node): readonly [called: string, path: string] {
  if (name.type === 'aliased_import') return [fieldText(name, 'alias'), fieldText(name, 'name')];
  // `import a.b` makes `a` known.
  const first = name.text.split('.')[0] ?? name.text;
  return [first, first];
}
