// Lets waiting messages in: numbers on the CPU keep a thread busy without a gap, and a stop must be heard between two turns.

/** Resolves after everything that waits in the thread's queue has had its turn. No timer: those are throttled in hidden tabs. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
