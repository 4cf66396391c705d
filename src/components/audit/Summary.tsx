// A file in a few numbers, its two charts, its rates by tool, and what happened to its steps.
import { lazy, Suspense } from 'react';
import { type AuditSummary, COUNTED_TAU } from '../../audit/creditTable.ts';
import { percent } from '../format.ts';
import { useAudit } from './useAudit.ts';
import { REASON_NAMES, whole } from './words.ts';

const AuditCharts = lazy(() => import('./AuditCharts.tsx'));

const TAU = COUNTED_TAU.toFixed(1);

export function Summary({ summary }: { readonly summary: AuditSummary }) {
  const stale = useAudit((state) => state.recrediting !== null);
  const { failing, corrected } = summary;
  const rate = failing.rates.action[TAU] ?? 0;
  const calls = failing.counts.action;
  return (
    <div className={`audit-summary ${stale ? 'stale' : ''}`} aria-busy={stale}>
      <dl className="audit-cards">
        <Card
          name="rollouts"
          value={whole(summary.rollouts)}
          more={`${whole(summary.outcomes.success)} ✓ successful, ${whole(summary.outcomes.failure)} ✗ failing`}
        />
        <Card name="groups" value={whole(summary.groups)} more={`${whole(summary.mixedGroups)} with successes and failures`} />
        <Card name="failing calls" value={whole(calls)} more={`of ${whole(failing.counts.trajectory)} failing rollouts`} />
        <Card
          name={`misassigned at τ = ${TAU}`}
          value={calls === 0 ? '–' : percent(rate)}
          more={calls === 0 ? 'no failing call' : 'of failing calls, a success made too'}
        />
        <Card name="corrected" value={whole(corrected)} more={calls === 0 ? 'nothing to correct' : `${percent(corrected / calls)} of failing calls`} />
      </dl>
      <Suspense fallback={<p className="loading">Loading the charts…</p>}>
        <AuditCharts summary={summary} />
      </Suspense>
      <div className="audit-tables">
        <ToolTable summary={summary} />
        <ReasonTable summary={summary} />
      </div>
    </div>
  );
}

function Card({ name, value, more }: { readonly name: string; readonly value: string; readonly more: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="audit-value">{value}</dd>
      <dd className="hint">{more}</dd>
    </div>
  );
}

function ToolTable({ summary: { failing } }: { readonly summary: AuditSummary }) {
  const tools = Object.entries(failing.rates.byTool);
  if (tools.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reachable by keyboard
    <section className="table" aria-label="Misassignment by tool" tabIndex={0}>
      <table>
        <caption>Failing calls by tool, and how many of them a success made too</caption>
        <thead>
          <tr>
            <th scope="col">tool</th>
            <th scope="col">calls</th>
            {['0.5', TAU, '0.9'].map((tau) => (
              <th key={tau} scope="col">
                τ = {tau}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tools.map(([tool, rates]) => (
            <tr key={tool}>
              <th scope="row">{tool}</th>
              <td>{whole(failing.counts.byTool[tool] ?? 0)}</td>
              {['0.5', TAU, '0.9'].map((tau) => (
                <td key={tau}>{percent(rates[tau] ?? 0)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function ReasonTable({ summary: { reasons, steps } }: { readonly summary: AuditSummary }) {
  return (
    <section className="table" aria-label="Steps by what happened to them">
      <table>
        <caption>Steps by what happened to their advantage</caption>
        <thead>
          <tr>
            <th scope="col">step</th>
            <th scope="col">steps</th>
            <th scope="col">share</th>
          </tr>
        </thead>
        <tbody>
          {reasons.map(([reason, count]) => (
            <tr key={reason}>
              <th scope="row">{REASON_NAMES[reason]}</th>
              <td>{whole(count)}</td>
              <td>{percent(count / steps)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
