import { describe, expect, it } from 'vitest';
import { axisOf } from './axes.ts';
import { FIGURES } from './figures.ts';
import { metric, overUpdates } from './overUpdates.ts';
import { csvOf, tableOf } from './table.ts';
import { inputOf, shownRun } from './testing.ts';

const entropies = (...values: number[]) => values.map((value) => ({ 'policy/entropy': value }));

describe('csvOf(figure)', () => {
  it('writes every drawn number with all its digits, the smoothing in the header', () => {
    const figure = FIGURES.entropy(inputOf([shownRun({}, entropies(0.3, 0.123456789))], { smoothing: 0.5 }));
    const smoothed = (0.5 * 0.3 + 0.123456789) / 1.5;
    expect(csvOf(figure)).toBe(`update,nats a token (smoothed 0.5),nats a token (raw)\r\n1,0.3,0.3\r\n2,${smoothed},0.123456789\r\n`);
  });
  it('writes mean, interval and N of settings, and quotes what holds a comma or a quote', () => {
    const runs = [shownRun({ seed: 1 }, entropies(0.3)), shownRun({ seed: 2 }, entropies(0.5))];
    const figure = overUpdates(inputOf(runs), {
      title: '',
      series: [{ id: 'e', label: 'a "b", c', noisy: false, read: metric('policy/entropy') }],
      axis: (values) => axisOf(values),
    });
    const [head, row] = csvOf({ ...figure, summary: '' }).split('\r\n');
    expect(head).toBe('update,"a ""b"", c","a ""b"", c: 95 % from","a ""b"", c: to","a ""b"", c: N"');
    expect(row).toMatch(/^1,0\.4,-0\.87\d+,1\.67\d+,2$/);
  });
});

describe('tableOf(figure)', () => {
  it('says the same numbers, the newest update first', () => {
    const figure = FIGURES.entropy(inputOf([shownRun({}, entropies(0.3, 0.123456789))]));
    expect(tableOf(figure)).toEqual({
      columns: ['update', 'nats a token'],
      rows: [
        ['2', '0.123'],
        ['1', '0.3'],
      ],
    });
  });
  it('has a cell for every column of the CSV, also where a line has no value', () => {
    const records = [{ accuracy: 0.5 }, { accuracy: 0.25 }];
    const figure = FIGURES.accuracy(inputOf([shownRun({}, records, { evaluations: [{ update: 0, sampled: 0.3, greedy: 0.4 }] })], { smoothing: 0.6 }));
    const { columns, rows } = tableOf(figure);
    const csv = csvOf(figure).trimEnd().split('\r\n');
    expect(csv).toHaveLength(rows.length + 1);
    for (const row of rows) expect(row).toHaveLength(columns.length);
    expect(rows.at(-1)).toEqual(['0', '', '', '30.0 %', '40.0 %']);
    expect(csv[1]).toBe('0,,,0.3,0.4');
  });
});
