/** What the names around say: that it is Alibaba Cloud KMS, or that the key is one of TLS. */
export function contextOf(
  around: string,
  values: readonly { readonly name: string }[],
): 'specific' | 'foreign' | undefined {
  const words = around
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  if (values.some(({ name }) => /client[-_]?cert|cert(?:ificate)?[-_]?(?:file|path|data|chain)$/i.test(name)))
    return 'foreign';
  if (words.some((word) => /^(?:aws|gcp|google|azure|kmip|windows)$/.test(word))) return undefined;
  const isKms = words.some((word) =>
    /^(?:(?:ali(?:yun|baba|cloud)?)?d?kms|aliyun|alibaba|alicloud)$/.test(word),
  );
  const isNacos = words.includes('nacos') && values.some(({ name }) => /^kms/i.test(name));
  return isKms || isNacos ? 'specific' : undefined;
}
