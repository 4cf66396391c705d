// A large text written bit by bit into a Blob, which the browser may keep on disk: memory holds a few megabytes of it.

export interface BlobWriter {
  write(part: Uint8Array<ArrayBuffer>): void;
  /** All that was written. */
  end(): Blob;
}

export function blobWriter(type: string, flushBytes = 4 * 2 ** 20): BlobWriter {
  const flushed: Blob[] = [];
  let waiting: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const flush = (): void => {
    if (waiting.length > 0) flushed.push(new Blob(waiting));
    waiting = [];
    size = 0;
  };
  return {
    write(part) {
      waiting.push(part);
      size += part.length;
      if (size >= flushBytes) flush();
    },
    end() {
      flush();
      return new Blob(flushed, { type });
    },
  };
}
