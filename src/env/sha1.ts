// SHA-1 of bytes, by which others name files; nothing is kept safe by it.
import { hexDigest } from './hexDigest.ts';

/** In hexadecimal. */
export function sha1(bytes: Uint8Array): Promise<string> {
  return hexDigest('SHA-1', bytes, async () => (await import('@noble/hashes/legacy.js')).sha1);
}
