import { describe, expect, it, vi } from 'vitest';
import { lazyShelf } from './lazyShelf.ts';
import { memoryShelf } from './memoryShelf.ts';

describe('lazyShelf(open)', () => {
  const sources = { newId: () => 'id', now: () => 1 };
  const copy = { title: 'a', origin: null, originHash: null, file: '<notebook></notebook>', edits: 1 };
  it('opens the shelf with the first question, once', async () => {
    const open = vi.fn(async () => memoryShelf(sources));
    const shelf = lazyShelf(open);
    expect(open).not.toHaveBeenCalled();
    await shelf.add(copy);
    expect((await shelf.list()).map(({ title }) => title)).toEqual(['a']);
    expect(open).toHaveBeenCalledTimes(1);
  });
  it('watches once it is open, and ends when told, even before', async () => {
    const shelf = lazyShelf(async () => memoryShelf(sources));
    const seen: number[] = [];
    const end = shelf.watch((entries) => seen.push(entries.length));
    const never = vi.fn();
    shelf.watch(never)();
    await shelf.add(copy);
    await vi.waitFor(() => expect(seen.at(-1)).toBe(1));
    end();
    expect(never).not.toHaveBeenCalled();
  });
});
