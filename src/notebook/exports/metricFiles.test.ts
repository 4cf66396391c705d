import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import type { MetricRecord } from '../../train/metrics.ts';
import { metricsCsv, metricsJsonl, metricsParquet } from './metricFiles.ts';

const RECORDS: readonly MetricRecord[] = [
  { update: 1, accuracy: 1 / 3, 'tool/calls/zoom': 2 },
  { update: 2, 'reward/mean': -1e-7, accuracy: 0.1 + 0.2, 'validation/accuracy': 0.5 },
];

/** Records with any of a few names, each with any number or none. */
const records = fc
  .array(fc.dictionary(fc.constantFrom('accuracy', 'reward/mean', 'time/update', 'tool/calls/a b', 'x,"y"'), fc.double(), { noNullPrototype: true }), {
    maxLength: 8,
  })
  .map((rows) => rows.map((row, i) => ({ update: i + 1, ...row }) as MetricRecord));

const fields = (line: string): string[] => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].slice(0, -1).map(([, cell = '']) => cell);
const unquoted = (cell: string): string => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);

describe('metricsCsv(records)', () => {
  it('has a head in the order of the metrics, exact numbers, and empty fields where there is no value', () => {
    expect(metricsCsv(RECORDS).split('\r\n')).toEqual([
      'update,reward/mean,accuracy,validation/accuracy,tool/calls/zoom',
      '1,,0.3333333333333333,,2',
      '2,-1e-7,0.30000000000000004,0.5,',
      '',
    ]);
    expect(metricsCsv([])).toBe('update\r\n');
  });
  it('reads back to the same numbers', () => {
    fc.assert(
      fc.property(records, (given) => {
        const [head = '', ...lines] = metricsCsv(given).split('\r\n').slice(0, -1);
        const names = fields(`${head},`).map(unquoted);
        lines.forEach((line, i) => {
          fields(`${line},`).forEach((cell, column) => {
            const value = given[i]?.[names[column] as string];
            if (value === undefined) expect(cell).toBe('');
            else expect(Number(cell)).toBe(value);
          });
        });
        expect(lines).toHaveLength(given.length);
      }),
    );
  });
});

describe('metricsJsonl(records)', () => {
  it('has one line an update with the record as it is', () => {
    const lines = metricsJsonl(RECORDS).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(RECORDS);
    expect(metricsJsonl([])).toBe('');
  });
});

describe('metricsParquet(records)', () => {
  it('reads back to the same numbers, NaN and infinities too, and null where there is no value', async () => {
    await fc.assert(
      fc.asyncProperty(records, async (given) => {
        const names = ['update', ...new Set(given.flatMap(Object.keys).filter((name) => name !== 'update'))];
        const rows = given.length === 0 ? [] : await parquetReadObjects({ file: metricsParquet(given).buffer });
        expect(rows).toHaveLength(given.length);
        rows.forEach((row, i) => {
          for (const name of names) expect(row[name], name).toBe(given[i]?.[name] ?? null);
        });
      }),
      { numRuns: 60 },
    );
  });
  it('is a readable file without updates too', async () => {
    expect(await parquetReadObjects({ file: metricsParquet([]).buffer })).toEqual([]);
  });
  it('keeps thousands of updates', async () => {
    const many = Array.from({ length: 3000 }, (_, i) => ({ update: i + 1, accuracy: Math.sin(i), ...(i % 25 === 0 ? { 'validation/accuracy': i } : {}) }));
    const rows = await parquetReadObjects({ file: metricsParquet(many).buffer });
    expect(rows[2999]).toEqual({ update: 3000, accuracy: Math.sin(2999), 'validation/accuracy': null });
    expect(rows[2975]).toMatchObject({ 'validation/accuracy': 2975 });
  });
});
