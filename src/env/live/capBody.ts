// A response whose body ends in an error once it is larger than allowed: nothing beyond the limit is read.

/** Bytes of a JSON answer at most. */
export const JSON_LIMIT = 1_000_000;
/** Bytes of an answer that may hold an image, at most. */
export const IMAGE_LIMIT = 4_000_000;

/** The same response, its body cut off by `fault()` after `limit` bytes. */
export function capBody(response: Response, limit: number, fault: () => Error): Response {
  if (!response.body) return response;
  let read = 0;
  const capped = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        read += chunk.length;
        if (read > limit) throw fault();
        controller.enqueue(chunk);
      },
    }),
  );
  return new Response(capped, { status: response.status, statusText: response.statusText, headers: response.headers });
}
