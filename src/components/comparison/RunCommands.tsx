// The command that repeats each compared run.
import type { Setting } from '../../notebook/comparison.ts';
import { CopyButton } from './CopyButton.tsx';

export function RunCommands({ settings }: { readonly settings: readonly Setting[] }) {
  const all = settings.flatMap(({ runs }) => runs.map(({ command }) => command));
  return (
    <section className="card" aria-label="Commands">
      <div className="comparison-title">
        <h3>To repeat them</h3>
        <CopyButton text={`${all.join('\n')}\n`} what="commands of all runs">
          copy all
        </CopyButton>
      </div>
      {settings.map(({ key, letter, name, runs }) => (
        <details key={key}>
          <summary>
            <b>{letter}</b> {name}
          </summary>
          <ul className="commands">
            {runs.map(({ seed, name: run, command, state }) => (
              <li key={seed}>
                <span className="hint">
                  seed {seed}: {run}, {state.update} of {state.config?.updates ?? 0} updates
                </span>
                <CopyButton text={command} what={`the command of setting ${letter}, seed ${seed}`} />
                <code>{command}</code>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  );
}
