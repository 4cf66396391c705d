// Parsers for flags that are no options of a run (those are optionFlags.ts): a refusal says what was expected.
import { InvalidArgumentError } from 'commander';

/** A whole number not below `least`. */
export function wholeNumberFrom(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isInteger(value) || value < least) throw new InvalidArgumentError(`expected a whole number from ${least}, got "${text}"`);
    return value;
  };
}

export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError(`expected a number above 0, got "${text}"`);
  return value;
}
