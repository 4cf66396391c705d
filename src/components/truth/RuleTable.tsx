// Every credit rule's judgement, with 95 % intervals drawn and written.
import type { ComparedRule, Estimate, RuleReport } from '../../train/creditComparison.ts';

interface RuleTableProps {
  readonly rules: readonly RuleReport[];
  readonly chosen: ComparedRule;
  readonly onChoose: (rule: ComparedRule) => void;
}

export function RuleTable({ rules, chosen, onChoose }: RuleTableProps) {
  return (
    <div className="rule-table">
      <table>
        <caption className="unseen">Credit rules judged by true values, with 95 % bootstrap intervals over prompts</caption>
        <thead>
          <tr>
            <th scope="col">rule</th>
            {COLUMNS.map(({ name, title, meaning }) => (
              <th scope="col" key={name} title={meaning}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rules.map(({ rule, judgement }) => (
            <tr key={rule} className={rule === chosen ? 'chosen' : ''}>
              <th scope="row">
                <button type="button" className="link" aria-pressed={rule === chosen} onClick={() => onChoose(rule)}>
                  {rule}
                </button>
              </th>
              {COLUMNS.map(({ name, range }) => (
                <td key={name}>
                  <Value estimate={judgement[name]} range={range} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <dl className="hint">
        {COLUMNS.map(({ name, title, meaning }) => (
          <div key={name}>
            <dt>{title}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

interface Column {
  readonly name: keyof RuleReport['judgement'];
  readonly title: string;
  readonly meaning: string;
  /** Ends of the scale that the interval is drawn on. */
  readonly range: readonly [number, number];
}

const COLUMNS: readonly Column[] = [
  { name: 'rightSign', title: 'right sign', meaning: 'resolved calls whose advantage has the sign of Δ', range: [0, 1] },
  { name: 'wrongSign', title: 'wrong sign', meaning: 'resolved calls whose advantage has the opposite sign; 0 is neither', range: [0, 1] },
  { name: 'precision', title: 'precision', meaning: 'corrected calls that truly helped, of the resolved ones', range: [0, 1] },
  { name: 'recall', title: 'recall', meaning: 'helpful calls of failing rollouts that were corrected', range: [0, 1] },
  { name: 'bias', title: 'bias', meaning: 'mean of advantage · (std + ε) − Δ, in units of reward', range: [-0.5, 0.5] },
  { name: 'variance', title: 'variance', meaning: 'variance of the same, less what Δ’s own error brings', range: [0, 0.6] },
];

function Value({ estimate: { value, interval }, range: [low, high] }: { readonly estimate: Estimate; readonly range: Column['range'] }) {
  if (value === null) return <span className="hint">nothing to count</span>;
  const isShare = low === 0 && high === 1;
  const text = (x: number): string => (isShare ? String(Math.round(100 * x)) : x.toFixed(2).replace('-', '−'));
  const at = (x: number): number => (100 * (Math.min(high, Math.max(low, x)) - low)) / (high - low);
  return (
    <>
      <span className="value">
        {text(value)}
        {isShare && ' %'}
      </span>{' '}
      {interval && (
        <span className="interval">
          [{text(interval[0])}, {text(interval[1])}]
        </span>
      )}
      <svg className="interval-mark" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <line x1="0" x2="100" y1="4" y2="4" className="scale" />
        {low < 0 && <line x1={at(0)} x2={at(0)} y1="0" y2="8" className="scale" />}
        {interval && <rect x={at(interval[0])} width={Math.max(1, at(interval[1]) - at(interval[0]))} y="2.5" height="3" className="span" />}
        <rect x={at(value) - 1} width="2" y="0" height="8" className="point" />
      </svg>
    </>
  );
}
