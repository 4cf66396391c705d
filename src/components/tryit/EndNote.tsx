// What the reader expects of the attempt, and how it ended.
import type { Attempt } from '../../notebook/attempts.ts';
import { useTryItActions } from './useTryIt.ts';
import { endSentence } from './words.ts';

export function EndNote({ attempt: { view, guess } }: { readonly attempt: Attempt }) {
  const { guess: expect } = useTryItActions();
  const { end } = view;
  if (!end)
    return (
      <div className="tryit-guess buttons">
        <span>Will it be right?</span>
        <button type="button" aria-pressed={guess === true} onClick={() => expect(true)}>
          ✓ yes
        </button>
        <button type="button" aria-pressed={guess === false} onClick={() => expect(false)}>
          ✗ no
        </button>
      </div>
    );
  return (
    <div className={`tryit-end ${end.correct ? 'right' : 'wrong'}`}>
      <p>
        <b>
          <span aria-hidden="true">{end.correct ? '✓' : '✗'}</span> {endSentence(view)}
        </b>
      </p>
      {end.correct && !end.observed && <p>No tool showed it these words: it was luck, or a question that needs no search.</p>}
      {guess !== null && <p>{guess === end.correct ? 'As you expected.' : `You expected it to be ${guess ? 'right' : 'wrong'}.`}</p>}
    </div>
  );
}
