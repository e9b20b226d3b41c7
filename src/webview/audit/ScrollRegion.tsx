import type { ComponentChildren } from 'preact';

interface ScrollRegionProps {
  readonly label: string;
  readonly busy?: boolean;
  readonly children: ComponentChildren;
}

/** A place that scrolls inside itself, by the keyboard too, so that the page never scrolls sideways. */
export function ScrollRegion({ label, busy = false, children }: ScrollRegionProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it the keyboard could not scroll
    <div class="scroll" role="group" tabIndex={0} aria-label={label} aria-busy={busy}>
      {children}
    </div>
  );
}
