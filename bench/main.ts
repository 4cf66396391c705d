// npm run bench -- NAME … [--json FILE]: runs the named measurements, all without a name, and prints their tables; FILE gets every number.
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { batching } from './batching.ts';
import { creditCost } from './creditCost.ts';
import { engines } from './engine/engines.ts';
import { longTasks } from './longTasks.ts';
import { type Bench, markdownTable } from './table.ts';
import { updateTime } from './updateTime.ts';

/** A new measurement is one more line here. */
const BENCHES: Readonly<Record<string, Bench>> = {
  batching,
  credit: creditCost,
  engine: engines,
  page: longTasks,
  update: updateTime,
};

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } });
const names = positionals.length > 0 ? positionals : Object.keys(BENCHES);
const unknown = names.find((name) => !Object.hasOwn(BENCHES, name));
if (unknown !== undefined) {
  console.error(`bench: expected one of ${Object.keys(BENCHES).join(', ')}, got "${unknown}"`);
  process.exit(1);
}

const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, Node ${process.versions.node}`;
console.log(machine);
const results: Record<string, unknown> = {};
for (const name of names) {
  const { about, run } = BENCHES[name] as Bench;
  console.log(`\n${name}: ${about}`);
  const { tables, data } = await run((progress) => process.stderr.write(`  ${progress}\n`));
  for (const table of tables) console.log(`\n${table.title}\n\n${markdownTable(table)}`);
  results[name] = data;
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ machine, results }, null, 2)}\n`);
