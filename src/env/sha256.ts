// SHA-256 of bytes, by the browser where it has it: pages that come over plain http from another machine have not.

/** In hexadecimal. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const { subtle } = globalThis.crypto as { subtle?: SubtleCrypto };
  return hexadecimal(subtle ? new Uint8Array(await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)) : plainSha256(bytes));
}

function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const PRIMES = Array.from({ length: 312 }, (_, n) => n).filter((n) => n > 1 && !Array.from({ length: n - 2 }, (_, d) => d + 2).some((d) => n % d === 0));
/** First 32 bits of the fraction of a root. */
const fraction = (root: number): number => Math.floor((root - Math.floor(root)) * 2 ** 32) | 0;
const START = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const ROUNDS = PRIMES.slice(0, 64).map((prime) => fraction(Math.cbrt(prime)));

/** The plain twin, after FIPS 180-4, section 6.2. */
export function plainSha256(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, 8n * BigInt(bytes.length));
  const hash = Int32Array.from(START);
  const w = new Int32Array(64);
  for (let block = 0; block < padded.length; block += 64) {
    for (let t = 0; t < 64; t++)
      w[t] = t < 16 ? view.getInt32(block + 4 * t) : (small(w, t - 2, 17, 19, 10) + at(w, t - 7) + small(w, t - 15, 7, 18, 3) + at(w, t - 16)) | 0;
    let [a, b, c, d, e, f, g, h] = hash as unknown as [number, number, number, number, number, number, number, number];
    for (let t = 0; t < 64; t++) {
      const t1 = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + at(ROUNDS, t) + at(w, t)) | 0;
      const t2 = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => {
      hash[i] = (at(hash, i) + value) | 0;
    });
  }
  const out = new DataView(new ArrayBuffer(32));
  hash.forEach((value, i) => {
    out.setInt32(4 * i, value);
  });
  return new Uint8Array(out.buffer);
}

function at(words: ArrayLike<number>, index: number): number {
  return words[index] as number;
}

function turn(x: number, n: number): number {
  return (x >>> n) | (x << (32 - n));
}

function small(w: Int32Array, index: number, first: number, second: number, shift: number): number {
  const x = at(w, index);
  return turn(x, first) ^ turn(x, second) ^ (x >>> shift);
}
