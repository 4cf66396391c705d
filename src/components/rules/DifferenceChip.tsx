// The difference of two advantages: colour by size and sign, and the sign itself; against a true value whether the signs agree.
import type { ComparedStep } from '../../notebook/rules/compareRules.ts';
import { signed } from '../format.ts';

export function DifferenceChip({ compared: { difference, flips }, most }: { readonly compared: ComparedStep; readonly most: number }) {
  if (difference === null)
    return (
      <span className={`difference ${flips ? 'tintm3' : 'tintp1'}`} title={flips ? 'the opposite sign' : 'not the opposite sign'}>
        <span aria-hidden="true">{flips ? '✗' : '✓'}</span>
        <span className="unseen">{flips ? 'the opposite sign' : 'not the opposite sign'}</span>
      </span>
    );
  const level = Math.abs(difference) < 1e-6 ? 0 : Math.min(4, Math.max(1, Math.ceil((4 * Math.abs(difference)) / most - 1e-9)));
  return (
    <span className={`difference tint${difference < 0 ? 'm' : 'p'}${level}`}>
      {signed(difference)}
      {flips && (
        <span title="the sign flips">
          {' '}
          ⇅<span className="unseen"> sign flips</span>
        </span>
      )}
    </span>
  );
}
