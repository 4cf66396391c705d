// How one question fared through training: success, reward, correction and calls, side by side on one axis of updates.
import { useState } from 'react';
import type { QuestionPoint } from '../../notebook/question/followed.ts';
import { percent } from '../format.ts';
import { SmallChart, type SmallSeries } from './SmallChart.tsx';

interface QuestionChartsProps {
  readonly points: readonly QuestionPoint[];
  readonly tools: readonly string[];
  readonly at: number;
}

const COLOURS = ['var(--series-1)', 'var(--series-2)', 'var(--series-3)', 'var(--series-4)', 'var(--series-5)'];
const whole = (x: number): string => percent(x, 0);
const two = (x: number): string => x.toFixed(2).replace('-', '−');

export function QuestionCharts({ points, tools, at }: QuestionChartsProps) {
  const [asTable, setAsTable] = useState(false);
  const updates = points.map(({ update }) => update);
  const rewards = points.map(({ reward }) => reward);
  const calls = tools.map(
    (tool, i): SmallSeries => ({
      name: toolWord(tool),
      values: points.map((point) => point.calls[tool] ?? 0),
      colour: COLOURS[i % COLOURS.length] ?? '',
      dashed: i === 1,
    }),
  );
  const mostCalls = Math.max(1, ...calls.flatMap(({ values }) => values.map((value) => value ?? 0)));
  return (
    <section className="question-charts" aria-label="Through training">
      <button type="button" className="quiet" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
        {asTable ? 'charts' : 'table'}
      </button>
      {asTable ? (
        <PointTable points={points} tools={tools} />
      ) : (
        <div className="small-charts">
          <SmallChart
            title="Success"
            updates={updates}
            series={[{ name: 'right', values: points.map(({ success }) => success), colour: 'var(--series-1)' }]}
            most={1}
            at={at}
            format={whole}
          />
          <SmallChart
            title="Mean reward"
            updates={updates}
            series={[{ name: 'reward', values: rewards, colour: 'var(--series-4)' }]}
            most={Math.max(1, ...rewards)}
            at={at}
            format={two}
          />
          <SmallChart
            title="Failing calls corrected"
            updates={updates}
            series={[{ name: 'corrected', values: points.map(({ corrected }) => corrected), colour: 'var(--series-3)' }]}
            most={1}
            at={at}
            format={whole}
          />
          <SmallChart title="Calls a rollout" updates={updates} series={calls} most={mostCalls} at={at} format={two} />
        </div>
      )}
    </section>
  );
}

function PointTable({ points, tools }: Pick<QuestionChartsProps, 'points' | 'tools'>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
    <section className="table" tabIndex={0} aria-label="The question by update, as a table">
      <table>
        <thead>
          <tr>
            {['update', 'right', 'mean reward', 'failing calls corrected', ...tools.map(toolWord)].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map(({ update, success, reward, corrected, calls }) => (
            <tr key={update}>
              <td>{update}</td>
              <td>{whole(success)}</td>
              <td>{two(reward)}</td>
              <td>{corrected === null ? '–' : whole(corrected)}</td>
              {tools.map((tool) => (
                <td key={tool}>{two(calls[tool] ?? 0)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** "image_zoom_in_tool" → "image zoom in" */
function toolWord(name: string): string {
  return name.replace(/_tool$/, '').replaceAll('_', ' ');
}
