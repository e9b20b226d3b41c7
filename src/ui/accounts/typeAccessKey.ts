import { Secret } from '../../model/secret';
import { t } from '../localise';
import { type Answer, askText, type StopFrame } from '../rotate/stops';
import type { TypedKey } from './typedKeys';
import { accessKeyIdAdvice, accessKeySecretAdvice, securityTokenAdvice } from './typedShapes';

/** What is asked for: an AccessKey, and what to call it. */
export interface TypedAccount {
  readonly key: TypedKey;
  readonly name: string;
}

export interface TypedProposal {
  readonly accessKeyId?: string | undefined;
  readonly name?: string | undefined;
}

const STOPS = 4;

/** Four stops with a way back: id, secret, STS token, name. `undefined` if the user gave up. */
export async function askAccessKey(proposal: TypedProposal): Promise<TypedAccount | undefined> {
  let accessKeyId = proposal.accessKeyId ?? '';
  let secret = '';
  let token = '';
  let name = proposal.name;
  const frame = (step: number): StopFrame => ({ title: t('Type an AccessKey'), step, totalSteps: STOPS });
  const stops: (() => Promise<Answer<string>>)[] = [
    () =>
      askText(frame(1), {
        prompt: t('AccessKey id. It is found in the RAM console, under AccessKey.'),
        placeholder: 'LTAI5t…',
        value: accessKeyId,
        check: (text) => accessKeyIdAdvice(text, t),
      }),
    () =>
      askText(frame(2), {
        prompt: t('AccessKey secret of {0}', accessKeyId),
        masked: true,
        check: (text) => accessKeySecretAdvice(text, t),
      }),
    () =>
      askText(frame(3), {
        prompt: t('STS token of {0}; leave it empty if there is none', accessKeyId),
        masked: true,
        check: (text) => securityTokenAdvice(text, accessKeyId, t),
      }),
    () =>
      askText(frame(4), {
        prompt: t('What shall this account be called?'),
        value: name ?? shortAccessKeyId(accessKeyId),
        check: () => undefined,
      }),
  ];
  const take: ((text: string) => void)[] = [
    (text) => {
      accessKeyId = text;
    },
    (text) => {
      secret = text;
    },
    (text) => {
      token = text;
    },
    (text) => {
      name = text || shortAccessKeyId(accessKeyId);
    },
  ];
  for (let index = 0; index < stops.length; ) {
    const answer = (await stops[index]?.()) ?? 'cancelled';
    if (answer === 'cancelled') return undefined;
    if (answer !== 'back') take[index]?.(answer.value.trim());
    index += answer === 'back' ? -1 : 1;
  }
  return {
    key: {
      accessKeyId,
      accessKeySecret: new Secret(secret),
      ...(token === '' ? {} : { securityToken: new Secret(token) }),
    },
    name: name ?? shortAccessKeyId(accessKeyId),
  };
}

/** Enough to tell two of them apart. */
function shortAccessKeyId(accessKeyId: string): string {
  return accessKeyId.length > 12 ? `${accessKeyId.slice(0, 6)}…${accessKeyId.slice(-4)}` : accessKeyId;
}
