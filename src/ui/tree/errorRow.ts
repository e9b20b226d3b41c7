import { errorTags } from '../errorActions';
import { describeError } from '../errorText';
import type { Row } from '../row';
import type { Translate } from '../words';
import type { KeyNode } from './keyNodes';

/** A node for what went wrong: the sentence says what to do, and the actions stand beside it. */
export function errorRow({ id, error, retry }: Extract<KeyNode, { kind: 'error' }>, t: Translate): Row {
  const { message, requestId, summary } = describeError(error, t);
  // An AAP can be rotated all the same.
  const minor = retry.kind === 'reach';
  const label = minor ? t('KMS instance not known: {0}', summary) : summary;
  return {
    id: `error/${id}`,
    label,
    description: message,
    tooltip: requestId === undefined ? message : `${message}\n${t('Request id {0}', requestId)}`,
    icon: minor ? 'question' : 'error',
    ...(minor ? {} : { color: 'clientKeys.failed' }),
    tags: errorTags(error),
    spoken: `${label}, ${message}`,
  };
}
