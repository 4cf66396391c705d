// What tool calls are truly worth, and how every credit rule fares against that.
import { useId, useState } from 'react';
import type { RunReference } from '../../notebook/cells/cellValue.ts';
import type { TruthEntry } from '../../notebook/state.ts';
import { trainConfig } from '../../train/config.ts';
import type { ComparedRule, TruthReport } from '../../train/creditComparison.ts';
import { count, percent } from '../format.ts';
import { useActions, useNotebook } from '../useNotebook.ts';
import { useTruths } from '../useTruths.ts';
import { CallList } from './CallList.tsx';
import { RuleTable } from './RuleTable.tsx';
import { type SignCell, SignTable } from './SignTable.tsx';

export default function TruthPanel() {
  const run = useNotebook((state) => state.focus); // whose policy is judged when calls are re-rolled here
  const truths = useTruths(trainConfig(run?.spec ?? {}).benchmark);
  const [chosen, choose] = useState<TruthEntry | null>(null);
  const shown = truths.find((entry) => entry === chosen) ?? truths[truths.length - 1] ?? null;
  return (
    <section className="card truth-panel" aria-label="True values of tool calls">
      <h2>What the calls are truly worth</h2>
      <p className="hint">
        The tools are deterministic, so the world can be put back to the moment before a call, and to the moment after it, and the same policy can play on from
        both, many times. The difference in success is the call’s true value Δ. A call is <b>helpful</b> or <b>harmful</b> where |Δ| exceeds two standard
        errors, else <b>unresolved</b>. No training system knows this; here every credit rule is judged by it.
      </p>
      {run && <Estimator run={run} onStart={() => choose(null)} />}
      {truths.length > 1 && (
        <nav className="buttons" aria-label="Whose calls">
          {truths.map((entry) => (
            <button type="button" key={entry.title} aria-pressed={entry === shown} onClick={() => choose(entry)}>
              {entry.title}
            </button>
          ))}
        </nav>
      )}
      {shown && <Report key={shown.title} entry={shown} />}
    </section>
  );
}

function Estimator({ run, onStart }: { readonly run: RunReference; readonly onStart: () => void }) {
  const { estimateTruth, stopTruth } = useActions();
  const valuing = useNotebook(({ runs }) => runs[run.key]?.state.valuing ?? null);
  const busy = useNotebook(
    ({ preparing, runs }) => preparing !== null || Object.values(runs).some(({ source, state }) => source === 'live' && state.status === 'running'),
  );
  const [calls, setCalls] = useState(40);
  const [continuations, setContinuations] = useState(32);
  const id = useId();
  return (
    <div className="estimator buttons">
      <label htmlFor={`${id}-calls`}>calls (in whole prompts)</label>
      <input
        id={`${id}-calls`}
        type="number"
        min={1}
        max={2000}
        value={calls}
        onChange={(event) => setCalls(within(event.target.valueAsNumber, 1, 2000, calls))}
      />
      <label htmlFor={`${id}-continuations`}>continuations from each state</label>
      <input
        id={`${id}-continuations`}
        type="number"
        min={2}
        max={256}
        value={continuations}
        onChange={(event) => setContinuations(within(event.target.valueAsNumber, 2, 256, continuations))}
      />
      {valuing ? (
        <>
          <button type="button" onClick={() => void stopTruth()}>
            Stop re-rolling
          </button>
          <progress max={valuing.total} value={Math.min(valuing.done, valuing.total)} aria-label="Progress of re-rolling" />
          <span className="hint">
            {valuing.phase}: {valuing.done} of {valuing.total}
          </span>
        </>
      ) : (
        <button
          type="button"
          disabled={busy}
          title={busy ? 'pause the training first: the policy must stay as it is' : undefined}
          onClick={() => {
            onStart();
            void estimateTruth(run, { calls, continuations });
          }}
        >
          Re-roll with the policy of this page
        </button>
      )}
    </div>
  );
}

function Report({ entry: { report, command } }: { readonly entry: TruthEntry }) {
  const [rule, setRule] = useState<ComparedRule>('tapo');
  const [cell, setCell] = useState<SignCell | null>(null);
  const { all, failing } = report.labels;
  const total = all.helpful + all.harmful + all.unresolved;
  return (
    <>
      <p>
        {count(total, 'call')} of {count(report.groups, 'prompt')} with mixed outcomes, {report.continuations} continuations from each state: {all.helpful}{' '}
        helpful, {all.harmful} harmful, {all.unresolved} unresolved ({percent(total === 0 ? 0 : all.unresolved / total, 0)}). Of the calls of failing rollouts,{' '}
        {failing.helpful} helped, {failing.harmful} harmed, {failing.unresolved} are unresolved.
      </p>
      <RuleTable rules={report.rules} chosen={rule} onChoose={setRule} />
      <Witnesses witnesses={report.witnesses} />
      <SignTable report={report} rule={rule} chosen={cell} onChoose={setCell} />
      {cell && <CallList report={report} rule={rule} cell={cell} />}
      {command && (
        <p className="hint">
          Recorded with <code>{command}</code>
        </p>
      )}
    </>
  );
}

function Witnesses({ witnesses }: { readonly witnesses: TruthReport['witnesses'] }) {
  const shown = (['earned', 'routine', 'lucky'] as const).map((kind) => {
    const { helpful, harmful, unresolved } = witnesses[kind];
    return { kind, helpful, harmful, all: helpful + harmful + unresolved };
  });
  if (shown.every(({ all }) => all === 0)) return null;
  return (
    <div>
      <p>TAPO’s corrections, by how the witness’s rollout came to succeed:</p>
      <ul className="witness-kinds">
        {shown.map(({ kind, all, helpful, harmful }) => (
          <li key={kind}>
            <b>
              {all} by {kind} successes
            </b>{' '}
            ({KINDS[kind]}): {helpful} of the corrected calls truly helped, {harmful} harmed
          </li>
        ))}
      </ul>
    </div>
  );
}

const KINDS = {
  earned: 'a call of it helped',
  routine: 'no call stands out, and the policy was mostly right from there',
  lucky: 'right, though no call helped and the policy was mostly wrong from there',
} as const;

function within(value: number, low: number, high: number, otherwise: number): number {
  return Number.isFinite(value) ? Math.min(high, Math.max(low, Math.round(value))) : otherwise;
}
