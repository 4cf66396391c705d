import { COLOURS } from '../charts/figures/figure.ts';

/** The colour of a setting, by its place among all settings, as the curves have it. */
export function colourOf(index: number): string {
  return `var(--series-${(index % COLOURS) + 1})`;
}
