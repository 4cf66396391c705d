// Comparison of runs: settings with their seeds as curves, where they end, seed by seed, what sets them apart, how to repeat them.
import { useDeferredValue, useId, useMemo, useState } from 'react';
import { metricsThere, settingCurve, settingsOf } from '../../notebook/comparison.ts';
import type { ShownRun } from '../../notebook/shownRun.ts';
import { count } from '../format.ts';
import { CurveCard } from './CurveCard.tsx';
import { DifferenceTable } from './DifferenceTable.tsx';
import { FinalValues } from './FinalValues.tsx';
import { OptionDifferences } from './OptionDifferences.tsx';
import { RunCommands } from './RunCommands.tsx';
import '../styles/comparison.css';

export function ComparisonView({ runs }: { readonly runs: readonly ShownRun[] }) {
  const shown = useDeferredValue(runs);
  const settings = useMemo(() => settingsOf(shown), [shown]);
  const metrics = useMemo(() => metricsThere(shown.map(({ state }) => state)), [shown]);
  const [name, setName] = useState<string | null>(null);
  const [single, setSingle] = useState(false);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const id = useId();
  const metric = metrics.find((each) => each.name === name) ?? metrics[0];
  const curves = useMemo(() => (metric ? settings.map((setting) => settingCurve(setting, metric.name)) : []), [settings, metric]);

  const toggle = (key: string): void => setHidden((before) => new Set(before.has(key) ? [...before].filter((each) => each !== key) : [...before, key]));
  if (!metric)
    return (
      <section className="card comparison" aria-label="Comparison">
        <h2>Comparison</h2>
        <p className="hint">
          Nothing to compare yet. Choose runs that have made at least one update; runs that differ in nothing but the seed are put together as one setting.
        </p>
      </section>
    );
  return (
    <section className="comparison" aria-label="Comparison">
      <div className="comparison-head">
        <h2>Comparison</h2>
        <p className="hint">
          {count(settings.length, 'setting')},{' '}
          {count(
            settings.reduce((sum, { runs: each }) => sum + each.length, 0),
            'run',
          )}
          . Runs that differ in nothing but the seed are one setting.
        </p>
        <div className="comparison-choices">
          <span className="comparison-choice">
            <label htmlFor={id}>Metric</label>
            <select id={id} value={metric.name} onChange={(event) => setName(event.target.value)}>
              {metrics.map((each) => (
                <option key={each.name} value={each.name}>
                  {each.title}
                </option>
              ))}
            </select>
          </span>
          <label className="comparison-check">
            <input type="checkbox" checked={single} onChange={(event) => setSingle(event.target.checked)} /> every seed alone
          </label>
        </div>
      </div>
      <CurveCard metric={metric} curves={curves} hidden={hidden} onToggle={toggle} single={single} />
      <FinalValues settings={settings} />
      <DifferenceTable settings={settings} />
      <OptionDifferences settings={settings} />
      <RunCommands settings={settings} />
    </section>
  );
}
