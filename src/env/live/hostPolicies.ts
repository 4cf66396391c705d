// How one host is asked: at most four calls at once, each with a time limit; retries with back-off; and none at all while the host is down.
import {
  BrokenCircuitError,
  bulkhead,
  ConsecutiveBreaker,
  circuitBreaker,
  DelegateBackoff,
  handleWhen,
  retry,
  TaskCancelledError,
  TimeoutStrategy,
  timeout,
} from 'cockatiel';
import { hash32, uniform } from '../../tapo/index.ts';
import { textHash } from '../textHash.ts';
import { isOutage, isTransient, LiveError } from './liveError.ts';

/** Calls to one host at once, at most. */
const AT_ONCE = 4;
/** Tries after the first. */
const RETRIES = 3;
/** Failures in a row after which a host is left alone. */
const BREAK_AFTER = 8;
/** A server that asks for a longer pause, milliseconds, is not asked again for this call. */
const LONGEST_PAUSE = 10_000;

export interface HostPolicyOptions {
  /** Milliseconds that one try may take. Default 10,000. */
  readonly timeLimit?: number;
  /** Milliseconds before the first retry; doubled each time, with jitter from half to one and a half. Default 500. */
  readonly backoff?: number;
  /** Milliseconds that a host is left alone after failures in a row. Default 10,000. */
  readonly pause?: number;
}

/** Runs work with a signal that ends it at the time limit. Throws LiveError, or what an abort gave as its reason. */
export type AskHost = <T>(work: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal) => Promise<T>;

export function createHostPolicy(host: string, { timeLimit = 10_000, backoff = 500, pause = 10_000 }: HostPolicyOptions = {}): AskHost {
  let pauses = 0;
  const jitter = (): number => 0.5 + uniform(hash32(textHash(host), pauses++));
  const again = retry(
    handleWhen((error) => error instanceof LiveError && isTransient(error) && (error.retryAfter ?? 0) <= LONGEST_PAUSE),
    {
      maxAttempts: RETRIES,
      backoff: new DelegateBackoff(({ attempt, result }) => {
        const asked = 'error' in result && result.error instanceof LiveError ? result.error.retryAfter : null;
        return Math.max(asked ?? 0, backoff * 2 ** (attempt - 1) * jitter());
      }),
    },
  );
  const slots = bulkhead(AT_ONCE, Number.POSITIVE_INFINITY);
  const breaker = circuitBreaker(
    handleWhen((error) => error instanceof LiveError && isOutage(error)),
    { halfOpenAfter: pause, breaker: new ConsecutiveBreaker(BREAK_AFTER) },
  );
  const limit = timeout(timeLimit, { strategy: TimeoutStrategy.Aggressive, abortOnReturn: false });
  const once = async <T>(work: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> => {
    try {
      return await limit.execute(({ signal: own }) => work(own), signal);
    } catch (error) {
      signal?.throwIfAborted(); // an abort is no failure of the host
      throw error instanceof TaskCancelledError ? new LiveError(host, { kind: 'time-limit', seconds: timeLimit / 1000 }) : error;
    }
  };
  return async (work, signal) => {
    signal?.throwIfAborted();
    try {
      const answer = again.execute(() => slots.execute(() => breaker.execute(() => once(work, signal)), signal), signal);
      return await untilAborted(answer, signal);
    } catch (error) {
      signal?.throwIfAborted();
      throw error instanceof BrokenCircuitError ? new LiveError(host, { kind: 'breaker', seconds: pause / 1000 }) : error;
    }
  };
}

/** Does not wait out a back-off that nobody needs any more. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
