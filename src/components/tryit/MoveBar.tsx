// What can be done next.
import type { Attempt } from '../../notebook/attempts.ts';
import { useBusy, useTryIt, useTryItActions } from './useTryIt.ts';

export function MoveBar({ attempt }: { readonly attempt: Attempt }) {
  const actions = useTryItActions();
  const doing = useTryIt((state) => state.doing);
  const planned = useTryIt(({ own }) => own !== null);
  const busy = useBusy();
  const over = attempt.view.end !== null;
  const watching = doing?.kind === 'watch';
  return (
    <section className="tryit-moves" aria-label="What to do next">
      <div className="buttons">
        <button type="button" className="primary" disabled={over || busy} aria-keyshortcuts="Space" onClick={() => void actions.token()}>
          Token
        </button>
        <button type="button" disabled={over || busy} aria-keyshortcuts="Enter" onClick={() => void actions.turn()}>
          Turn
        </button>
        {watching ? (
          <button type="button" aria-keyshortcuts="w" onClick={() => void actions.stop()}>
            ❚❚ Pause
          </button>
        ) : (
          <button type="button" disabled={over || busy} aria-keyshortcuts="w" onClick={() => void actions.watch()}>
            ▶ Watch
          </button>
        )}
        <button type="button" disabled={over || busy} aria-keyshortcuts="f" onClick={() => void actions.finish()}>
          Finish
        </button>
        {doing && ['finish', 'reroll'].includes(doing.kind) && (
          <button type="button" aria-keyshortcuts="x" onClick={() => void actions.stop()}>
            Stop
          </button>
        )}
        {doing && ['token', 'turn', 'finish', 'own'].includes(doing.kind) && <span className="hint tryit-working">working…</span>}
        {doing?.kind === 'reroll' && <progress max={Math.max(1, doing.total)} value={doing.done} aria-label="Continuations played" />}
      </div>
      <div className="buttons">
        <button type="button" disabled={busy} aria-keyshortcuts="a" onClick={() => void actions.again()}>
          Again with another seed
        </button>
        <button type="button" disabled={over || busy} aria-keyshortcuts="r" onClick={() => void actions.reroll(null, 16)}>
          Re-roll ×16 from here
        </button>
        <button type="button" disabled={over || busy} aria-pressed={planned} aria-keyshortcuts="p" onClick={() => actions.plan(planned ? null : {})}>
          Play this turn myself
        </button>
      </div>
    </section>
  );
}
