const SHAPES = {
  check: 'M3 8.5 6.5 12 13 4.5',
  dot: 'M8 4a4 4 0 1 0 .01 0',
  question: 'M5.5 6a2.5 2.5 0 1 1 3.6 2.2C8.3 8.6 8 9 8 10M8 12.4v.6',
  arrow: 'M3 8h10M9 4l4 4-4 4',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  cross: 'M4 4l8 8M12 4l-8 8',
  bang: 'M8 3v6.5M8 12.2v.8',
} as const;

export type IconName = keyof typeof SHAPES;

/** A sign beside a text that says the same: hidden from screen readers. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={SHAPES[name]} />
    </svg>
  );
}
