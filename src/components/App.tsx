// The page: what it is, the controls, the charts, and one prompt's rollouts.
import { lazy, Suspense, useMemo } from 'react';
import type { NotebookStore } from '../notebook/store.ts';
import { runKey } from '../train/runKey.ts';
import { AllOptions } from './controls/AllOptions.tsx';
import { ControlBar } from './controls/ControlBar.tsx';
import { ExperimentForm } from './controls/ExperimentForm.tsx';
import { Keys } from './controls/Keys.tsx';
import { ThemeSwitch } from './controls/ThemeSwitch.tsx';
import { TrajectoryPanel } from './trajectory/TrajectoryPanel.tsx';
import { TruthPanel } from './truth/TruthPanel.tsx';
import { NotebookContext, useActions, useNotebook } from './useNotebook.ts';

const Charts = lazy(() => import('./charts/Charts.tsx'));

export function App({ notebook }: { readonly notebook: NotebookStore }) {
  return (
    <NotebookContext value={notebook}>
      <Keys />
      <header className="head">
        <div>
          <h1>TAPO Notebook</h1>
          <p className="lead">
            A small search agent learns in this page. It is asked about a flag that it cannot make out: it has to zoom in, search by image, search by text, and
            answer. When an attempt fails, ordinary reinforcement punishes every step of it, even the zoom that was right. <b>TAPO credit transfer</b> finds the
            same call in an attempt that succeeded and takes the unfair part of the penalty off.
          </p>
        </div>
        <ThemeSwitch />
      </header>
      <ControlBar />
      <main>
        <div className="upper">
          <ExperimentForm />
          <Suspense fallback={<p className="loading">Loading the charts…</p>}>
            <ShownCharts />
          </Suspense>
        </div>
        <AllOptions />
        <TrajectoryPanel />
        <TruthPanel />
      </main>
      <footer className="foot">
        Flags from flag-icons, facts from countries-list, both MIT. Credit transfer after <cite>Tool-Aware Policy Optimization</cite> (arXiv:2606.05784); what
        the paper does not publish is our choice and listed in the documentation.
      </footer>
    </NotebookContext>
  );
}

/** The charts of the run that the page shows. */
function ShownCharts() {
  const { select } = useActions();
  const run = useNotebook((state) => state.run);
  const selection = useNotebook((state) => state.selection);
  const recorded = useNotebook((state) => state.source === 'recorded');
  const toolFree = useNotebook((state) => state.toolFree[state.run.config?.preset ?? 'grid']);
  const key = useMemo(() => (run.config ? runKey(run.config) : ''), [run.config]);
  const runs = useMemo(() => [{ key, name: recorded ? 'recorded run' : 'this run', state: run }], [key, recorded, run]);
  return <Charts runs={runs} selection={selection} onSelect={select} toolFree={toolFree} />;
}
