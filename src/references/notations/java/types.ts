import type { Node } from 'web-tree-sitter';
import { judgeWeak, speaksOfKms } from '../code/kmsContext';
import type { Write } from '../code/language';
import { fieldText, nodesOf } from '../code/tree';
import { TYPES } from './declarations';

/** Configuration classes of the SDKs that hold a client key (docs/facts.md NAME-1). */
const CONFIG_TYPES = new Set(['Config', 'KmsConfig', 'DKmsConfig', 'DkmsConfig']);
/** Their packages: `com.aliyun.dkms.gcs…`, `com.aliyun.kms…`, `com.aliyuncs.kms.secretsmanager…`. */
const KMS_PACKAGE = /^com\.aliyun(?:cs)?\.(?:d?kms|encryptionsdk)(?:\.|$)/;
const ALIBABA_PACKAGE = /^(?:com\.aliyun|javax?)\b/;

/** What the imports and types of a file say about the owner of a name. */
export interface TypeJudge {
  /** Of an object of this type, called so. */
  ofType(type: string | undefined, name: string): Write['context'];
  /** Of a name that no type explains. */
  ofFile(): Write['context'];
}

/** Judges type names by the imports of the file. */
export function readTypes(root: Node): TypeJudge {
  const imports = nodesOf(root, ['import_declaration']).map((node) =>
    node.text.replace(/^import\s+(?:static\s+)?|\s|;/g, ''),
  );
  const own = new Set(nodesOf(root, TYPES).map((type) => fieldText(type, 'name')));
  const wildcard = imports.some((name) => name.endsWith('.*') && KMS_PACKAGE.test(name));
  const isKms = imports.some((name) => KMS_PACKAGE.test(name)) || speaksOfKms(root.text);
  return {
    ofFile: () => (isKms ? 'specific' : judgeWeak(imports)),
    ofType(type, variable) {
      const name = (type ?? '').replace(/<.*>|\s/gs, '');
      const simple = name.slice(name.lastIndexOf('.') + 1);
      const weak = () => judgeWeak(isKms ? [name, variable] : [name, variable, ...imports]);
      if (simple === '' || simple === 'var') return weak();
      const imported = imports.find((one) => one.endsWith(`.${simple}`));
      const full = name.includes('.') ? name : imported;
      if (full !== undefined && !own.has(simple)) {
        if (KMS_PACKAGE.test(full)) return CONFIG_TYPES.has(simple) ? 'specific' : 'foreign';
        // A class of one's own may carry the values to KMS.
        return ALIBABA_PACKAGE.test(full) ? 'foreign' : judgeWeak([full, variable]);
      }
      if (own.has(simple)) return weak();
      return wildcard && CONFIG_TYPES.has(simple) ? 'specific' : weak();
    },
  };
}
