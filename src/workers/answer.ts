// Answers that cross a worker's wall: a value, or an error as plain data, so that its name and message arrive.

export type Answer<T> = { readonly kind: 'ok'; readonly value: T } | { readonly kind: 'error'; readonly name: string; readonly message: string };

/** Runs work and makes an answer of what it gives or throws. */
export async function answer<T>(work: () => T | Promise<T>): Promise<Answer<T>> {
  try {
    return { kind: 'ok', value: await work() };
  } catch (error) {
    return error instanceof Error ? { kind: 'error', name: error.name, message: error.message } : { kind: 'error', name: 'Error', message: String(error) };
  }
}

/** The value of an answer. Throws an Error with the name and message from the other side. */
export function unwrap<T>(given: Answer<T>): T {
  if (given.kind === 'ok') return given.value;
  throw Object.assign(new Error(given.message), { name: given.name });
}
