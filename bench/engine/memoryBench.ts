// npm run bench -- memory: whether 1,000 updates of the fused engine with rollouts between them leave anything behind.
import { atMost } from '../budgets.ts';
import type { Bench } from '../table.ts';
import type { MemoryReading } from './memory.ts';
import { runTask } from './place.ts';

const MEBIBYTE = 2 ** 20;
/** Heap that a collection may leave more than another, MiB. */
const HEAP_NOISE = 1;

export const memoryBench: Bench = {
  about: 'GPU buffers, tensors and heap over 1,000 updates of FusedPolicy, with rollouts between them',
  async run(progress, { on }) {
    const memory = await runTask(on, 'memory', progress);
    const { readings, adapter } = memory;
    const [first, last] = [readings[0], readings.at(-1)] as [MemoryReading, MemoryReading];
    const growth = (of: keyof MemoryReading): number => last[of] - first[of];
    const shownAt = readings.filter((_, i) => i % 3 === 0);
    const row = (what: string, of: (reading: MemoryReading) => string): readonly string[] => [what, ...shownAt.map(of)];
    const from = `from update ${first.update} to ${last.update}`;
    return {
      tables: [
        {
          title: `${adapter}: alive after so many updates, garbage collected`,
          columns: ['', ...shownAt.map(({ update }) => String(update))],
          rows: [
            row('GPU buffers', ({ buffers }) => String(buffers)),
            row('… MiB', ({ bufferBytes }) => (bufferBytes / MEBIBYTE).toFixed(2)),
            row('tensors', ({ tensors }) => String(tensors)),
            row('heap, MiB', ({ heapBytes }) => (heapBytes / MEBIBYTE).toFixed(2)),
          ],
        },
      ],
      budgets: [
        { what: `growth ${from}: GPU buffers`, measured: growth('buffers'), bound: atMost(0) },
        { what: '… their bytes', measured: growth('bufferBytes'), bound: atMost(0) },
        { what: '… tensors', measured: growth('tensors'), bound: atMost(0) },
        { what: '… heap', measured: growth('heapBytes') / MEBIBYTE, bound: atMost(HEAP_NOISE), unit: 'MiB' },
      ],
      data: { on, ...memory },
    };
  },
};
