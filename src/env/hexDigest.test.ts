import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { sha1 } from './sha1.ts';
import { sha256 } from './sha256.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

describe.each(['with the browser’s own', 'without'])('sha1(bytes) and sha256(bytes), %s', (how) => {
  it.each([
    ['sha1', sha1],
    ['sha256', sha256],
  ] as const)('%s is what Node makes of any bytes', async (name, digest) => {
    if (how === 'without') vi.stubGlobal('crypto', {});
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect(await digest(bytes)).toBe(createHash(name).update(bytes).digest('hex'));
      }),
    );
  });
});
