// The options that differ among the compared settings, and nothing else.
import { type Setting, settingDifferences } from '../../notebook/comparison.ts';
import { ScrollFrame } from './ScrollFrame.tsx';
import { seedCount } from './words.ts';

export function OptionDifferences({ settings }: { readonly settings: readonly Setting[] }) {
  const differences = settingDifferences(settings);
  return (
    <section className="card" aria-label="Differing options">
      <h3>What sets them apart</h3>
      {differences.length === 0 && <p className="hint">The runs differ in nothing but the seed.</p>}
      <ScrollFrame label="Table of differing options">
        <table className="comparison-table">
          <thead>
            <tr>
              <th scope="col">option</th>
              {settings.map(({ key, letter }) => (
                <th scope="col" key={key}>
                  {letter}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {differences.map(({ option, values }) => (
              <tr key={option.path}>
                <th scope="row">
                  {option.label}
                  <span className="hint">
                    <code>--{option.flag}</code>
                  </span>
                </th>
                {settings.map(({ key, letter }, at) => (
                  <td key={key} data-label={letter}>
                    {values[at]}
                  </td>
                ))}
              </tr>
            ))}
            <tr>
              <th scope="row">Seeds</th>
              {settings.map(({ key, letter, runs, repeats }) => (
                <td key={key} data-label={letter}>
                  {runs.map(({ seed }) => seed).join(', ')}
                  <span className="hint">
                    {seedCount(runs.length)}
                    {repeats > 0 && `; ${repeats} further ${repeats === 1 ? 'run repeats a seed and is' : 'runs repeat a seed and are'} left out`}
                  </span>
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </ScrollFrame>
    </section>
  );
}
