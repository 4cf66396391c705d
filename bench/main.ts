// npm run bench -- NAME … [--on chromium|dawn] [--json FILE] [--figures FOLDER]: runs the named measurements, all without a name, and prints
// their tables and one of all budgets. WebGPU is measured in Chromium or in Node on Dawn; FILE gets every number, FOLDER the drawings.
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { batching } from './batching.ts';
import { type Budget, budgetTable } from './budgets.ts';
import { creditCost } from './creditCost.ts';
import { engineBench } from './engine/engineBench.ts';
import { equalityBench } from './engine/equalityBench.ts';
import { largeBench } from './engine/largeBench.ts';
import { memoryBench } from './engine/memoryBench.ts';
import { PLACES, type Place } from './engine/place.ts';
import { sweepBench } from './engine/sweepBench.ts';
import { longTasks } from './longTasks.ts';
import { type Bench, markdownTable } from './table.ts';
import { updateTime } from './updateTime.ts';

/** A new measurement is one more line here. */
const BENCHES: Readonly<Record<string, Bench>> = {
  batching,
  credit: creditCost,
  engine: engineBench,
  equality: equalityBench,
  large: largeBench,
  memory: memoryBench,
  page: longTasks,
  sweep: sweepBench,
  update: updateTime,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { on: { type: 'string', default: 'chromium' }, json: { type: 'string' }, figures: { type: 'string' } },
});
const names = positionals.length > 0 ? positionals : Object.keys(BENCHES);
const expectOneOf = (what: string, allowed: readonly string[], given: string): void => {
  if (allowed.includes(given)) return;
  console.error(`${what}: expected one of ${allowed.join(', ')}, got "${given}"`);
  process.exit(1);
};
for (const name of names) expectOneOf('bench', Object.keys(BENCHES), name);
expectOneOf('--on', PLACES, values.on);

const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, Node ${process.versions.node}`;
console.log(machine);
const results: Record<string, unknown> = {};
const budgets: Budget[] = [];
for (const name of names) {
  const { about, run } = BENCHES[name] as Bench;
  console.log(`\n${name}: ${about}`);
  const { tables, data, budgets: own = [], figures = {} } = await run((progress) => process.stderr.write(`  ${progress}\n`), { on: values.on as Place });
  for (const table of tables) console.log(`\n${table.title}\n\n${markdownTable(table)}`);
  results[name] = data;
  budgets.push(...own);
  if (values.figures !== undefined) for (const [file, svg] of Object.entries(figures)) writeFileSync(path.join(values.figures, file), svg);
}
if (budgets.length > 0) {
  const table = budgetTable(budgets);
  console.log(`\n${table.title}\n\n${markdownTable(table)}`);
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ machine, results, budgets }, null, 2)}\n`);
