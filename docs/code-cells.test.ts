// Evaluates the page: its blocks as cells, section by section, against the recorded run; and holds its lists to what there is.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CHART_NAMES, NOTEBOOK_NAMES } from '../src/env/sandbox/realm/names.ts';
import type { CellResult } from '../src/notebook/cells/cellResult.ts';
import type { CellValue } from '../src/notebook/cells/cellValue.ts';
import { runDataOf } from '../src/notebook/cells/runData.ts';
import { cellBook } from '../src/notebook/cells/testing.ts';
import { EMPTY_RUN, reduceRun } from '../src/notebook/runs.ts';
import { COMPARED_RULES } from '../src/train/creditComparison.ts';
import type { Recording } from '../src/train/recording.ts';
import { runKey } from '../src/train/runKey.ts';

const page = readFileSync(new URL('./code-cells.md', import.meta.url), 'utf8');
const recording = JSON.parse(readFileSync(new URL('../public/benchmarks/atlas/recorded/grpo-tapo.json', import.meta.url), 'utf8')) as Recording;
const recorded = runDataOf({ key: runKey({ seed: 1 }), name: 'recorded', spec: { seed: 1 } }, recording.reports.reduce(reduceRun, EMPTY_RUN));

/** Sections with their blocks, each block with what it promises. */
const sections = page.split(/^(?=##+ )/m).flatMap((section) => {
  const blocks = [...section.matchAll(/^```js\n(.*?)^```$/gms)].map(([, block = '']) => block.trimEnd());
  return blocks.length === 0 ? [] : [[/^#+ (.*)$/m.exec(section)?.[1] ?? '', blocks.map((block) => block.split(' // → '))] as const];
});

function words(value: CellValue): string {
  switch (value.kind) {
    case 'text':
      return value.text.replaceAll(/\s+/g, ' ');
    case 'view':
      return `the view ${value.view.kind}`;
    case 'table':
      return `a table of ${value.rows.length} row${value.rows.length === 1 ? '' : 's'}: ${value.columns.join(', ')}`;
    case 'chart':
      return `a ${value.chart.chart} chart of ${value.chart.data.length} rows: ${value.chart.y.join(', ')}`;
    case 'prediction':
      return `a question with the answer ${value.prediction.answer}`;
    case 'tour':
      return `a tour of ${value.tour.stops.length} stops`;
    case 'nothing':
      return 'nothing';
    default:
      return value satisfies never;
  }
}

const said = (result: CellResult | undefined): string => (result?.kind === 'ok' ? result.values.map(words).join(' | ') : `${result?.line}: ${result?.message}`);

describe('the blocks on the page', () => {
  it('are many, and each promises something', () => {
    const blocks = sections.flatMap(([, all]) => all);
    expect(blocks.length).toBeGreaterThan(18);
    for (const [code, promise] of blocks) expect(promise, code).toBeDefined();
  });

  it.each(sections)('%s', async (_, blocks) => {
    const book = cellBook();
    const results = await book.results(
      blocks.map(([code = '']) => code),
      [recorded],
    );
    blocks.forEach(([code, promise], i) => {
      expect(said(results.get(i + 1)), code).toBe(promise);
    });
    book.evaluator.close();
  });
});

describe('the lists on the page', () => {
  /** First cells of the rows of the table under a heading's row. */
  const names = (head: string): string[] => {
    const table = page.slice(page.indexOf(`| ${head} |`)).split('\n\n')[0] ?? '';
    return [...table.matchAll(/^\| `(\w+)/gm)].map(([, name = '']) => name);
  };

  it('name what a cell sees', () => {
    expect(names('name').toSorted()).toEqual([...NOTEBOOK_NAMES].toSorted());
  });

  it('name every field and method of a run, and every function of runs', async () => {
    const book = cellBook();
    const said = await book.shown(
      ['JSON.stringify(Object.keys(train({})))', 'JSON.stringify(Object.keys(runs))', 'Object.keys(train({ seed: 1 }).groups[0]).join()'],
      [recorded],
    );
    expect([...names('field'), ...names('method')].toSorted()).toEqual((JSON.parse(said[0] ?? '') as string[]).toSorted());
    expect(names('function').toSorted()).toEqual((JSON.parse(said[1] ?? '') as string[]).toSorted());
    expect(page).toContain(`\`{ ${said[2]?.replaceAll(',', ', ')} }\``);
    book.evaluator.close();
  });

  it('name every chart and every rule', () => {
    for (const name of [...CHART_NAMES, ...Object.keys(COMPARED_RULES)]) expect(page).toContain(`\`"${name}"\``);
  });
});
