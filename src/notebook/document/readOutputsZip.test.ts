import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { type Zippable, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { MANIFEST, nameFault, outputsZip } from './outputsZip.ts';
import { OutputsFileError, type OutputsLimits, readOutputsZip } from './readOutputsZip.ts';

const digest = async (bytes: Uint8Array): Promise<string> => createHash('sha256').update(bytes).digest('hex');
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const FILES = { 'runs/1/metrics.jsonl': '{"update":1}\n', 'policy.safetensors': Uint8Array.of(0, 255, 3), 'é.txt': '' };
const manifest = (files: object[] = [], schema = 1): Uint8Array => bytes(JSON.stringify({ schema, notebook: 'T', files }));
const fault = async (zip: Uint8Array, limits?: OutputsLimits): Promise<string> => {
  const error: unknown = await readOutputsZip(zip, { digest, ...(limits ? { limits } : {}) }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(OutputsFileError);
  return (error as Error).message;
};

describe('outputsZip(files, {title, digest})', () => {
  it('makes a zip that comes back, the same bytes each time', async () => {
    const zip = await outputsZip(FILES, { title: 'T', digest });
    expect(await outputsZip(Object.fromEntries(Object.entries(FILES).reverse()), { title: 'T', digest })).toEqual(zip);
    expect(await readOutputsZip(zip, { digest })).toEqual({
      title: 'T',
      files: { 'runs/1/metrics.jsonl': bytes('{"update":1}\n'), 'policy.safetensors': Uint8Array.of(0, 255, 3), 'é.txt': bytes('') },
      problems: [],
    });
    expect(await readOutputsZip(await outputsZip({}, { title: '', digest }), { digest })).toEqual({ title: '', files: {}, problems: [] });
  });
  it('holds any bytes under any good name', async () => {
    const name = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => nameFault(text) === null && text !== MANIFEST);
    await fc.assert(
      fc.asyncProperty(fc.dictionary(name, fc.uint8Array({ maxLength: 3000 }), { noNullPrototype: true }), async (files) => {
        expect(await readOutputsZip(await outputsZip(files, { title: 'T', digest }), { digest })).toEqual({ title: 'T', files, problems: [] });
      }),
      { numRuns: 50 },
    );
  });
  it('refuses names that no folder should get', async () => {
    for (const name of [
      '',
      '../a',
      'a/../b',
      '/a',
      'a//b',
      './a',
      'a\\b',
      'C:a',
      'a\n',
      '__proto__',
      'a/__proto__',
      '\ud800',
      'x'.repeat(256),
      MANIFEST,
      'a/',
    ]) {
      await expect(outputsZip(Object.fromEntries([[name, '']]), { title: '', digest }), name).rejects.toThrow(RangeError);
    }
  });
});

describe('readOutputsZip(zip, {digest})', () => {
  it('tells what is missing, changed or new, and gives what there is', async () => {
    const entry = { name: 'a', bytes: 1, sha256: await digest(bytes('x')) };
    const zip = zipSync({
      [MANIFEST]: manifest([entry, { ...entry, name: 'b' }, { ...entry, name: 'toString' }]),
      a: bytes('y'),
      'folder/': new Uint8Array(),
      c: bytes('z'),
    });
    const { files, problems } = await readOutputsZip(zip, { digest });
    expect(Object.keys(files)).toEqual(['a', 'c']);
    expect(problems).toEqual(['a is not as it was saved: its SHA-256 differs', 'b is missing', 'toString is missing', 'c is not in the manifest']);
  });
  it('refuses names that lead out of the folder, and files that come twice', async () => {
    for (const name of ['../evil', '/etc/passwd', 'a/../../b', 'a\\..\\b', 'C:\\x', '__proto__/x']) {
      expect(
        await fault(
          zipSync(
            Object.fromEntries([
              [MANIFEST, manifest()],
              [name, bytes('x')],
            ]),
          ),
        ),
      ).toContain('expected a');
    }
    const proto = zipSync({ [MANIFEST]: manifest(), __prot0__: bytes('x') });
    const renamed = proto.map((byte, i) => (String.fromCharCode(...proto.subarray(i - 6, i + 3)) === '__prot0__' ? 0x6f : byte));
    expect(await fault(renamed)).toBe('expected another name, got "__proto__"');
    const twice = zipSync({ [MANIFEST]: manifest(), a: bytes('x'), b: bytes('x') });
    expect(await fault(twice.map((byte) => (byte === 0x62 ? 0x61 : byte)))).toContain('twice');
  });
  it('refuses bombs before they have grown', async () => {
    const limits = { bytes: 2 ** 20, files: 50, manifestBytes: 100 };
    const huge = new Uint8Array(20 * 2 ** 20);
    const bomb = zipSync({ [MANIFEST]: manifest(), a: huge }, { level: 1 });
    expect(await fault(bomb, limits)).toBe('expected at most 1 MB of outputs, got more');
    // one that says of itself that it is small
    const view = new DataView(bomb.buffer, bomb.byteOffset);
    for (let i = 0; i < bomb.length - 4; i++) if (view.getUint32(i, true) === huge.length) view.setUint32(i, 10, true);
    expect(await fault(bomb, limits)).toBe('expected at most 1 MB of outputs, got more');
    expect(await fault(new Uint8Array(2 ** 20 + 1), limits)).toContain('at most 1 MB');
    const many: Zippable = Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`f${i}`, new Uint8Array()]));
    expect(await fault(zipSync(many), limits)).toBe('expected at most 50 files, got more');
    expect(await fault(zipSync({ [MANIFEST]: manifest([{ name: 'x'.repeat(100), bytes: 1, sha256: '' }]) }), limits)).toContain(
      'a manifest of at most 100 bytes',
    );
  });
  it('takes as many files as the limit allows', async () => {
    const many = Object.fromEntries(Array.from({ length: 9_999 }, (_, i) => [`f${i}`, '']));
    expect(Object.keys((await readOutputsZip(await outputsZip(many, { title: '', digest }), { digest })).files)).toHaveLength(9_999);
  });
  it('says what is wrong with what is no zip of outputs', async () => {
    expect(await fault(bytes(''))).toContain('no file in it');
    expect(await fault(bytes('<!doctype html>'))).toContain('damaged, or no zip');
    expect(await fault(zipSync({ a: bytes('x') }))).toBe('expected a zip with manifest.json at its top, got a');
    expect(await fault(zipSync({ [MANIFEST]: bytes('{') }))).toContain('expected JSON in manifest.json');
    expect(await fault(zipSync({ [MANIFEST]: bytes('[]') }))).toContain('manifest.json: ');
    expect(await fault(zipSync({ [MANIFEST]: manifest([{ name: 'a' }]) }))).toContain('files.0.bytes');
    expect(await fault(zipSync({ [MANIFEST]: manifest([], 2) }))).toBe('expected outputs of schema 1, got 2: a newer version of this page saved them');
    expect(await fault(zipSync({ [MANIFEST]: manifest([], 0) }))).toContain('schema');
  });
  it('of any damage is the files, with problems, or a clear error', async () => {
    const zip = await outputsZip({ a: 'some text, some text', b: 'more' }, { title: 'T', digest });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(zip.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }), fc.nat(zip.length), async (spots, cut) => {
        const damaged = zip.slice();
        for (const [at, byte] of spots) damaged[at] = byte;
        const result = await readOutputsZip(cut % 2 === 0 ? damaged : damaged.subarray(0, cut), { digest }).catch((error: unknown) => error);
        if (result instanceof Error) expect(result).toBeInstanceOf(OutputsFileError);
      }),
      { numRuns: 500 },
    );
  });
});
