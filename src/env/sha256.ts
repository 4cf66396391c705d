// SHA-256 of bytes.
import { hexDigest } from './hexDigest.ts';

/** In hexadecimal. */
export function sha256(bytes: Uint8Array): Promise<string> {
  return hexDigest('SHA-256', bytes, async () => (await import('@noble/hashes/sha2.js')).sha256);
}
