import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { blobWriter } from './blobWriter.ts';
import { AuditFileError, fileKind, textChunks } from './fileBytes.ts';

const blob = (...bytes: number[]): Blob => new Blob([Uint8Array.from(bytes)]);

async function textOf(file: Blob, kind: 'text' | 'gzip', most?: number): Promise<{ text: string; read: number }> {
  let read = 0;
  const parts: Uint8Array[] = [];
  for await (const chunk of textChunks(
    file,
    kind,
    (bytes) => {
      read = bytes;
    },
    most,
  ))
    parts.push(chunk);
  return { text: Buffer.concat(parts).toString(), read };
}

describe('fileKind(file)', () => {
  it('goes by the first bytes', async () => {
    expect(await fileKind(new Blob(['{"group":"q"}']))).toBe('text');
    expect(await fileKind(new Blob([gzipSync('x')]))).toBe('gzip');
    expect(await fileKind(new Blob(['PAR1…']))).toBe('parquet');
    expect(await fileKind(new Blob(['a']))).toBe('text');
  });
  it('refuses an empty file and archives, saying what to do', async () => {
    await expect(fileKind(new Blob([]))).rejects.toThrow('got an empty one');
    await expect(fileKind(blob(0x50, 0x4b, 3, 4))).rejects.toThrow('zip archive; unpack it first');
    await expect(fileKind(blob(0x28, 0xb5, 0x2f, 0xfd))).rejects.toThrow(AuditFileError);
    const large = { size: 2 * 2 ** 30 + 1 } as Blob;
    await expect(fileKind(large)).rejects.toThrow('at most 2 GB, got 2.0 GB');
  });
});

describe('textChunks(file, kind, onBytes)', () => {
  const text = 'θ\n'.repeat(50_000);
  it('gives the text, and counts the bytes of the file', async () => {
    expect(await textOf(new Blob([text]), 'text')).toEqual({ text, read: 150_000 });
    const packed = gzipSync(text);
    expect(await textOf(new Blob([packed]), 'gzip')).toEqual({ text, read: packed.length });
  });
  it('stops where a small gzip’d file unpacks to a large one', async () => {
    await expect(textOf(new Blob([gzipSync(text)]), 'gzip', 100_000)).rejects.toThrow('at most 100000 bytes of text');
  });
  it('says so where gzip data are cut off', async () => {
    await expect(textOf(new Blob([gzipSync(text).subarray(0, 80)]), 'gzip')).rejects.toThrow('damaged, cut off');
  });
});

describe('blobWriter(type)', () => {
  it('gives all that was written, in order', async () => {
    const writer = blobWriter('text/plain', 4);
    for (const part of ['ab', 'cde', '', 'f']) writer.write(new TextEncoder().encode(part));
    const whole = writer.end();
    expect(await whole.text()).toBe('abcdef');
    expect(whole.type).toBe('text/plain');
    expect((await blobWriter('').end().text()).length).toBe(0);
  });
});
