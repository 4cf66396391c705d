// What was measured beside what it should be at least, or at most.
import type { Spread } from './spread.ts';
import { shown, type Table } from './table.ts';

export type Bound = { readonly kind: 'at least' | 'at most'; readonly value: number };

export interface Budget {
  readonly what: string;
  /** A median with its quartiles, or one number. */
  readonly measured: Spread | number;
  readonly bound: Bound;
  /** Behind the bound: "×", "ms". */
  readonly unit?: string;
}

export const atLeast = (value: number): Bound => ({ kind: 'at least', value });
export const atMost = (value: number): Bound => ({ kind: 'at most', value });

/** By the median. */
export function isMet({ measured, bound }: Budget): boolean {
  const value = typeof measured === 'number' ? measured : measured.median;
  return bound.kind === 'at least' ? value >= bound.value : value <= bound.value;
}

export function budgetTable(budgets: readonly Budget[]): Table {
  return {
    title: 'Budgets: median [quartiles]',
    columns: ['what', 'measured', 'budget', 'met'],
    rows: budgets.map((budget) => {
      const { what, measured, bound, unit = '' } = budget;
      const behind = unit && ` ${unit}`;
      return [
        what,
        `${typeof measured === 'number' ? shown(measured) : withQuartiles(measured)}${behind}`,
        `${bound.kind === 'at least' ? '≥' : '≤'} ${bound.value}${behind}`,
        isMet(budget) ? 'yes' : 'no',
      ];
    }),
  };
}

/** "median [lower, upper]" */
export function withQuartiles({ lower, median, upper }: Spread): string {
  return `${shown(median)} [${shown(lower)}, ${shown(upper)}]`;
}
