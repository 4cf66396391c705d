// The keys of "Try it", in words.
import { TRY_IT_KEYS } from './useTryItKeys.ts';

export function KeyList() {
  return (
    <details className="tryit-keys">
      <summary>Keys</summary>
      <p className="hint">They count while the focus is in this view, for example on the transcript.</p>
      <dl>
        {TRY_IT_KEYS.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
