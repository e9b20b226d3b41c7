import type { Node } from 'web-tree-sitter';
import type { FoundClient } from '../../notation';
import { type Declarations, nodesOf } from './declarations';

/** Configuration classes of the SDKs that hold a client key (docs/facts.md NAME-1). */
const CONFIG_TYPES = new Set(['Config', 'KmsConfig', 'DKmsConfig']);
/** Their packages: `com.aliyun.dkms.gcs…`, `com.aliyun.kms…`, `com.aliyuncs.kms.secretsmanager…`. */
const KMS_PACKAGE = /^com\.aliyun(?:cs)?\.d?kms(?:\.|$)/;

/** What a type name says about its owner: KMS, somebody else, or nothing that can be known from this file. */
export type TypeVerdict = FoundClient['context'] | 'foreign';

/** Judges type names by the imports of the file. */
export function readTypes(root: Node, declarations: Declarations): (type: string | undefined) => TypeVerdict {
  const imports = nodesOf(root, ['import_declaration']).map((node) =>
    node.text.replace(/^import\s+|\s|;/g, ''),
  );
  const wildcard = imports.some((name) => name.endsWith('.*') && KMS_PACKAGE.test(name));
  return (type) => {
    const name = (type ?? '').replace(/<.*>|\s/gs, '');
    const simple = name.slice(name.lastIndexOf('.') + 1);
    if (simple === '' || simple === 'var') return 'weak';
    const imported = imports.find((one) => one.endsWith(`.${simple}`));
    const full = name.includes('.') ? name : imported;
    if (full !== undefined)
      return KMS_PACKAGE.test(full) && CONFIG_TYPES.has(simple) ? 'specific' : 'foreign';
    if (declarations.declaresType(simple)) return 'weak';
    return wildcard && CONFIG_TYPES.has(simple) ? 'specific' : 'weak';
  };
}
