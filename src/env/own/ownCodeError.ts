// Code of one's own failed: who, on which line, and why.
import type { OwnCode } from './ownCode.ts';
import type { OwnAnswer } from './ownEngine.ts';

export class OwnCodeError extends Error {
  override readonly name = 'OwnCodeError';
}

const CALLED = '; called with ';

/** What an error says but for what the code was called with: the same for faults of one kind. */
export const kindOfFault = (message: string): string => message.split(CALLED)[0] as string;

/** The error of a fault; `item` is what the code was called with. */
export function ownFailure({ name, source }: OwnCode, { line, message }: OwnAnswer & { readonly kind: 'fault' }, item?: unknown): OwnCodeError {
  const written = line === null ? undefined : source.split('\n')[line - 1]?.trim();
  const place = written === undefined ? '' : `, line ${line} (${brief(written)})`;
  return new OwnCodeError(`${name}${place}: ${message}${item === undefined ? '' : `${CALLED}${brief(JSON.stringify(item))}`}`);
}

function brief(text: string): string {
  return text.length <= 160 ? text : `${text.slice(0, 160)}…`;
}
