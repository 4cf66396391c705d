// Buffers by name that grow with need and are kept from call to call: what is in them lasts until the name is asked for again.
import type { Gpu } from './gpu.ts';

export interface Scratch {
  /** A buffer of at least so many bytes; its content is not kept when it grows. */
  buffer(name: string, bytes: number): GPUBuffer;
  /** A buffer with this data at its start. */
  filled(name: string, data: Uint32Array<ArrayBuffer> | Float32Array<ArrayBuffer>): GPUBuffer;
  dispose(): void;
}

export function createScratch(gpu: Gpu): Scratch {
  const buffers = new Map<string, GPUBuffer>();
  const scratch: Scratch = {
    buffer(name, bytes) {
      const known = buffers.get(name);
      if (known && known.size >= bytes) return known;
      if (known) gpu.release(known);
      const wanted = Math.ceil((bytes * 5) / 4);
      const made = gpu.buffer(wanted <= gpu.greatestBuffer ? wanted : bytes, name);
      buffers.set(name, made);
      return made;
    },
    filled(name, data) {
      const buffer = scratch.buffer(name, data.byteLength);
      if (data.length > 0) gpu.write(buffer, data);
      return buffer;
    },
    dispose() {
      for (const buffer of buffers.values()) gpu.release(buffer);
      buffers.clear();
    },
  };
  return scratch;
}
