// npm run bench -- engine: the fused engine against the reference and jax-js on one adapter, what it asks of WebGPU, its share of the adapter.
import { atLeast, atMost, type Budget, withQuartiles } from '../budgets.ts';
import { type Spread, spreadOf } from '../spread.ts';
import type { Bench, Table } from '../table.ts';
import type { ContenderName } from './contenders.ts';
import { rolloutFlops, tokensPerSecond, updateFlops } from './flops.ts';
import type { GpuCalls } from './gpuLedger.ts';
import { runTask } from './place.ts';
import type { Timed } from './sides.ts';
import type { Engines } from './tasks.ts';
import { rolloutLength, type Workload, writtenTokens } from './workload.ts';

export const engineBench: Bench = {
  about: 'FusedPolicy against ReferencePolicy and jax-js on one WebGPU adapter: rollouts, and one update on them',
  async run(progress, { on }) {
    const engines = await runTask(on, 'engines', progress);
    return {
      tables: [timeTable(engines), agreementTable(engines), callTable(engines), turnTable(engines), peakTable(engines), shareTable(engines)],
      budgets: budgetsOf(engines),
      data: { on, ...engines },
    };
  },
};

const OTHERS: readonly ContenderName[] = ['ReferencePolicy', 'jax-js'];

export const sizeOf = ({ rollouts, turns, shape }: Workload): string => `${rollouts} rollouts of ${turns} turns, width ${shape.width}, ${shape.layers} layers`;

const of = (work: readonly Timed[], name: ContenderName): Timed => work.find((timed) => timed.name === name) as Timed;

/** How many times as long another engine takes as FusedPolicy, round by round. */
function ratio(work: readonly Timed[], other: ContenderName): Spread {
  const own = of(work, 'FusedPolicy').times;
  return spreadOf(of(work, other).times.map((ms, round) => ms / (own[round] as number)));
}

function budgetsOf({ software, sides: { rollout, update }, turns: { turn } }: Engines): Budget[] {
  return [
    { what: 'rollout, ReferencePolicy : FusedPolicy', measured: ratio(rollout, 'ReferencePolicy'), bound: atLeast(software ? 10 : 20), unit: '×' },
    { what: 'update, ReferencePolicy : FusedPolicy', measured: ratio(update, 'ReferencePolicy'), bound: atLeast(10), unit: '×' },
    { what: 'rollout, jax-js : FusedPolicy', measured: ratio(rollout, 'jax-js'), bound: atLeast(3), unit: '×' },
    { what: 'update, jax-js : FusedPolicy', measured: ratio(update, 'jax-js'), bound: atLeast(1.5), unit: '×' },
    { what: 'dispatches of an update', measured: of(update, 'FusedPolicy').calls.dispatches, bound: atMost(80) },
    { what: 'dispatches of a written turn', measured: turn.dispatches, bound: atMost(4) },
    { what: 'read-backs of a written turn', measured: turn.readBacks, bound: atMost(1) },
  ];
}

function timeTable({ adapter, sides: { workload, rollout, update } }: Engines): Table {
  const row = (what: string, work: readonly Timed[]): readonly string[] => [
    what,
    withQuartiles(spreadOf(of(work, 'FusedPolicy').times)),
    ...OTHERS.flatMap((name) => [withQuartiles(spreadOf(of(work, name).times)), withQuartiles(ratio(work, name))]),
  ];
  return {
    title: `${adapter}, ${sizeOf(workload)}: median of ${of(update, 'FusedPolicy').times.length} rounds [quartiles]`,
    columns: ['work', 'FusedPolicy, ms', ...OTHERS.flatMap((name) => [`${name}, ms`, 'times as long'])],
    rows: [row(`${writtenTokens(workload)} tokens written in rollouts`, rollout), row('one update', update)],
  };
}

function agreementTable({ sides: { agreement } }: Engines): Table {
  return {
    title: 'Rollouts and two updates: tokens as FusedPolicy wrote them, greatest deviations from it; "of the movement" is a root mean square',
    columns: ['engine', 'same tokens', 'log-probs, nats', 'gradient norm', 'parameters', 'of the movement'],
    rows: agreement.map(({ name, tokens, logProbs, gradNorm, parameters, movement }) => [
      name,
      `${(100 * tokens).toFixed(1)} %`,
      ...[logProbs, gradNorm, parameters, movement].map(exponential),
    ]),
  };
}

const exponential = (x: number): string => x.toExponential(1);

const CALLS: readonly (readonly [keyof GpuCalls, string])[] = [
  ['dispatches', 'dispatches'],
  ['readBacks', 'read-backs'],
  ['submissions', 'submissions'],
  ['bytesWritten', 'bytes written'],
  ['bytesRead', 'bytes read'],
];
const cellsOf = (calls: GpuCalls): string[] => CALLS.map(([name]) => String(calls[name]));

function callTable({ sides: { workload, rollout, update } }: Engines): Table {
  return {
    title: `Asked of WebGPU: one update, and ${workload.turns} turns with what is read before each`,
    columns: ['', ...CALLS.map(([, title]) => title)],
    rows: [
      ...update.map(({ name, calls }) => [`${name}, update`, ...cellsOf(calls)]),
      ...rollout.map(({ name, calls }) => [`${name}, rollouts`, ...cellsOf(calls)]),
    ],
  };
}

function turnTable({ turns, sides: { workload } }: Engines): Table {
  const { question, patches, observation, written, rollouts } = workload;
  return {
    title: `FusedPolicy by its own counts, ${rollouts} rows at once`,
    columns: ['', ...CALLS.map(([, title]) => title)],
    rows: [
      [`reading a question of ${question} tokens, ${patches} of them patches`, ...cellsOf(turns.question)],
      [`reading an observation of ${observation} tokens`, ...cellsOf(turns.observation)],
      [`writing a turn of ${written} tokens`, ...cellsOf(turns.turn)],
    ],
  };
}

const giga = (x: number): number => x / 1e9;

function peakTable({ peak: { products, copiedBytes, copiedBytesPerSecond }, adapter }: Engines): Table {
  return {
    title: `${adapter}, best of several runs: products of n × n matrices in GFLOP/s, a copy in GB/s read and written`,
    columns: ['', 'size', 'per second'],
    rows: [
      ...products.map(({ kernel, n, flopsPerSecond }) => [kernel, `n = ${n}`, giga(flopsPerSecond)]),
      ['copy', `${copiedBytes / 2 ** 20} MiB`, giga(copiedBytesPerSecond)],
    ],
  };
}

/** What the engines make of the adapter: operations that the model needs, not those that were executed. */
function shareTable({ peak: { products }, sides: { workload, rollout, update } }: Engines): Table {
  const best = Math.max(...products.map(({ flopsPerSecond }) => flopsPerSecond));
  const row =
    (what: string, flops: number) =>
    ({ name, times }: Timed) => {
      const { median } = spreadOf(times);
      const perSecond = (1000 * flops) / median;
      return [`${name}, ${what}`, tokensOf(what, workload, median), giga(perSecond), `${((100 * perSecond) / best).toPrecision(2)} %`];
    };
  return {
    title: `Share of the adapter's own ${giga(best).toPrecision(3)} GFLOP/s: an update is ${giga(updateFlops(workload)).toPrecision(3)} GFLOP, the rollouts are ${giga(rolloutFlops(workload)).toPrecision(3)}`,
    columns: ['', 'tokens/s', 'GFLOP/s', 'of the peak'],
    rows: [...update.map(row('update', updateFlops(workload))), ...rollout.map(row('rollouts', rolloutFlops(workload)))],
  };
}

/** Tokens learnt from in an update; tokens written in rollouts. */
function tokensOf(what: string, workload: Workload, milliseconds: number): number {
  return what === 'update' ? (1000 * workload.rollouts * rolloutLength(workload)) / milliseconds : tokensPerSecond(workload, milliseconds);
}
