// A digest of bytes in hexadecimal, by the browser where it has it: pages that come over plain http from another machine have not.

/** `without` gives the same digest in code of its own. */
export async function hexDigest(name: 'SHA-1' | 'SHA-256', bytes: Uint8Array, without: () => Promise<(bytes: Uint8Array) => Uint8Array>): Promise<string> {
  const { subtle } = globalThis.crypto as { subtle?: SubtleCrypto };
  const digest = subtle ? new Uint8Array(await subtle.digest(name, bytes as Uint8Array<ArrayBuffer>)) : (await without())(bytes);
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
