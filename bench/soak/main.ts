// npm run soak — the long proofs: learning with and without credit transfer over seeds, flat memory over 300 updates, a rollout file of 10⁵
// lines in the page, training over a live endpoint that is slow and fails; and, asked for by name, the recipe tool-augmented against itself
// without each of its parts.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadBenchmark, makePolicy, readPolicyFile, startNodeBackend } from '../../cli/machine.ts';
import { tensorCount } from '../../src/policy/tensors.ts';
import { trainConfig } from '../../src/train/config.ts';
import { train } from '../../src/train/loop.ts';
import { soakAudit } from './audit.ts';
import { soakLive } from './live.ts';
import { soakToolAugmented } from './toolAugmented.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seeds: { type: 'string' }, updates: { type: 'string' }, lines: { type: 'string' } },
});
const wanted = positionals.length > 0 ? positionals : ['memory', 'learning', 'audit', 'live'];

if (wanted.includes('memory')) await memory(Number(values.updates ?? 300));
if (wanted.includes('learning')) learning(Number(values.updates ?? 150), Number(values.seeds ?? 3));
if (wanted.includes('live')) await soakLive(Number(values.updates ?? 10));
if (wanted.includes('audit')) await soakAudit(Number(values.lines ?? 100_000));
if (wanted.includes('tool-augmented')) await soakToolAugmented(Number(values.seeds ?? 5), Number(values.updates ?? 10));

/** Tensors, JavaScript heap and resident memory over a run; fails if tensors or heap grow from its second tenth to its last. */
async function memory(updates: number): Promise<void> {
  const benchmark = await loadBenchmark('atlas');
  await startNodeBackend('wasm');
  const state = await readPolicyFile(undefined, benchmark);
  const policy = makePolicy(benchmark, state.shape, { shape: state.shape, parameters: state.parameters });
  const samples: { update: number; tensors: number; heap: number; resident: number }[] = [];
  for await (const event of train(trainConfig({ updates, evaluateEvery: 0 }), { benchmark, policy })) {
    if (event.kind !== 'updated' || event.update % Math.max(1, Math.floor(updates / 20)) !== 0) continue;
    globalThis.gc?.();
    const { heapUsed, rss } = process.memoryUsage();
    samples.push({ update: event.update, tensors: tensorCount(), heap: heapUsed / 2 ** 20, resident: rss / 2 ** 20 });
    const s = samples.at(-1) as (typeof samples)[number];
    console.log(`update ${s.update}: ${s.tensors} tensors, ${s.heap.toFixed(1)} MiB heap, ${s.resident.toFixed(0)} MiB resident`);
  }
  const [early, late] = [samples[Math.floor(samples.length / 10)], samples.at(-1)] as [(typeof samples)[number], (typeof samples)[number]];
  const flat = late.tensors === early.tensors && late.heap < early.heap * 1.2;
  console.log(
    `memory over ${updates} updates: tensors ${early.tensors} → ${late.tensors}, heap ${early.heap.toFixed(1)} → ${late.heap.toFixed(1)} MiB: ${flat ? 'flat' : 'NOT flat'}${globalThis.gc ? '' : ' (run with --expose-gc for a steady heap)'}`,
  );
  if (!flat) process.exitCode = 1;
}

/** Sampled validation accuracy of each credit rule, run by the command line as a user does. */
function learning(updates: number, seeds: number): void {
  for (const rule of ['none', 'tapo'])
    for (let seed = 1; seed <= seeds; seed++) {
      const folder = mkdtempSync(path.join(tmpdir(), `soak-${rule}-${seed}-`));
      const start = performance.now();
      execFileSync(
        process.execPath,
        [
          'cli/tapo.mjs',
          'train',
          '--credit',
          rule,
          '--seed',
          String(seed),
          '--updates',
          String(updates),
          '--backend',
          'wasm',
          '--out',
          path.join(folder, 'run'),
        ],
        { stdio: 'ignore' },
      );
      const evaluations = readFileSync(path.join(folder, 'run', 'evaluations.jsonl'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { update: number; sampled: { accuracy: number } });
      console.log(
        `credit ${rule}, seed ${seed}: ${evaluations.map((e) => `${e.update}: ${(100 * e.sampled.accuracy).toFixed(1)} %`).join(', ')} in ${((performance.now() - start) / 60_000).toFixed(1)} min`,
      );
    }
}
