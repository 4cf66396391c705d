// Counts what any library asks of WebGPU in this page or process, and the buffers that are alive: by wrapping WebGPU's own classes.

export interface GpuCalls {
  readonly dispatches: number;
  readonly submissions: number;
  /** Buffers mapped for reading. */
  readonly readBacks: number;
  readonly bytesWritten: number;
  readonly bytesRead: number;
}

export interface GpuMemory {
  readonly buffers: number;
  readonly bytes: number;
}

const calls = { dispatches: 0, submissions: 0, readBacks: 0, bytesWritten: 0, bytesRead: 0 };
const alive = new Map<number, number>(); // bytes by number of the buffer
const numbers = new WeakMap<GPUBuffer, number>();
const collected = new FinalizationRegistry((number: number) => alive.delete(number));
let created = 0;
let installed = false;

/** Starts counting; before that everything is 0. Call it before a device is made. */
export function startLedger(): void {
  if (installed) return;
  installed = true;
  wrap(GPUComputePassEncoder.prototype, 'dispatchWorkgroups', () => calls.dispatches++);
  wrap(GPUComputePassEncoder.prototype, 'dispatchWorkgroupsIndirect', () => calls.dispatches++);
  wrap(GPUQueue.prototype, 'submit', () => calls.submissions++);
  wrap(GPUQueue.prototype, 'writeBuffer', (_, [, , data, from = 0, size]) => {
    const { byteLength, BYTES_PER_ELEMENT = 1 } = data as ArrayBufferView & { readonly BYTES_PER_ELEMENT?: number };
    calls.bytesWritten += size === undefined ? byteLength - from * BYTES_PER_ELEMENT : size * BYTES_PER_ELEMENT;
  });
  wrap(GPUBuffer.prototype, 'mapAsync', (buffer, [mode, offset = 0, size]) => {
    if ((mode & GPUMapMode.READ) === 0) return;
    calls.readBacks++;
    calls.bytesRead += size ?? buffer.size - offset;
  });
  wrap(GPUBuffer.prototype, 'destroy', (buffer) => alive.delete(numbers.get(buffer) ?? -1));
  const { createBuffer } = GPUDevice.prototype;
  GPUDevice.prototype.createBuffer = function (this: GPUDevice, descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    if (descriptor.mappedAtCreation) calls.bytesWritten += descriptor.size;
    numbers.set(buffer, ++created);
    alive.set(created, descriptor.size);
    collected.register(buffer, created);
    return buffer;
  };
}

/** What was asked for while `work` ran. */
export async function countCalls(work: () => Promise<unknown>): Promise<GpuCalls> {
  const before = { ...calls };
  await work();
  return difference(calls, before);
}

/** Later counts less earlier ones. */
export function difference(after: GpuCalls, before: GpuCalls): GpuCalls {
  const names = ['dispatches', 'submissions', 'readBacks', 'bytesWritten', 'bytesRead'] as const;
  return Object.fromEntries(names.map((name) => [name, after[name] - before[name]])) as unknown as GpuCalls;
}

/** Buffers of all devices that were neither destroyed nor collected. */
export function gpuMemory(): GpuMemory {
  return { buffers: alive.size, bytes: [...alive.values()].reduce((sum, bytes) => sum + bytes, 0) };
}

type Methods<C> = { [K in keyof C]: C[K] extends (...given: never[]) => unknown ? K : never }[keyof C];
type Given<C, K extends keyof C> = C[K] extends (...given: infer G) => unknown ? G : never;

/** Lets `note` see every call of a method. */
function wrap<C extends object, K extends Methods<C>>(prototype: C, name: K, note: (self: C, given: Given<C, K>) => unknown): void {
  const method = prototype[name] as (...given: unknown[]) => unknown;
  Object.assign(prototype, {
    [name](this: C, ...given: unknown[]) {
      note(this, given as Given<C, K>);
      return method.apply(this, given);
    },
  });
}
