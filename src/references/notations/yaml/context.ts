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
  const isAlibaba = words.some((word) =>
    /^(?:ali(?:yun|baba|cloud)?kms|aliyun|alibaba|alicloud)$/.test(word),
  );
  if (!isAlibaba && words.some((word) => /^(?:aws|gcp|google|azure|kmip|windows)$/.test(word)))
    return 'foreign';
  const isKms = isAlibaba || words.some((word) => /^d?kms$/.test(word));
  const isNacos = words.includes('nacos') && values.some(({ name }) => /^kms/i.test(name));
  return isKms || isNacos ? 'specific' : undefined;
}
