import type { Translate } from '../words';

interface Advice {
  readonly message: string;
  readonly blocks: boolean;
}

/** AccessKey ids begin with `LTAI`, or `STS.` where a token belongs to them; neither is documented as a rule. */
export function accessKeyIdAdvice(text: string, t: Translate): Advice | undefined {
  const id = text.trim();
  if (!/^[\w.-]{0,128}$/.test(id))
    return { message: t('An AccessKey id has letters and digits only, for example LTAI5t…'), blocks: true };
  if (id.length < 8) return { message: t('An AccessKey id has at least 8 characters.'), blocks: true };
  if (isTemporary(id))
    return { message: t('This id belongs to an STS token, which is asked for later.'), blocks: false };
  return id.startsWith('LTAI')
    ? undefined
    : { message: t('AccessKey ids usually begin with LTAI or STS.'), blocks: false };
}

function isTemporary(accessKeyId: string): boolean {
  return accessKeyId.startsWith('STS.');
}

export function accessKeySecretAdvice(text: string, t: Translate): Advice | undefined {
  return /^[\x21-\x7e]{16,256}$/.test(text.trim())
    ? undefined
    : { message: t('An AccessKey secret has at least 16 characters and no spaces.'), blocks: true };
}

/** @param accessKeyId the id that the token belongs to: a temporary one is of no use without it */
export function securityTokenAdvice(text: string, accessKeyId: string, t: Translate): Advice | undefined {
  const token = text.trim();
  if (token === '')
    return isTemporary(accessKeyId)
      ? { message: t('The AccessKey id {0} needs its STS token.', accessKeyId), blocks: true }
      : undefined;
  return /^[\x21-\x7e]{16,10000}$/.test(token)
    ? undefined
    : { message: t('An STS token is one long word without spaces.'), blocks: true };
}
