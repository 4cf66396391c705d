// A token's number as people read it.
import type { Quantity } from '../../notebook/rollouts/quantities.ts';
import { signed } from '../format.ts';

export function quantityText(value: number | null, quantity: Quantity): string {
  if (value === null) return 'not recorded';
  switch (quantity) {
    case 'advantage':
    case 'before':
    case 'after':
    case 'difference':
      return signed(value);
    case 'logProb':
      return value
        .toFixed(2)
        .replace(/^-0\.00$/, '0.00')
        .replace('-', '−');
    case 'entropy':
      return value.toFixed(2);
    case 'ratio':
      return value.toFixed(3);
    default:
      return quantity satisfies never;
  }
}
