// What a worker that fails outside of a call comes to.

/** Rejects if the worker's script cannot be loaded or throws outside of a call. */
export function failureOf(worker: Worker): Promise<never> {
  return new Promise((_, reject) => {
    worker.addEventListener('error', (event) => reject(new Error(`worker: ${event.message || 'its script could not be loaded'}`)));
  });
}
