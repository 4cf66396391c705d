// The tokens that stand out most, as a table: the tints' twin.
import { QUANTITY_WORDS, type Quantity, topTokens } from '../../notebook/rollouts/quantities.ts';
import type { TokenPlace } from '../../notebook/rollouts/walk.ts';
import type { TrainConfig } from '../../train/config.ts';
import type { GroupReport } from '../../train/report.ts';
import { quantityText } from './quantityText.ts';

interface TopTokensProps {
  readonly group: GroupReport;
  readonly quantity: Quantity;
  readonly span: TrainConfig['credit']['span'];
  readonly onChoose: (token: TokenPlace) => void;
}

export function TopTokens({ group, quantity, span, onChoose }: TopTokensProps) {
  const tokens = topTokens(group, quantity, span);
  const { label, unit } = QUANTITY_WORDS[quantity];
  return (
    <section className="table top-tokens" aria-label="Top tokens">
      <table>
        <thead>
          <tr>
            <th scope="col">token</th>
            <th scope="col">rollout, step, token</th>
            <th scope="col">
              {label}
              {unit && `, ${unit}`}
            </th>
          </tr>
        </thead>
        <tbody>
          {tokens.map(({ place, token, word, value }) => (
            <tr key={`${place.join('/')}/${token}`}>
              <th scope="row">
                <button type="button" className="link" onClick={() => onChoose({ place, token })}>
                  {word}
                </button>
              </th>
              <td>
                {place[0] + 1}, {place[1] + 1}, {token + 1}
              </td>
              <td>{quantityText(value, quantity)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
