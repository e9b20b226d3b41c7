import { cutWords } from './cutWords';

interface OutsideProps {
  readonly text: string;
  readonly class?: string;
}

/**
 * A text that somebody else chose, such as a user agent: its direction stays its own, and however long it is it takes a few
 * lines; whole on hover.
 */
export function Outside({ text, class: name = '' }: OutsideProps) {
  return (
    <bdi class={`outside ${name}`} title={text.length > 80 ? text : undefined}>
      {cutWords(text)}
    </bdi>
  );
}
