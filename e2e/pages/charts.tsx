// A page for stories: the charts of two settings with three seeds each, and charts that code described. The recorded run, with its numbers
// moved a little, stands for every run.
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { ChartFromDescription } from '../../src/components/charts/ChartFromDescription.tsx';
import Charts from '../../src/components/charts/Charts.tsx';
import { EMPTY_RUN, reduceRun } from '../../src/notebook/runs.ts';
import type { ShownRun } from '../../src/notebook/shownRun.ts';
import type { Selection } from '../../src/notebook/store.ts';
import type { TrainConfig } from '../../src/train/config.ts';
import type { MetricRecord } from '../../src/train/metrics.ts';
import type { Recording } from '../../src/train/recording.ts';
import { runKey } from '../../src/train/runKey.ts';
import '../../src/components/styles/tokens.css';
import '../../src/components/styles/page.css';

function runOf({ reports }: Recording, rule: 'tapo' | 'none', seed: number): ShownRun {
  const state = reports.reduce((run, report) => {
    if (report.kind === 'begun') return reduceRun(run, { kind: 'begun', config: { ...report.config, seed, credit: { ...report.config.credit, rule } } });
    if (report.kind === 'updated') return reduceRun(run, { ...report, metrics: moved(report.metrics, seed + (rule === 'tapo' ? 0 : 10)) });
    return report.kind === 'evaluated' ? reduceRun(run, { ...report, sampled: report.sampled * (1 - 0.02 * seed) }) : run;
  }, EMPTY_RUN);
  return { key: runKey(state.config as TrainConfig), name: `${rule}, seed ${seed}`, state };
}

function moved(metrics: MetricRecord, by: number): MetricRecord {
  const factor = 1 - 0.01 * by - 0.03 * Math.abs(Math.sin(metrics.update / 9 + by));
  const entries = Object.entries(metrics).map(([name, value]) => [name, name === 'update' || name.startsWith('credit/failing') ? value : value * factor]);
  return Object.fromEntries(entries) as MetricRecord;
}

const ROWS = Array.from({ length: 40 }, (_, i) => ({ step: i, loss: 2 * 0.95 ** i, gain: i % 7 === 0 ? 'none' : 0.1 * i }));
const COUNTS = [
  { tool: 'zoom', before: 12, after: 30 },
  { tool: 'image search', before: 18, after: 22 },
  { tool: 'text search', before: 25, after: 21 },
];

function Page({ runs }: { readonly runs: readonly ShownRun[] }) {
  const [selection, setSelection] = useState<Selection>({ update: null, group: 0, step: null });
  return (
    <>
      <Charts runs={runs} selection={selection} onSelect={(change) => setSelection({ ...selection, ...change })} toolFree={0.32} />
      <p data-testid="selection">{JSON.stringify(selection)}</p>
      <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(18rem, 1fr))', gap: '1rem' }}>
        <ChartFromDescription chart={{ chart: 'line', title: 'Loss', data: ROWS, x: 'step', y: ['loss', 'gain'] }} />
        <ChartFromDescription chart={{ chart: 'bar', title: 'Calls by tool', data: COUNTS, x: 'tool', y: ['before', 'after'] }} />
        <ChartFromDescription chart={{ chart: 'line', title: 'A wrong name', data: ROWS, x: 'step', y: ['reward'] }} />
      </div>
    </>
  );
}

const recording = (await (await fetch('../benchmarks/atlas/recorded/grpo-tapo.json')).json()) as Recording;
document.documentElement.dataset.theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
const count = Number(new URLSearchParams(location.search).get('settings') ?? 2);
const runs = (['tapo', 'none'] as const).slice(0, count).flatMap((rule) => [1, 2, 3].map((seed) => runOf(recording, rule, seed)));
createRoot(document.getElementById('root') as HTMLElement).render(<Page runs={runs} />);
