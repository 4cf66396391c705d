// One run of an experiment in a line: what it is, how far it is, and the button that goes on with it.
import type { RunReference } from '../../notebook/cells/cellValue.ts';
import { hasData } from '../../notebook/runEntry.ts';
import { trainConfig } from '../../train/config.ts';
import { percent } from '../format.ts';
import { useActions, useNotebook } from '../useNotebook.ts';

export function RunLine({ reference, named }: { readonly reference: RunReference; readonly named: boolean }) {
  const actions = useActions();
  const entry = useNotebook(({ runs }) => runs[reference.key]);
  const focused = useNotebook(({ focus }) => focus?.key === reference.key);
  const preparing = useNotebook((state) => state.preparing !== null);
  const { algorithm, credit, seed, updates } = trainConfig(reference.spec);
  const running = entry?.source === 'live' && entry.state.status === 'running';
  const sampled = entry?.state.evaluations.at(-1)?.sampled;
  return (
    <li className={focused ? 'run-line focused' : 'run-line'}>
      <span className="run-name">
        {algorithm.toUpperCase()}, credit {credit.rule}
        {named ? `, seed ${seed}` : ''}
      </span>
      <span className="hint">
        {entry && hasData(entry)
          ? `${SOURCES[entry.source]}, update ${entry.state.update} of ${updates}${sampled === undefined ? '' : `, validation ${percent(sampled, 0)}`}`
          : 'not run yet'}
      </span>
      {running ? (
        <button type="button" onClick={() => void actions.pause()}>
          ❚❚ Pause
        </button>
      ) : (
        <button type="button" disabled={preparing} onClick={() => void actions.run(reference)}>
          ▶ {entry?.source === 'live' && entry.state.status !== 'finished' ? 'Go on' : 'Train live'}
        </button>
      )}
    </li>
  );
}

const SOURCES = { none: 'not run yet', recorded: 'recorded', live: 'live in this page', saved: 'from your library' } as const;
