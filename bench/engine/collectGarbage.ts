// Collects garbage in a page or process that was started with --expose-gc.

/** Twice, with a pause for what is told of collected objects. Throws Error where there is no gc(). */
export async function collectGarbage(): Promise<void> {
  const { gc } = globalThis as { gc?(): void };
  if (!gc) throw new Error('bench: expected gc(), got none; start with --expose-gc');
  for (let i = 0; i < 2; i++) {
    gc();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
