// The bytes of a chosen file: what kind it is by its first bytes, and its text, unpacked where it is gzip'd.

/** Largest file that is read, and largest text that a gzip'd one may unpack to, bytes. */
export const MAX_FILE_BYTES = 2 * 2 ** 30;

/** A file that cannot be read at all; the message says what was expected and what came. */
export class AuditFileError extends Error {
  override readonly name = 'AuditFileError';
}

export type FileKind = 'text' | 'gzip' | 'parquet';

/** By the file's first bytes, whatever its name. Throws AuditFileError for an empty or too large file, and for other packed ones. */
export async function fileKind(file: Blob): Promise<FileKind> {
  if (file.size === 0) throw new AuditFileError('expected a rollout file, got an empty one');
  if (file.size > MAX_FILE_BYTES) throw new AuditFileError(`expected a file of at most 2 GB, got ${(file.size / 2 ** 30).toFixed(1)} GB; split it by groups`);
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  const begins = (...bytes: number[]): boolean => bytes.every((byte, i) => head[i] === byte);
  if (begins(0x1f, 0x8b)) return 'gzip';
  if (begins(0x50, 0x41, 0x52, 0x31)) return 'parquet';
  if (begins(0x50, 0x4b)) throw new AuditFileError('expected a rollout file, got a zip archive; unpack it first');
  if (begins(0x28, 0xb5, 0x2f, 0xfd)) throw new AuditFileError('expected a rollout file, plain or gzip’d, got one packed by zstd; unpack it first');
  return 'text';
}

/**
 * The file's text in chunks of bytes; `onBytes` is told how many of the file's own bytes have been read. Throws AuditFileError where the
 * gzip data are damaged or unpack to more than `most` bytes.
 */
export async function* textChunks(file: Blob, kind: 'text' | 'gzip', onBytes: (bytes: number) => void, most = MAX_FILE_BYTES): AsyncGenerator<Uint8Array> {
  let read = 0;
  const counted = file.stream().pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        read += chunk.length;
        onBytes(read);
        controller.enqueue(chunk);
      },
    }),
  );
  const reader = (kind === 'gzip' ? counted.pipeThrough(new DecompressionStream('gzip')) : counted).getReader();
  let given = 0;
  try {
    for (;;) {
      const { value, done } = await reader.read().catch((error: unknown) => {
        throw kind === 'gzip'
          ? new AuditFileError('expected whole gzip data of one part, got data that are damaged, cut off or followed by others')
          : new AuditFileError(`the file can no longer be read (${(error as Error).message}); was it moved or changed? open it again`);
      });
      if (done) return;
      given += value.length;
      if (given > most) throw new AuditFileError(`expected at most ${gigabytes(most)} of text, got a gzip’d file that unpacks to more; split it by groups`);
      yield value;
    }
  } finally {
    reader.cancel().catch(() => {}); // the reason has been told already
  }
}

function gigabytes(bytes: number): string {
  return bytes >= 2 ** 30 ? `${bytes / 2 ** 30} GB` : `${bytes} bytes`;
}
