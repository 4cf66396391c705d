// The pinned bar: run, pause, step, stop, reset of the run in focus; what runs where; how far it is.
import type { RunEntry } from '../../notebook/runEntry.ts';
import { progressOf } from '../../notebook/runs.ts';
import { duration, percent } from '../format.ts';
import { useActions, useNotebook } from '../useNotebook.ts';
import { SaveMenu } from './SaveMenu.tsx';

export function ControlBar() {
  const actions = useActions();
  const focus = useNotebook((state) => state.focus);
  const entry = useNotebook(({ runs, focus }) => (focus ? runs[focus.key] : undefined));
  const { preparing, backend, unresponsive, hidden, locked } = useNotebook((state) => state);
  if (!focus || hidden.includes('bar')) return null;
  const live = entry?.source === 'live';
  const status = entry?.state.status ?? 'idle';
  const running = live && status === 'running';
  const busy = preparing !== null;
  const shut = locked.includes('bar');
  return (
    <section className="bar" aria-label="Training">
      <div className="buttons">
        {running ? (
          <button type="button" className="primary" onClick={() => void actions.pause()}>
            ❚❚ Pause
          </button>
        ) : (
          <button type="button" className="primary" disabled={busy || shut} onClick={() => void actions.runFocus()}>
            ▶ {!live ? 'Train live' : status === 'idle' || status === 'finished' ? 'Run' : 'Resume'}
          </button>
        )}
        <button type="button" disabled={busy || running || shut} onClick={() => void actions.runFocus(1)}>
          Step
        </button>
        {unresponsive ? (
          <button type="button" className="bad" onClick={() => actions.end()} title="Ends the worker; the last checkpoint is kept">
            End it now
          </button>
        ) : (
          <button type="button" disabled={!running && !entry?.playing} onClick={() => (entry?.playing ? actions.halt(focus.key) : void actions.stop())}>
            Stop
          </button>
        )}
        <button type="button" disabled={busy || shut} onClick={() => void actions.resetFocus()}>
          Reset
        </button>
        <button type="button" disabled={!entry?.recording} onClick={() => actions.replay(focus.key)}>
          Play recorded run
        </button>
        {live && <SaveMenu entry={entry} />}
      </div>
      {entry && <Progress entry={entry} />}
      <p className="where" role="status">
        {busy
          ? 'Loading the world, the policy and the backend…'
          : live
            ? (backend?.reason ?? '')
            : entry?.source === 'recorded'
              ? `Recorded: ${entry.name}`
              : ''}
      </p>
      {live && backend?.software && (
        <p className="note warn" role="alert">
          The WebGPU adapter ({backend.adapter}) is software: the numbers are right, but updates take long. Choose wasm in the form for speed, or the tiny
          setting to see it move.
        </p>
      )}
      {entry?.state.error && (
        <p className="note bad" role="alert">
          {entry.state.error}
        </p>
      )}
      {entry?.state.toolFaults && (
        <p className="note warn" role="alert">
          {entry.state.toolFaults.count === 1 ? 'A call' : `${entry.state.toolFaults.count} calls`} of the run’s own tools failed; rollouts that met this are
          left out and train nothing. The newest: {entry.state.toolFaults.newest}
        </p>
      )}
    </section>
  );
}

function Progress({ entry: { source, state } }: { readonly entry: RunEntry }) {
  const live = source === 'live';
  const { share, secondsLeft } = progressOf(state);
  const total = state.config?.updates ?? 0;
  const words = state.phase ? ` · ${PHASES[state.phase.phase]}${state.phase.total > 0 ? ` ${state.phase.done}/${state.phase.total}` : ''}` : '';
  const left = live && secondsLeft !== null && state.status !== 'finished' ? ` · about ${duration(secondsLeft)} left` : '';
  return (
    <div className="progress">
      <progress max={1} value={share} aria-label="Progress of the run" />
      <span>
        {total === 0 ? 'not run yet' : `update ${state.update} of ${total} (${percent(share, 0)})${live ? ` · ${STATUS[state.status]}` : ''}${words}${left}`}
      </span>
    </div>
  );
}

const PHASES = { evaluate: 'evaluating', rollout: 'collecting rollouts', credit: 'assigning credit', update: 'updating the policy' } as const;
const STATUS = { idle: 'ready', running: 'running', paused: 'paused', stopped: 'stopped, everything kept', finished: 'finished' } as const;
