// The live charts of one or several runs: view 1 of the notebook.
import { useMemo, useState } from 'react';
import type { ChartName } from '../../notebook/cells/cellValue.ts';
import { nearestKept } from '../../notebook/keptUpdates.ts';
import { groupRuns } from '../../notebook/runGroups.ts';
import type { ShownRun } from '../../notebook/shownRun.ts';
import type { Selection } from '../../notebook/store.ts';
import { ChartOfRuns } from './ChartOfRuns.tsx';
import { createCrosshair } from './crosshair.ts';
import { COLOURS } from './figures/figure.ts';
import { CHART_NAMES } from './figures/figures.ts';
import { Slider } from './Slider.tsx';
import { useDrawnRuns } from './useDrawnRuns.ts';
import { useEvent } from './useEvent.ts';
import { useToggles } from './useToggles.ts';
import '../styles/charts.css';

interface ChartsProps {
  readonly runs: readonly ShownRun[];
  /** Which, in order; all where absent. */
  readonly charts?: readonly ChartName[];
  readonly selection: Selection;
  readonly onSelect: (change: Partial<Selection>) => void;
  /** Success of the best policy without tools, which accuracy is held against. */
  readonly toolFree?: number | undefined;
}

/** λ of the moving average before anybody moves it: half of what is shown is from the last one and a half updates. */
const SMOOTHING = 0.6;
const TAU = 0.7;

export default function Charts({ runs, charts = CHART_NAMES, selection, onSelect, toolFree }: ChartsProps) {
  const drawnRuns = useDrawnRuns(runs);
  const all = useMemo(() => groupRuns(drawnRuns), [drawnRuns]);
  const groups = useMemo(() => all.slice(0, COLOURS), [all]);
  const [tau, setTau] = useState(TAU);
  const [smoothing, setSmoothing] = useState(SMOOTHING);
  const [hiddenGroups, toggleGroup] = useToggles();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [crosshair] = useState(createCrosshair);
  const { update } = selection;
  const input = useMemo(() => ({ groups, hiddenGroups, smoothing, tau, update, toolFree }), [groups, hiddenGroups, smoothing, tau, update, toolFree]);
  const choose = useEvent((asked: number) => {
    const kept = nearestKept(drawnRuns, asked);
    setChosen({ asked, kept });
    onSelect({ update: kept ?? asked });
  });
  return (
    <section className="charts" aria-label="Charts">
      <div className="chart-controls">
        <Slider label="Smoothing" value={smoothing} range={[0, 0.95, 0.05]} digits={2} onChange={setSmoothing} />
        {all.length > COLOURS && (
          <p>
            Only the first {COLOURS} of {all.length} settings are drawn: there are no more colours that can be told apart.
          </p>
        )}
        <p role="status">{chosen && update === (chosen.kept ?? chosen.asked) ? wordsOf(chosen) : ''}</p>
      </div>
      <div className="chart-grid">
        {[...new Set(charts)].map((name) => (
          <ChartOfRuns
            key={name}
            name={name}
            input={input}
            crosshair={crosshair}
            onUpdate={choose}
            onTau={setTau}
            onGroup={toggleGroup}
            controls={name === 'misassignment' ? <Slider label="Threshold τ" value={tau} range={[0.5, 1, 0.1]} digits={1} onChange={setTau} /> : undefined}
          />
        ))}
      </div>
    </section>
  );
}

/** The update that was clicked at, and the nearest one with rollouts. */
interface Chosen {
  readonly asked: number;
  readonly kept: number | null;
}

function wordsOf({ asked, kept }: Chosen): string {
  if (kept === asked) return `Update ${asked} is selected.`;
  if (kept === null) return `Update ${asked} is selected; no rollouts are kept.`;
  return `The rollouts of update ${asked} were not kept: update ${kept}, the nearest that has them, is selected.`;
}
