// Lines of a file that comes in chunks of bytes. Bytes, not text: a chunk may end inside a character, and where a line lies in the file is
// wanted in bytes, so that it can be read again later.

/** Longest line that is read, bytes. */
export const MAX_LINE_BYTES = 4 * 2 ** 20;

export interface FileLine {
  /** From 1. */
  readonly number: number;
  /** Where its first byte lies, and how many there are, its end aside. */
  readonly start: number;
  readonly length: number;
  /** Without the line's end; null where it is longer than the limit. */
  readonly text: string | null;
}

export interface LineSplitter {
  /** Lines that this chunk completes. */
  push(chunk: Uint8Array): FileLine[];
  /** The last line, where the file does not end in a newline. */
  end(): FileLine[];
}

const NEWLINE = 10;
const RETURN = 13;

/** Splits at "\n" and "\r\n". A line that is too long is counted, not held; bytes that are no UTF-8 become U+FFFD, as in Node. */
export function lineSplitter(maxBytes = MAX_LINE_BYTES): LineSplitter {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let held: Uint8Array[] = [];
  let length = 0; // of the line so far
  let start = 0;
  let number = 1;

  const hold = (part: Uint8Array): void => {
    length += part.length;
    if (length > maxBytes + 1)
      held = []; // room for "\r"
    else held.push(part);
  };

  /** The line that ends here; `newline` bytes lie between it and the next. */
  const take = (newline: number): FileLine => {
    const bytes = length > maxBytes + 1 ? null : joined(held, length);
    const whole = bytes?.at(-1) === RETURN ? bytes.subarray(0, -1) : bytes;
    const text = whole === null || whole.length > maxBytes ? null : decoder.decode(whole);
    const line = { number, start, length: whole?.length ?? length, text };
    start += length + newline;
    number++;
    held = [];
    length = 0;
    return line;
  };

  return {
    push(chunk) {
      const lines: FileLine[] = [];
      let from = 0;
      for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
        hold(chunk.subarray(from, at));
        lines.push(take(1));
        from = at + 1;
      }
      if (from < chunk.length) hold(chunk.slice(from)); // a copy: the whole chunk must not be held for its end
      return lines;
    },
    end: () => (length > 0 ? [take(0)] : []),
  };
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  if (parts.length === 1) return parts[0] as Uint8Array;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
