import { memoryShelf } from './memoryShelf.ts';
import { describeShelf } from './testing/shelfConformance.ts';

describeShelf('memoryShelf(sources)', async (sources) => ({ shelf: memoryShelf(sources), destroy: async () => {} }));
