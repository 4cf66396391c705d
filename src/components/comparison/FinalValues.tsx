// The final table: every measure of every setting, mean and 95 % interval over its seeds.
import { type FinalRow, finalTable, intervalScale, MEASURES, type Setting } from '../../notebook/comparison.ts';
import { colourOf } from './colourOf.ts';
import { IntervalMark } from './IntervalMark.tsx';
import { ScrollFrame } from './ScrollFrame.tsx';
import { written, writtenInterval } from './words.ts';

export function FinalValues({ settings }: { readonly settings: readonly Setting[] }) {
  const rows = finalTable(settings);
  return (
    <section className="card" aria-label="Where the runs end">
      <h3>Where the runs end</h3>
      <p className="hint">
        Mean and 95 % t interval over the seeds; each setting is read at the last update that all of its own seeds have, which may differ from setting to
        setting. The table below it reads both sides at the same update.
      </p>
      <ScrollFrame label="Final table">
        <table className="comparison-table">
          <thead>
            <tr>
              <th scope="col">measure</th>
              {rows.map(({ setting: { key, letter, name } }) => (
                <th scope="col" key={key}>
                  {letter} <span className="setting-name">{name}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {MEASURES.map((measure, index) => (
              <tr key={measure.title}>
                <th scope="row">
                  {measure.title}
                  <span className="hint">{measure.meaning}</span>
                </th>
                <Cells index={index} rows={rows} />
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
    </section>
  );
}

/** A measure's cells; they share one scale, so that marks in a row can be held against each other. */
function Cells({ index, rows }: { readonly index: number; readonly rows: readonly FinalRow[] }) {
  const { unit } = MEASURES[index] as (typeof MEASURES)[number];
  const values = rows.map((row) => row.values[index] ?? null);
  const scale = intervalScale(values, unit === 'share' ? { bounds: [0, 1] } : {});
  return rows.map(({ setting }, at) => {
    const value = values[at];
    return (
      <td key={setting.key} data-label={setting.letter}>
        {value && scale ? (
          <>
            <span className="value">{written(value.mean, unit)}</span> <span className="interval">{writtenInterval(value, unit)}</span>
            <IntervalMark value={value} scale={scale} colour={colourOf(at)} />
            <span className="hint">
              N = {value.n}, update {value.at}
            </span>
          </>
        ) : (
          <span className="hint">no value yet</span>
        )}
      </td>
    );
  });
}
