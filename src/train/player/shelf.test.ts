import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { initialParameters } from '../../policy/parameters.ts';
import { readPolicy, writePolicy } from '../../policy/safetensors.ts';
import { tensorCount } from '../../policy/tensors.ts';
import type { PolicyShape, PolicyState } from '../../policy/types.ts';
import { buildCodec, type Codec } from '../codec.ts';
import { atlasFromDisk, wasmInNode } from '../testing.ts';
import { createShelf } from './shelf.ts';

let codec: Codec;
let base: PolicyState;
beforeAll(async () => {
  await wasmInNode();
  codec = buildCodec((await atlasFromDisk()).vocabulary)();
  base = readPolicy(await readFile(new URL('../../../public/benchmarks/atlas/base.safetensors', import.meta.url)));
});

const small = (change: Partial<PolicyShape>): Uint8Array => {
  const shape: PolicyShape = { vocabulary: codec.vocabularySize, width: 8, layers: 1, heads: 2, hidden: 8, context: 64, patch: 192, ...change };
  return writePolicy({ shape, parameters: initialParameters(shape, 1) }, { update: '150', credit: 'tapo' });
};

describe('createShelf(base, codec)', () => {
  it('holds the base policy, and policies of any size that know the world’s words, with what their files say', () => {
    const shelf = createShelf(base, codec);
    expect(shelf.entries()).toEqual([{ name: 'base', metadata: {} }]);
    const entry = shelf.load(small({}), 'mine');
    expect(entry).toMatchObject({ name: 'mine', metadata: { update: '150', credit: 'tapo' } });
    expect(shelf.get('mine').shape.width).toBe(8);
    expect(shelf.entries().map(({ name }) => name)).toEqual(['base', 'mine']);
    shelf.dispose();
  });
  it('lets one of the same name make way, and gives everything back', () => {
    const before = tensorCount();
    const shelf = createShelf(base, codec);
    shelf.load(small({}), 'mine');
    const [tensors, first] = [tensorCount(), shelf.get('mine')];
    shelf.load(small({}), 'mine');
    expect(tensorCount()).toBe(tensors);
    expect(shelf.get('mine')).not.toBe(first);
    shelf.dispose();
    expect(tensorCount()).toBe(before);
  });
  it('says what is wrong with a file', () => {
    const shelf = createShelf(base, codec);
    expect(() => shelf.load(new Uint8Array(3), 'a')).toThrow(/expected a safetensors file, got 3 bytes/);
    expect(() => shelf.load(small({ vocabulary: 67 }), 'a')).toThrow(
      /it knows 67 words, this world has \d+; expected a policy that was trained on this benchmark/,
    );
    expect(() => shelf.load(small({ patch: 12 }), 'a')).toThrow(/patches have 12 numbers, expected 192/);
    expect(() => shelf.load(small({ heads: 3 }), 'a')).toThrow(/width 8 cannot be shared among 3 heads/);
    expect(() => shelf.load(small({}), 'base')).toThrow(/a name other than “base”/);
    expect(() => shelf.get('nobody')).toThrow(/expected one of base, got “nobody”/);
    shelf.dispose();
  });
});
