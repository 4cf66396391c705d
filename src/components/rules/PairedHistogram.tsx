// Steps by advantage under both rules: the first one's bars upwards, the second one's downwards, on one axis.
import { useState } from 'react';
import { RULE_WORDS, type RuleName } from '../../notebook/rules/ruleNames.ts';
import { HISTOGRAM_EDGES } from '../../train/metrics.ts';
import { signed } from '../format.ts';

interface PairedHistogramProps {
  readonly histograms: readonly [readonly number[], readonly number[]];
  readonly rules: readonly [RuleName, RuleName];
}

const [WIDTH, HALF] = [420, 62];

export function PairedHistogram({ histograms: [first, second], rules }: PairedHistogramProps) {
  const [asTable, setAsTable] = useState(false);
  const most = Math.max(1, ...first, ...second);
  const width = WIDTH / first.length;
  const height = (steps: number): number => (steps === 0 ? 0 : Math.max(2, ((HALF - 4) * steps) / most));
  const names = rules.map((rule) => RULE_WORDS[rule].label);
  return (
    <figure className="paired">
      <div className="small-head">
        <h3>Steps by advantage</h3>
        <button type="button" className="quiet" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? 'chart' : 'table'}
        </button>
      </div>
      {asTable ? (
        <Bins first={first} second={second} names={names} />
      ) : (
        <svg viewBox={`0 0 ${WIDTH} ${2 * HALF + 14}`} role="img" aria-label={`Histogram of advantages: ${names[0]} upwards, ${names[1]} downwards`}>
          {first.map((steps, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
            <rect key={i} className="first" x={i * width + 1} width={width - 2} y={HALF - height(steps)} height={height(steps)} />
          ))}
          {second.map((steps, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
            <rect key={i} className="second" x={i * width + 1} width={width - 2} y={HALF + 14} height={height(steps)} />
          ))}
          {[-3, -2, -1, 0, 1, 2, 3].map((tick) => (
            <text key={tick} x={Math.min(WIDTH - 9, Math.max(9, (WIDTH * (tick + 3)) / 6))} y={HALF + 11} textAnchor="middle">
              {tick === 0 ? '0' : signed(tick, 0)}
            </text>
          ))}
        </svg>
      )}
      <figcaption className="hint">
        {names[0]} upwards, {names[1]} downwards.
      </figcaption>
    </figure>
  );
}

function Bins({ first, second, names }: { readonly first: readonly number[]; readonly second: readonly number[]; readonly names: readonly string[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
    <section className="table" tabIndex={0} aria-label="Steps by advantage, as a table">
      <table>
        <thead>
          <tr>
            <th scope="col">advantage</th>
            {names.map((name, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: there are two places
              <th scope="col" key={i}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {first.map((steps, i) =>
            steps + (second[i] ?? 0) === 0 ? null : (
              <tr key={HISTOGRAM_EDGES[i]}>
                <td>
                  {signed(HISTOGRAM_EDGES[i] ?? 0, 1)} to {signed(HISTOGRAM_EDGES[i + 1] ?? 0, 1)}
                </td>
                <td>{steps}</td>
                <td>{second[i]}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </section>
  );
}
