// The sandbox of a run, kept and, where it was lost, started again.
import type { OwnCode } from './ownCode.ts';
import { ownFailure } from './ownCodeError.ts';
import type { Declared, OwnAnswer, OwnRequest, OwnSandbox } from './ownEngine.ts';

/** A sandbox with all sources declared. Requests wait for each other; after one that cost it its life, the next has a new one. */
export function keptSandbox(codes: readonly OwnCode[], start: () => Promise<OwnSandbox>) {
  let current: Promise<{ readonly sandbox: OwnSandbox; readonly declared: readonly Declared[] }> | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const opened = (): NonNullable<typeof current> => {
    current ??= open();
    return current;
  };
  const open = async () => {
    const sandbox = await start();
    const declared: Declared[] = [];
    for (const [index, code] of codes.entries()) {
      const answer = await sandbox.declare(index, code);
      if (answer.kind === 'fault') {
        sandbox.close();
        throw ownFailure(code, answer);
      }
      declared.push(answer.values[0] as Declared);
    }
    return { sandbox, declared };
  };
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work);
    last = result.catch(() => {});
    return result;
  };
  const close = (): void => {
    void current?.then(({ sandbox }) => sandbox.close()).catch(() => {});
    current = null;
  };
  return {
    declared: () => inTurn(async () => (await opened()).declared),
    ask: (request: OwnRequest): Promise<OwnAnswer> =>
      inTurn(async () => {
        const answer = await (await opened()).sandbox.run(request);
        if (answer.kind === 'fault' && answer.lost) close();
        return answer;
      }),
    close,
  };
}
