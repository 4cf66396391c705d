// Try it: one question, any policy, token by token; the reader may take the pen, go back, and hold policies against each other.
import { useEffect, useRef } from 'react';
import type { TryItStore } from '../../notebook/tryIt.ts';
import type { BenchmarkName } from '../../train/config.ts';
import '../styles/tryit.css';
import { Chooser } from './Chooser.tsx';
import { Desk } from './Desk.tsx';
import { HoldAgainst } from './HoldAgainst.tsx';
import { KeyList } from './KeyList.tsx';
import { TryItContext, useTryIt, useTryItActions } from './useTryIt.ts';
import { useTryItKeys } from './useTryItKeys.ts';

interface TryItViewProps {
  readonly tryIt: TryItStore;
  readonly benchmark: BenchmarkName;
  readonly onBenchmark: (benchmark: BenchmarkName) => void;
}

export function TryItView({ tryIt, ...choice }: TryItViewProps) {
  return (
    <TryItContext value={tryIt}>
      <Region {...choice} />
    </TryItContext>
  );
}

function Region(choice: Omit<TryItViewProps, 'tryIt'>) {
  const region = useRef<HTMLElement>(null);
  const { open } = useTryItActions();
  const ready = useTryIt(({ client }) => client !== null);
  const onKeyDown = useTryItKeys();
  useEffect(() => {
    const element = region.current;
    if (!element) return;
    const observer = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && void open());
    observer.observe(element);
    return () => observer.disconnect();
  }, [open]);
  return (
    <section className="card tryit" aria-label="Try it" ref={region} onKeyDown={onKeyDown}>
      <h2>Try it</h2>
      <p className="hint">
        Watch a policy write, token by token, and see what else it might have written. Put another token in its place, play a turn yourself, or let it go on
        from the same place many times. The line below a token is how likely it was, a tint says that it was little to be expected, ✎ marks yours.
      </p>
      {ready ? (
        <>
          <Chooser {...choice} />
          <Desk />
          <HoldAgainst />
          <KeyList />
        </>
      ) : (
        <Opening />
      )}
      <Problem />
    </section>
  );
}

function Opening() {
  const { open } = useTryItActions();
  const opening = useTryIt(({ doing }) => doing?.kind === 'open');
  return (
    <p className="loading">
      {opening ? (
        'Loading the world and the policy…'
      ) : (
        <button type="button" className="primary" onClick={() => void open()}>
          Start
        </button>
      )}
    </p>
  );
}

function Problem() {
  const problem = useTryIt((state) => state.problem);
  return problem ? (
    <p className="tryit-problem" role="alert">
      {problem}
    </p>
  ) : null;
}
