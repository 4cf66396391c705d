import { describe, expect, it } from 'vitest';
import { axisOf } from './axes.ts';
import { cellAt, type Figure, movedX, nearestX, single, spoken } from './figure.ts';

const ROWS: Figure['rows'] = [
  { x: 0, cells: { b: single(0.5) } },
  { x: 2, cells: { a: single(1) } },
  { x: 3, cells: { a: single(2) } },
];
const line = (id: string) => ({ id, label: id, group: '', series: id, colour: 1, dash: 0, raw: false, dots: false, interval: false });
const FIGURE: Figure = {
  title: '',
  summary: '',
  kind: 'lines',
  x: { name: 'update', domain: [0, 3], ticks: null, labels: null, say: (x) => `update ${x}`, tick: String, written: String },
  y: axisOf([2]),
  lines: [line('a'), line('b'), line('c')],
  rows: ROWS,
  drawn: ROWS,
  marks: [],
  legend: { series: [], groups: [] },
  rest: 3,
};

describe('cellAt(figure, id, x)', () => {
  it('is the cell there, or the last before it', () => {
    expect(cellAt(FIGURE, 'a', 2)).toEqual({ x: 2, cell: single(1) });
    expect(cellAt(FIGURE, 'b', 3)).toEqual({ x: 0, cell: single(0.5) });
    expect(cellAt(FIGURE, 'a', 1.9)).toBe(null);
    expect(cellAt({ rows: [] }, 'a', 1)).toBe(null);
  });
});

describe('nearestX(figure, x)', () => {
  it('is the x of the nearest row, the earlier of two', () => {
    expect([nearestX(FIGURE, 1), nearestX(FIGURE, 2.6), nearestX(FIGURE, 99), nearestX(FIGURE, -5)]).toEqual([0, 3, 3, 0]);
    expect(nearestX({ rows: [] }, 1)).toBe(null);
  });
});

describe('movedX(figure, from, by)', () => {
  it('goes row by row and stays at the ends', () => {
    expect([movedX(FIGURE, 0, 1), movedX(FIGURE, 3, 1), movedX(FIGURE, 3, -2), movedX(FIGURE, 2, Number.NEGATIVE_INFINITY)]).toEqual([2, 3, 0, 0]);
  });
  it('begins where values rest', () => {
    expect(movedX(FIGURE, null, -1)).toBe(2);
    expect(movedX({ rows: [], rest: null }, null, 1)).toBe(null);
  });
});

describe('spoken(figure, x)', () => {
  it('says every line’s value, and where an earlier one is from', () => {
    expect(spoken(FIGURE, 3)).toBe('update 3: a 2, b 0.5 (update 0)');
    expect(spoken({ ...FIGURE, lines: [line('c')] }, 3)).toBe('update 3: no value');
  });
});
