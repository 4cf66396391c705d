// "Predict first": a question with a guess that is kept, then held against what was measured.
import { useState } from 'react';
import type { Prediction } from '../../notebook/cells/cellValue.ts';

export function PredictCard({ id, prediction: { question, choices, answer, because } }: { readonly id: string; readonly prediction: Prediction }) {
  const [guess, setGuess] = useState<string | null>(null);
  const right = guess !== null && guess === answer;
  return (
    <fieldset className="predict card" aria-describedby={guess === null ? undefined : `predict-${id}`}>
      <legend>Predict first</legend>
      <p className="question">{question}</p>
      <div className="choices">
        {choices.map((choice) => (
          <button
            key={choice}
            type="button"
            aria-pressed={guess === choice}
            className={guess === null ? '' : choice === answer ? 'right' : choice === guess ? 'wrong' : ''}
            disabled={guess !== null && choice !== guess && choice !== answer}
            onClick={() => setGuess(guess === null ? choice : guess)}
          >
            {guess !== null && (choice === answer ? '✓ ' : choice === guess ? '✗ ' : '')}
            {choice}
          </button>
        ))}
      </div>
      <div id={`predict-${id}`} aria-live="polite">
        {guess !== null && (
          <p>
            <b>{right ? 'As you said.' : `You said ${guess}; it is ${answer}.`}</b> {because}{' '}
            <button type="button" className="quiet" onClick={() => setGuess(null)}>
              again
            </button>
          </p>
        )}
      </div>
    </fieldset>
  );
}
