// The attempts at this question, to go back to.
import { useTryIt, useTryItActions } from './useTryIt.ts';
import { attemptTitle } from './words.ts';

export function Attempts() {
  const { show } = useTryItActions();
  const attempts = useTryIt((state) => state.attempts);
  const shown = useTryIt((state) => state.shown);
  if (attempts.length < 2) return null;
  const numberOf = (play: number): number => attempts.findIndex((each) => each.play === play) + 1;
  return (
    <nav className="tryit-attempts" aria-label="Attempts at this question">
      <ol>
        {attempts.map((attempt, i) => (
          <li key={attempt.play}>
            <button type="button" aria-pressed={attempt.play === shown} onClick={() => show(attempt.play)}>
              <span>
                {i + 1} · {attemptTitle(attempt, numberOf)}
              </span>
              <span>{attempt.view.end ? `${attempt.view.end.correct ? '✓' : '✗'} ${attempt.view.end.answer ?? 'no answer'}` : '… open'}</span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
