// Parsers for option values: a refusal says what was expected.
import { InvalidArgumentError } from 'commander';

/** A finite number not below `least`. */
export function numberFrom(least: number, most = Number.POSITIVE_INFINITY): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value) || value < least || value > most)
      throw new InvalidArgumentError(`expected a number from ${least}${most === Number.POSITIVE_INFINITY ? '' : ` to ${most}`}, got "${text}"`);
    return value;
  };
}

/** A whole number not below `least`. */
export function wholeNumberFrom(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isInteger(value) || value < least) throw new InvalidArgumentError(`expected a whole number from ${least}, got "${text}"`);
    return value;
  };
}
