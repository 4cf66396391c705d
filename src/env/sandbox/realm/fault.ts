// What a cell threw, as plain data. It may be anything, also something that throws again when it is looked at.
import { inspect } from './inspect.ts';
import { wordsOf } from './views.ts';

export interface Fault {
  /** Name of the error's class; empty where no error was thrown. */
  readonly name: string;
  readonly message: string;
  readonly stack: string;
}

const MOST = 4000;

export function faultOf(thrown: unknown): Fault {
  try {
    if (thrown === null) return { name: 'InternalError', message: 'out of memory', stack: '' }; // the engine could not even make an error
    if (!(thrown instanceof Error)) return { name: '', message: `thrown: ${inspect(thrown, wordsOf)}`.slice(0, MOST), stack: '' };
    const part = (text: unknown): string => (typeof text === 'string' ? text.slice(0, MOST) : '');
    return { name: part(thrown.name), message: part(thrown.message), stack: part(thrown.stack) };
  } catch {
    return { name: '', message: 'something was thrown that cannot be shown', stack: '' };
  }
}
