// What the sliders drive: how much is corrected, the misassignment rates, and the histogram of advantages, over the shown groups.
import { useState } from 'react';
import { type CurvePoint, misassignmentCurve } from '../../notebook/credit/curve.ts';
import { type Outlook, outlookOf } from '../../notebook/credit/outlook.ts';
import { HISTOGRAM_EDGES } from '../../train/metrics.ts';
import type { GroupReport } from '../../train/report.ts';
import { count, percent, signed } from '../format.ts';
import { AdvantageBars } from './AdvantageBars.tsx';
import { RateCurve } from './RateCurve.tsx';

interface OutlookPanelProps {
  /** The shown groups of the update: as tried, and as the run has them. */
  readonly groups: readonly GroupReport[];
  readonly recorded: readonly GroupReport[];
  readonly theta: number;
  readonly ownTheta: number;
}

export function OutlookPanel({ groups, recorded, theta, ownTheta }: OutlookPanelProps) {
  const [asTable, setAsTable] = useState(false);
  const [now, run] = [outlookOf(groups, theta), outlookOf(recorded, ownTheta)];
  const points = misassignmentCurve(groups);
  return (
    <section className="outlook" aria-label="What the rule comes to">
      <div className="small-head">
        <h3>Over {count(groups.length, 'shown prompt')} of this update</h3>
        <button type="button" className="quiet" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? 'charts' : 'tables'}
        </button>
      </div>
      <Counts now={now} run={run} theta={theta} tried={groups !== recorded} />
      {asTable ? (
        <Tables now={now} points={points} />
      ) : (
        <>
          <AdvantageBars before={now.before} after={now.after} />
          <p className="small-legend">
            <span className="small-key">
              <i className="swatch outline" /> steps by A, before
            </span>
            <span className="small-key">
              <i className="swatch filled" /> by Ã, after
            </span>
          </p>
          <RateCurve points={points} theta={theta} ownTheta={ownTheta} />
          <p className="small-legend">
            <span className="small-key">
              <i className="line action" /> calls
            </span>
            <span className="small-key">
              <i className="line trajectory" /> rollouts misassigned at τ
            </span>
          </p>
        </>
      )}
    </section>
  );
}

function Counts({ now, run, theta, tried }: { readonly now: Outlook; readonly run: Outlook; readonly theta: number; readonly tried: boolean }) {
  const share = ({ misassigned, of }: Outlook['calls']): string => (of === 0 ? 'none of 0' : `${misassigned} of ${of} (${percent(misassigned / of, 0)})`);
  return (
    <dl className="counts" aria-live="polite">
      <div>
        <dt>failing calls corrected</dt>
        <dd>
          <b>
            {now.corrected} of {now.candidates}
          </b>
          , by {signed(now.meanShift)} on average
          {tried && (
            <span className="moved">
              {' '}
              (the run: {run.corrected}, by {signed(run.meanShift)})
            </span>
          )}
        </dd>
      </div>
      <div>
        <dt>misassigned at τ = θ = {theta.toFixed(2)}</dt>
        <dd>
          calls <b>{share(now.calls)}</b>, rollouts <b>{share(now.rollouts)}</b>
        </dd>
      </div>
    </dl>
  );
}

function Tables({ now, points }: { readonly now: Outlook; readonly points: readonly CurvePoint[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
    <section className="table" tabIndex={0} aria-label="The charts as tables">
      <table>
        <caption>Steps by advantage</caption>
        <thead>
          <tr>
            <th scope="col">advantage</th>
            <th scope="col">before</th>
            <th scope="col">after</th>
          </tr>
        </thead>
        <tbody>
          {now.before.map((before, i) =>
            before + (now.after[i] ?? 0) === 0 ? null : (
              <tr key={HISTOGRAM_EDGES[i]}>
                <td>
                  {signed(HISTOGRAM_EDGES[i] ?? 0, 1)} to {signed(HISTOGRAM_EDGES[i + 1] ?? 0, 1)}
                </td>
                <td>{before}</td>
                <td>{now.after[i]}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
      <table>
        <caption>Misassigned at τ</caption>
        <thead>
          <tr>
            <th scope="col">τ</th>
            <th scope="col">calls</th>
            <th scope="col">rollouts</th>
          </tr>
        </thead>
        <tbody>
          {points.map(({ tau, action, trajectory }) => (
            <tr key={tau}>
              <td>{tau.toFixed(2)}</td>
              <td>{percent(action, 0)}</td>
              <td>{percent(trajectory, 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
