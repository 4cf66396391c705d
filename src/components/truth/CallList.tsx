// The calls behind a number of the sign table.
import type { CallReport, ComparedRule, TruthReport } from '../../train/creditComparison.ts';
import { count, percent, signed } from '../format.ts';
import type { SignCell } from './SignTable.tsx';

/** Calls listed at most. */
const LISTED = 60;

interface CallListProps {
  readonly report: TruthReport;
  readonly rule: ComparedRule;
  readonly cell: SignCell;
}

export function CallList({ report, rule, cell }: CallListProps) {
  const calls = report.calls.filter((call) => call.label === cell.label && signOf(call.assigned[rule]) === cell.sign);
  return (
    <section className="table call-list" aria-label="Calls behind the number" tabIndex={-1}>
      <table>
        <caption className="unseen">Calls that were truly {cell.label}</caption>
        <thead>
          <tr>
            <th scope="col">question</th>
            <th scope="col">rollout, step</th>
            <th scope="col">what the policy wrote</th>
            <th scope="col">success before → after</th>
            <th scope="col">Δ ± SE</th>
            <th scope="col">A → {rule}</th>
          </tr>
        </thead>
        <tbody>
          {calls.slice(0, LISTED).map((call) => (
            <Row key={`${call.rollout} ${call.step}`} call={call} rule={rule} />
          ))}
        </tbody>
      </table>
      {calls.length > LISTED && <p className="hint">and {count(calls.length - LISTED, 'more call')}</p>}
    </section>
  );
}

function Row({ call, rule }: { readonly call: CallReport; readonly rule: ComparedRule }) {
  return (
    <tr>
      <td>{call.question}</td>
      <td>
        {Number(call.rollout.split('/').at(-1)) + 1}, {call.step + 1} {call.failing ? '✗' : '✓'}
      </td>
      <td className="written">{call.text}</td>
      <td>
        {percent(call.successBefore, 0)} → {percent(call.successAfter, 0)}
      </td>
      <td>
        {signed(call.delta)} ± {call.standardError.toFixed(2)}
      </td>
      <td>
        {signed(call.assigned.none)} → {signed(call.assigned[rule])}
      </td>
    </tr>
  );
}

function signOf(advantage: number): SignCell['sign'] {
  if (Math.abs(advantage) < 1e-9) return 'zero';
  return advantage < 0 ? 'negative' : 'positive';
}
