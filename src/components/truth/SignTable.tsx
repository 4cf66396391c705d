// True label against assigned sign under one rule; a number leads to its calls.
import type { ComparedRule, TruthReport } from '../../train/creditComparison.ts';

export interface SignCell {
  readonly sign: 'negative' | 'zero' | 'positive';
  readonly label: 'helpful' | 'harmful' | 'unresolved';
}

interface SignTableProps {
  readonly report: TruthReport;
  readonly rule: ComparedRule;
  readonly chosen: SignCell | null;
  readonly onChoose: (cell: SignCell | null) => void;
}

const SIGNS = [
  ['negative', '− punished'],
  ['zero', '0 neither'],
  ['positive', '+ rewarded'],
] as const;
const LABELS = ['helpful', 'harmful', 'unresolved'] as const;

export function SignTable({ report, rule, chosen, onChoose }: SignTableProps) {
  const signs = report.rules.find((each) => each.rule === rule)?.signs;
  if (!signs) return null;
  return (
    <div className="sign-table-frame">
      <table className="sign-table">
        <caption>
          True value against assigned sign, rule <b>{rule}</b>; choose a number to see its calls
        </caption>
        <thead>
          <tr>
            <th scope="col">assigned</th>
            {LABELS.map((label) => (
              <th scope="col" key={label}>
                truly {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {SIGNS.map(([sign, title]) => (
            <tr key={sign}>
              <th scope="row">{title}</th>
              {LABELS.map((label) => {
                const pressed = chosen?.sign === sign && chosen.label === label;
                return (
                  <td key={label}>
                    <button
                      type="button"
                      className={fault(sign, label)}
                      aria-pressed={pressed}
                      aria-label={`${signs[sign][label]} ${label} calls ${title.slice(2)}`}
                      disabled={signs[sign][label] === 0}
                      onClick={() => onChoose(pressed ? null : { sign, label })}
                    >
                      {signs[sign][label]}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Where the sign is the opposite of the truth, and where it is the truth. */
function fault(sign: SignCell['sign'], label: SignCell['label']): string {
  if (label === 'unresolved' || sign === 'zero') return '';
  return (sign === 'positive') === (label === 'helpful') ? 'right' : 'wrong';
}
