// The places of a session in one buffer that grows: a place holds what was read of one token (cache.ts), and is given out again once no row has it.
import type { Gpu } from './gpu.ts';

export interface PlacePool {
  /** The buffer; another one after `take`. */
  readonly buffer: GPUBuffer;
  /** New places, held once. Throws RangeError if the device cannot hold so many. */
  take(count: number): number[];
  /** One more row has these places. */
  hold(places: readonly number[]): void;
  /** One row less has them. */
  drop(places: readonly number[]): void;
  dispose(): void;
}

const FIRST_PLACES = 1024;
const LABEL = 'places of a session';

/** `bytes`: of one place. */
export function createPlacePool(gpu: Gpu, bytes: number): PlacePool {
  let room = Math.min(FIRST_PLACES, Math.floor(gpu.greatestBuffer / bytes));
  let buffer = gpu.buffer(bytes * room, LABEL);
  let used = 0;
  const free: number[] = [];
  const holders: number[] = [];
  const grow = (): void => {
    const wanted = Math.max(used, 2 * room);
    const larger = bytes * wanted <= gpu.greatestBuffer ? wanted : used;
    const next = gpu.buffer(bytes * larger, LABEL);
    gpu.copy(buffer, 0, next, 0, bytes * room);
    gpu.release(buffer);
    buffer = next;
    room = larger;
  };
  return {
    get buffer() {
      return buffer;
    },
    take(count) {
      const missing = Math.max(0, used + count - free.length - room);
      if (missing > 0 && bytes * (room + missing) > gpu.greatestBuffer)
        throw new RangeError(
          `policy: expected at most ${Math.floor(gpu.greatestBuffer / bytes)} tokens read by all rollouts together, got ${room + missing}; a token takes ${bytes} bytes and this device holds ${Math.floor(gpu.greatestBuffer / 2 ** 20)} MiB in one buffer: use fewer rollouts at once or a smaller model`,
        );
      const places = Array.from({ length: count }, () => {
        const place = free.pop() ?? used++;
        holders[place] = 1;
        return place;
      });
      if (used > room) grow();
      return places;
    },
    hold(places) {
      for (const place of places) holders[place] = (holders[place] as number) + 1;
    },
    drop(places) {
      for (const place of places) {
        holders[place] = (holders[place] as number) - 1;
        if (holders[place] === 0) free.push(place);
      }
    },
    dispose: () => gpu.release(buffer),
  };
}

/** All rows' places in one list, and where each row's begin. */
export function tableOf(rows: readonly (readonly number[])[]): { readonly table: Uint32Array<ArrayBuffer>; readonly starts: readonly number[] } {
  const starts: number[] = [];
  let total = 0;
  for (const { length } of rows) {
    starts.push(total);
    total += length;
  }
  const table = new Uint32Array(total);
  rows.forEach((places, r) => {
    table.set(places, starts[r]);
  });
  return { table, starts };
}
