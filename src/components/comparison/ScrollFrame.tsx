// A table that may be wider than its place: the frame scrolls, not the page, and can be reached by keyboard to do so.
import type { ReactNode } from 'react';

export function ScrollFrame({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it the keyboard could not scroll (axe: scrollable-region-focusable)
    <section className="comparison-frame" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
