// What a sandbox's worker that fails outside of a call comes to.

/** Rejects if the worker's script cannot be loaded or throws outside of a call; nobody need wait for it. */
export function failureOfSandbox(worker: Worker): Promise<never> {
  const failure = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) => reject(new Error(`sandbox: ${event.message || 'its script could not be loaded'}`)));
  });
  failure.catch(() => {});
  return failure;
}
