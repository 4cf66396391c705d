// Two settings seed by seed: the mean of the differences, its interval, and in words what that shows.
import { useId, useState } from 'react';
import { intervalScale, type PairedDifference, pairedDifferences, type Setting } from '../../notebook/comparison.ts';
import { IntervalMark } from './IntervalMark.tsx';
import { ScrollFrame } from './ScrollFrame.tsx';
import { seedCount, writtenDifference, writtenDifferenceInterval } from './words.ts';

export function DifferenceTable({ settings }: { readonly settings: readonly Setting[] }) {
  const [chosen, choose] = useState<readonly [string | null, string | null]>([null, null]);
  const baseline = settings.find(({ key }) => key === chosen[1]) ?? settings.find(withoutCredit) ?? settings[0];
  const setting = settings.find(({ key }) => key === chosen[0] && key !== baseline?.key) ?? settings.find(({ key }) => key !== baseline?.key);
  if (!setting || !baseline) return null;
  return (
    <section className="card" aria-label="Paired differences">
      <h3>Seed by seed</h3>
      <div className="comparison-choices">
        <Choice
          label="Setting"
          settings={settings.filter(({ key }) => key !== baseline.key)}
          value={setting.key}
          onChoose={(key) => choose([key, baseline.key])}
        />
        <Choice label="less" settings={settings} value={baseline.key} onChoose={(key) => choose([setting.key, key])} />
      </div>
      <p className="hint">
        Differences {setting.letter} − {baseline.letter} of runs that share a seed, read at the last update that all the paired runs have. A 95 % t interval
        that holds 0 shows no difference; with many measures side by side, one in twenty would leave 0 out by chance alone.
      </p>
      <Differences differences={pairedDifferences(setting, baseline)} letters={`${setting.letter} − ${baseline.letter}`} />
    </section>
  );
}

const withoutCredit = ({ runs }: Setting): boolean => runs[0]?.config.credit.rule === 'none';

interface ChoiceProps {
  readonly label: string;
  readonly settings: readonly Setting[];
  readonly value: string;
  readonly onChoose: (key: string) => void;
}

function Choice({ label, settings, value, onChoose }: ChoiceProps) {
  const id = useId();
  return (
    <span className="comparison-choice">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChoose(event.target.value)}>
        {settings.map(({ key, letter, name }) => (
          <option key={key} value={key}>
            {letter}: {name}
          </option>
        ))}
      </select>
    </span>
  );
}

function Differences({ differences, letters }: { readonly differences: readonly PairedDifference[]; readonly letters: string }) {
  return (
    <ScrollFrame label="Table of paired differences">
      <table className="comparison-table">
        <thead>
          <tr>
            <th scope="col">measure</th>
            <th scope="col">{letters}, mean</th>
            <th scope="col">95 % interval</th>
            <th scope="col">what it shows</th>
          </tr>
        </thead>
        <tbody>
          {differences.map((each) => (
            <tr key={each.measure.title}>
              <th scope="row">{each.measure.title}</th>
              {each.kind === 'unpaired' ? <td colSpan={3}>{VERDICTS.unpaired}</td> : <Difference paired={each} />}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

function Difference({ paired: { kind, measure, difference, seeds, at } }: { readonly paired: Exclude<PairedDifference, { kind: 'unpaired' }> }) {
  const scale = intervalScale([difference], { holding: [0] });
  return (
    <>
      <td data-label="mean">
        <span className="value">{writtenDifference(difference.mean, measure.unit)}</span>
      </td>
      <td data-label="95 %">
        <span className="interval">{writtenDifferenceInterval(difference, measure.unit)}</span>
        {difference.interval && scale && <IntervalMark value={difference} scale={scale} colour="var(--ink-soft)" zero />}
      </td>
      <td data-label="shows">
        <span className={`verdict ${kind}`}>{VERDICTS[kind]}</span>
        <span className="hint">
          {seedCount(seeds.length)} ({seeds.join(', ')}), update {at}
        </span>
      </td>
    </>
  );
}

const VERDICTS: Readonly<Record<PairedDifference['kind'], string>> = {
  open: 'difference includes 0: no difference shown',
  higher: '▲ higher: the interval is above 0',
  lower: '▼ lower: the interval is below 0',
  single: 'one seed: no interval, nothing shown',
  unpaired: 'no seed that both have, or no update at which both have a value',
};
