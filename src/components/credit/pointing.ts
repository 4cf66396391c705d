// What somebody points at in the credit view, by mouse, focus or a press that keeps it: a term of the formula, or a cluster.
import type { Term } from '../../notebook/credit/terms.ts';

export type Pointed = { readonly kind: 'term'; readonly term: Term } | { readonly kind: 'cluster'; readonly index: number };

export interface Pointing {
  /** What is pointed at, else what was kept. */
  readonly pointed: Pointed | null;
  /** What a press keeps lit. */
  readonly kept: Pointed | null;
  readonly point: (pointed: Pointed | null) => void;
  /** Keeps it, or lets it go where it was kept. */
  readonly keep: (pointed: Pointed) => void;
}

export function samePointed(a: Pointed | null, b: Pointed | null): boolean {
  if (a === null || b === null) return a === b;
  return a.kind === 'term' ? b.kind === 'term' && a.term === b.term : b.kind === 'cluster' && a.index === b.index;
}

/** Handlers and states of a button that points at something. */
export function pointerProps(target: Pointed, { pointed, kept, point, keep }: Pointing) {
  return {
    'aria-pressed': samePointed(kept, target),
    'data-lit': samePointed(pointed, target) || undefined,
    onMouseEnter: () => point(target),
    onMouseLeave: () => point(null),
    onFocus: () => point(target),
    onBlur: () => point(null),
    onClick: () => keep(target),
  };
}
