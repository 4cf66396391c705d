// Everything that is known of the token that is pointed at, and a link to it.
import type { LinkTarget } from '../../notebook/rollouts/links.ts';
import { stepAt } from '../../notebook/rollouts/places.ts';
import { QUANTITY_WORDS, type Quantity, quantitiesOf, tokenValue } from '../../notebook/rollouts/quantities.ts';
import type { TokenPlace } from '../../notebook/rollouts/walk.ts';
import type { TrainConfig } from '../../train/config.ts';
import type { GroupReport } from '../../train/report.ts';
import { quantityText } from './quantityText.ts';

interface TokenReadoutProps {
  readonly group: GroupReport;
  readonly at: TokenPlace | null;
  readonly quantity: Quantity;
  readonly credit: TrainConfig['credit'];
  /** Absent: no links are to be had. */
  readonly onLink: ((target: Pick<LinkTarget, 'step' | 'token'>) => void) | undefined;
}

export function TokenReadout({ group, at, quantity, credit, onLink }: TokenReadoutProps) {
  const step = stepAt(group, at?.place ?? null);
  if (!at || !step)
    return (
      <div className="token-readout">
        <p className="hint">Point at a token for its numbers, or walk over the tokens with the arrow keys.</p>
      </div>
    );
  const { place, token } = at;
  const value = (each: Quantity): string => {
    const number = tokenValue(step, token, each, credit.span);
    const { unit } = QUANTITY_WORDS[each];
    return `${quantityText(number, each)}${number === null || unit === '' ? '' : ` ${unit}`}`;
  };
  return (
    <div className="token-readout">
      <p role="status">
        <b className="word">{step.words[token]}</b>
        <span className="unseen">
          {QUANTITY_WORDS[quantity].label} {value(quantity)}
        </span>{' '}
        <span className="hint">
          rollout {place[0] + 1}, step {place[1] + 1}, token {token + 1} of {step.words.length}
        </span>
      </p>
      <dl>
        {quantitiesOf(credit.rule).map((each) => (
          <div key={each} className={each === quantity ? 'chosen' : ''}>
            <dt>{QUANTITY_WORDS[each].label}</dt>
            <dd>{value(each)}</dd>
          </div>
        ))}
      </dl>
      {onLink && (
        <p className="buttons">
          <button type="button" onClick={() => onLink({ step: place, token })}>
            Copy a link to this token
          </button>
          <button type="button" onClick={() => onLink({ step: place, token: null })}>
            to its step
          </button>
        </p>
      )}
    </div>
  );
}
