// How far a play is, what was dropped, and the button that ends it.
import { count } from '../format.ts';
import { useChat, useChatActions } from './useChat.ts';

export function ChatProgressLine() {
  const { stop } = useChatActions();
  const stage = useChat((state) => state.stage);
  if (stage.kind !== 'testing' && stage.kind !== 'playing') return null;
  const progress = stage.kind === 'playing' ? stage.progress : null;
  return (
    <div className="chat-progress">
      <progress aria-label="Rollouts played" {...(progress ? { value: progress.done, max: progress.total } : {})} />
      <span role="status">
        {stage.kind === 'testing'
          ? 'Asking the first question…'
          : !progress
            ? 'Loading the questions and asking…'
            : `${progress.done} of ${progress.total} rollouts played, ${progress.correct} right, ${progress.dropped} dropped; ${count(progress.turns, 'answer')} of the model so far`}
      </span>
      <button type="button" disabled={stage.kind === 'playing' && stage.stopping} onClick={() => void stop()}>
        Stop
      </button>
      {progress?.fault && <p className="hint fault">Dropped last: {progress.fault}</p>}
    </div>
  );
}
