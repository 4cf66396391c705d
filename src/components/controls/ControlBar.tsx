// The pinned bar: run, pause, step, stop, reset; what runs where; how far it is.
import { differingOptions } from '../../notebook/form.ts';
import { progressOf } from '../../notebook/runs.ts';
import { duration, percent } from '../format.ts';
import { useActions, useNotebook } from '../useNotebook.ts';
import { SaveMenu } from './SaveMenu.tsx';

export function ControlBar() {
  const actions = useActions();
  const { source, run, preparing, playing, recording, backend, spec } = useNotebook((state) => state);
  const live = source === 'live';
  const running = live && run.status === 'running';
  return (
    <section className="bar" aria-label="Training">
      <div className="buttons">
        {running ? (
          <button type="button" className="primary" onClick={() => void actions.pause()}>
            ❚❚ Pause
          </button>
        ) : (
          <button type="button" className="primary" disabled={preparing} onClick={() => void actions.run()}>
            ▶ {!live ? 'Train live' : run.status === 'idle' || run.status === 'finished' ? 'Run' : 'Resume'}
          </button>
        )}
        <button type="button" disabled={preparing || running} onClick={() => void actions.step()}>
          Step
        </button>
        <button type="button" disabled={!running && !playing} onClick={() => void actions.stop()}>
          Stop
        </button>
        <button type="button" disabled={preparing} onClick={() => void actions.reset()}>
          Reset
        </button>
        <button type="button" disabled={!recording} onClick={() => actions.replay()}>
          Play recorded run
        </button>
        {live && <SaveMenu />}
      </div>
      <Progress />
      <p className="where" role="status">
        {preparing
          ? 'Loading the world, the policy and the backend…'
          : live
            ? (backend?.reason ?? '')
            : recording
              ? `Recorded: ${recording.title}`
              : 'Loading a recorded run…'}
      </p>
      {live && run.config && run.status !== 'idle' && differingOptions(spec, run.config).length > 0 && (
        <p className="note warn" role="status">
          The form was changed: this run keeps its own values, Reset starts one with the form’s.
        </p>
      )}
      {live && backend?.software && (
        <p className="note warn" role="alert">
          The WebGPU adapter ({backend.adapter}) is software: the numbers are right, but updates take long. Choose wasm in the form for speed, or the tiny
          setting to see it move.
        </p>
      )}
      {run.error && (
        <p className="note bad" role="alert">
          {run.error}
        </p>
      )}
    </section>
  );
}

function Progress() {
  const run = useNotebook((state) => state.run);
  const live = useNotebook((state) => state.source === 'live');
  const { share, secondsLeft } = progressOf(run);
  const total = run.config?.updates ?? 0;
  const words = run.phase ? ` · ${PHASES[run.phase.phase]}${run.phase.total > 0 ? ` ${run.phase.done}/${run.phase.total}` : ''}` : '';
  const left = live && secondsLeft !== null && run.status !== 'finished' ? ` · about ${duration(secondsLeft)} left` : '';
  return (
    <div className="progress">
      <progress max={1} value={share} aria-label="Progress of the run" />
      <span>
        {total === 0 ? 'no run yet' : `update ${run.update} of ${total} (${percent(share, 0)})${live ? ` · ${STATUS[run.status]}` : ''}${words}${left}`}
      </span>
    </div>
  );
}

const PHASES = { evaluate: 'evaluating', rollout: 'collecting rollouts', credit: 'assigning credit', update: 'updating the policy' } as const;
const STATUS = { idle: 'ready', running: 'running', paused: 'paused', stopped: 'stopped, everything kept', finished: 'finished' } as const;
