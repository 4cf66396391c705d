import { describe, expect, it } from 'vitest';
import { atLeast, atMost, type Budget, budgetTable, isMet } from './budgets.ts';

const quick: Budget = { what: 'rollouts', measured: { lower: 9, median: 12, upper: 13 }, bound: atLeast(10), unit: '×' };
const many: Budget = { what: 'dispatches', measured: 81, bound: atMost(80) };

describe('isMet(budget)', () => {
  it('goes by the median, and the bound itself is met', () => {
    expect([quick, many].map(isMet)).toEqual([true, false]);
    expect(isMet({ ...many, measured: 80 })).toBe(true);
    expect(isMet({ ...quick, measured: { lower: 10, median: 9.9, upper: 12 } })).toBe(false);
  });
  it('takes what is not a number as missed', () =>
    expect([atLeast(0), atMost(0)].map((bound) => isMet({ ...many, measured: Number.NaN, bound }))).toEqual([false, false]));
});

describe('budgetTable(budgets)', () => {
  it('has one row a budget', () => {
    expect(budgetTable([quick, many]).rows).toEqual([
      ['rollouts', '12 [9, 13] ×', '≥ 10 ×', 'yes'],
      ['dispatches', '81', '≤ 80', 'no'],
    ]);
  });
});
