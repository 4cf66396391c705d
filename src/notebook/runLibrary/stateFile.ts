// A run's state as a file and back, as a whole: what a later version adds to it needs no change here.
import { EMPTY_RUN, type RunState } from '../runs.ts';
import { LibraryError } from './runLibrary.ts';
import { checkedState } from './stateShape.ts';

/** JSON, with the few numbers that JSON lacks as {"$number": "NaN"}. Throws LibraryError where the state holds more than plain data. */
export function writeState(state: RunState): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(state, plainly));
}

/** The state of a file; parts that it lacks are those of an empty run. Throws LibraryError that names what is wrong. */
export function readState(bytes: Uint8Array): RunState {
  let value: unknown;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    value = JSON.parse(text, text.includes('{"$number":') ? exactly : undefined); // a reviver takes three times as long
  } catch (error) {
    throw new LibraryError(`expected a run's state as JSON, got something else: ${(error as Error).message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new LibraryError("expected a run's state, got no object");
  return checkedState({ ...EMPTY_RUN, ...value });
}

/** A state in which nothing is under way: nobody works on a run that is put away. */
export function atRest(state: RunState): RunState {
  return { ...state, status: state.status === 'running' ? 'paused' : state.status, phase: null, valuing: null };
}

function plainly(name: string, value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? value : { $number: Object.is(value, -0) ? '-0' : String(value) };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  if (kind !== 'Object') throw new LibraryError(`the run's state should hold plain data, but "${name}" is a ${kind}`);
  return value;
}

function exactly(_: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && '$number' in value && Object.keys(value).length === 1 ? Number(value.$number) : value;
}
