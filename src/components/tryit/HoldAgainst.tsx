// The chosen policy held against another on the same questions.
import { useId, useState } from 'react';
import { BASE } from '../../train/player/play.ts';
import type { PairedShares } from '../../train/player/shares.ts';
import { useBusy, useTryIt, useTryItActions } from './useTryIt.ts';
import { holdSentence } from './words.ts';

/** The difference on a scale from −100 to +100 points, as the sentence above says it. */
function Difference({ of: { difference, interval } }: { readonly of: PairedShares }) {
  const at = (x: number): number => 50 + 50 * x;
  return (
    <svg className="tryit-difference" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <line x1="0" x2="100" y1="5" y2="5" />
      <line x1="50" x2="50" y1="0" y2="10" />
      <rect x={at(interval[0])} width={at(interval[1]) - at(interval[0])} y="3" height="4" className="span" />
      <rect x={at(difference) - 0.4} width="0.8" y="0" height="10" className="point" />
    </svg>
  );
}

const SIZES = [24, 48, 96, 192] as const;

export function HoldAgainst() {
  const { hold, stop } = useTryItActions();
  const policy = useTryIt((state) => state.policy);
  const others = useTryIt((state) => state.policies).filter(({ name }) => name !== policy);
  const doing = useTryIt((state) => state.doing);
  const held = useTryIt((state) => state.held);
  const busy = useBusy();
  const [chosen, choose] = useState(BASE);
  const [tasks, setTasks] = useState<number>(SIZES[1]);
  const id = useId();
  const against = others.find(({ name }) => name === chosen)?.name ?? others[0]?.name;
  return (
    <section className="tryit-hold" aria-label="Hold against another policy">
      <h3>Hold it against {policy === BASE ? 'another policy' : 'the base policy'}</h3>
      {against === undefined ? (
        <p className="hint">Only the base policy is here. Choose or load a trained one as the policy, then both can be asked the same questions.</p>
      ) : (
        <div className="buttons">
          <label htmlFor={`${id}-against`}>{policy} against</label>
          <select id={`${id}-against`} value={against} disabled={busy} onChange={({ target }) => choose(target.value)}>
            {others.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
          <label htmlFor={`${id}-tasks`}>questions</label>
          <select id={`${id}-tasks`} value={tasks} disabled={busy} onChange={({ target }) => setTasks(Number(target.value))}>
            {SIZES.map((size) => (
              <option key={size}>{size}</option>
            ))}
          </select>
          {doing?.kind === 'hold' ? (
            <>
              <button type="button" onClick={() => void stop()}>
                Stop
              </button>
              <progress max={Math.max(1, doing.total)} value={doing.done} aria-label="Questions played" />
            </>
          ) : (
            <button type="button" disabled={busy} onClick={() => void hold(against, tasks)}>
              Hold against {against}
            </button>
          )}
        </div>
      )}
      <p role="status">{held ? holdSentence(held.comparison, held.result) : ''}</p>
      {held && <Difference of={held.result} />}
    </section>
  );
}
