// A thin layer over a WebGPU device: programs are recorded and submitted together, and counted.
import { type Buffers, type Parameters, type Program, sourceOf, workgroups } from './program.ts';

export interface GpuCounts {
  readonly dispatches: number;
  readonly submissions: number;
  readonly readBacks: number;
  readonly bytesWritten: number;
  readonly bytesRead: number;
}

export interface Gpu {
  readonly device: GPUDevice;
  /** Bytes of the greatest buffer that the device can hold and bind. */
  readonly greatestBuffer: number;
  /** A storage buffer of so many bytes, zeros. Throws RangeError if the device can hold no buffer of this size; whether it has room for it, `allocated` tells. */
  buffer(bytes: number, label: string): GPUBuffer;
  /** Whether there was room for all buffers since the last call; if nobody asks, the next read rejects. */
  allocated(): Promise<boolean>;
  /** Gives a buffer's memory back, once what was recorded is done. */
  release(buffer: GPUBuffer): void;
  write(buffer: GPUBuffer, data: Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Int32Array<ArrayBuffer>, offset?: number): void;
  /** Records one dispatch of at least so many threads. The order of recording is the order of effects. */
  run<B extends Buffers, P extends Parameters>(
    program: Program<B, P>,
    buffers: Readonly<Record<keyof B, GPUBuffer>>,
    parameters: Readonly<Record<keyof P, number>>,
    threads: readonly [number, number?, number?],
  ): void;
  /** Records that a buffer becomes zeros. */
  clear(buffer: GPUBuffer): void;
  /** Records a copy. */
  copy(from: GPUBuffer, fromOffset: number, to: GPUBuffer, toOffset: number, bytes: number): void;
  /** Gives what was recorded to the device. */
  submit(): void;
  /** Submits, then reads ranges of buffers back in one go. Rejects if the device is lost. */
  read(ranges: readonly { readonly buffer: GPUBuffer; readonly offset?: number; readonly bytes: number }[]): Promise<ArrayBuffer[]>;
  counts(): GpuCounts;
  dispose(): void;
}

const SLOT = 256; // alignment that every device grants to the offset of a uniform

interface Prepared {
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
  readonly id: number;
}

type Recorded =
  | {
      readonly kind: 'dispatch';
      readonly prepared: Prepared;
      readonly group: GPUBindGroup;
      readonly slot: number;
      readonly groups: readonly [number, number, number];
    }
  | { readonly kind: 'clear'; readonly buffer: GPUBuffer }
  | { readonly kind: 'copy'; readonly from: GPUBuffer; readonly fromOffset: number; readonly to: GPUBuffer; readonly toOffset: number; readonly bytes: number };

export function createGpu(device: GPUDevice): Gpu {
  const prepared = new Map<Program, Prepared>();
  const ids = new WeakMap<GPUBuffer, number>();
  const owned = new Set<GPUBuffer>();
  let nextId = 0;
  let groups = new Map<string, GPUBindGroup>();
  let recorded: Recorded[] = [];
  let slots = 256;
  let values = new ArrayBuffer(slots * SLOT);
  let used = 0;
  let uniforms = makeUniforms();
  /** Buffers for reading back that nobody waits for. */
  const idle: GPUBuffer[] = [];
  /** Why nothing more can be had from the device. */
  let fault: string | null = null;
  /** The buffer that there was no room for, until somebody asks; and what is still open about room. */
  let shortage: string | null = null;
  let open: Promise<void>[] = [];
  const counts = { dispatches: 0, submissions: 0, readBacks: 0, bytesWritten: 0, bytesRead: 0 };
  void device.lost.then(({ reason, message }) => {
    if (reason !== 'destroyed') fault = `the GPU device was lost (${message || reason}): start again (a page: reload it), or use the wasm backend`;
  });
  /** Does GPU work; what the device finds wrong with it comes late. */
  const watched = <T>(scope: GPUErrorFilter, work: () => T, found: (message: string) => void): T => {
    device.pushErrorScope(scope);
    const result = work();
    const told = device.popErrorScope().then(
      (error) => {
        if (error) found(error.message);
      },
      () => {}, // the device is gone, which is told by itself
    );
    if (scope === 'out-of-memory') open.push(told);
    return result;
  };
  const checked = <T>(what: string, work: () => T): T =>
    watched('validation', work, (message) => {
      fault ??= `${what}: ${message}`;
    });
  const throwFault = (): void => {
    const known = fault ?? shortage;
    if (known !== null) throw new Error(known);
  };

  function makeUniforms(): GPUBuffer {
    return device.createBuffer({ label: 'parameters of dispatches', size: slots * SLOT, usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST });
  }
  const idOf = (buffer: GPUBuffer): number => {
    const known = ids.get(buffer) ?? nextId++;
    ids.set(buffer, known);
    return known;
  };
  const prepare = (given: Program): Prepared => {
    const known = prepared.get(given);
    if (known) return known;
    const storage = Object.values(given.buffers).map(
      (type, i): GPUBindGroupLayoutEntry => ({
        binding: i + 1,
        visibility: GPUShaderStage.COMPUTE,
        buffer: { type: type.startsWith('read_write ') ? 'storage' : 'read-only-storage' },
      }),
    );
    const layout = device.createBindGroupLayout({
      entries: [{ binding: 0, visibility: GPUShaderStage.COMPUTE, buffer: { type: 'uniform', hasDynamicOffset: true } }, ...storage],
    });
    const pipeline = checked(given.name, () => {
      const module = device.createShaderModule({ label: given.name, code: sourceOf(given) });
      const whole = device.createPipelineLayout({ bindGroupLayouts: [layout] });
      return device.createComputePipeline({ label: given.name, layout: whole, compute: { module, entryPoint: 'main' } });
    });
    const fresh = { pipeline, layout, id: prepared.size };
    prepared.set(given, fresh);
    return fresh;
  };
  const groupOf = ({ layout, id }: Prepared, buffers: readonly GPUBuffer[]): GPUBindGroup => {
    const key = `${id}:${buffers.map(idOf).join()}`;
    const known = groups.get(key);
    if (known) return known;
    const fresh = device.createBindGroup({
      layout,
      entries: [{ binding: 0, resource: { buffer: uniforms, size: SLOT } }, ...buffers.map((buffer, i) => ({ binding: i + 1, resource: { buffer } }))],
    });
    if (groups.size > 1000) groups = new Map(); // buffers that are gone
    groups.set(key, fresh);
    return fresh;
  };
  const submit = (): void => {
    if (recorded.length > 0) checked('a submission', encode);
  };
  const encode = (): void => {
    if (used > 0) device.queue.writeBuffer(uniforms, 0, values, 0, used * SLOT);
    const encoder = device.createCommandEncoder();
    let pass: GPUComputePassEncoder | null = null;
    for (const each of recorded) {
      if (each.kind !== 'dispatch') {
        pass?.end();
        pass = null;
        if (each.kind === 'clear') encoder.clearBuffer(each.buffer);
        else encoder.copyBufferToBuffer(each.from, each.fromOffset, each.to, each.toOffset, each.bytes);
        continue;
      }
      pass ??= encoder.beginComputePass();
      pass.setPipeline(each.prepared.pipeline);
      pass.setBindGroup(0, each.group, [each.slot * SLOT]);
      pass.dispatchWorkgroups(...each.groups);
    }
    pass?.end();
    device.queue.submit([encoder.finish()]);
    counts.submissions++;
    recorded = [];
    used = 0;
  };
  const takeStaging = (bytes: number): GPUBuffer => {
    const at = idle.findIndex(({ size }) => size >= bytes);
    if (at >= 0) return idle.splice(at, 1)[0] as GPUBuffer;
    idle.pop()?.destroy(); // too small
    const size = 2 ** Math.ceil(Math.log2(Math.max(1024, bytes)));
    return device.createBuffer({ label: 'read-back', size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
  };
  const growUniforms = (): void => {
    submit();
    slots *= 2;
    values = new ArrayBuffer(slots * SLOT);
    uniforms.destroy();
    uniforms = makeUniforms();
    groups = new Map();
  };

  const greatestBuffer = Math.min(device.limits.maxBufferSize, device.limits.maxStorageBufferBindingSize);
  return {
    device,
    greatestBuffer,
    buffer(bytes, label) {
      const size = Math.max(16, Math.ceil(bytes / 16) * 16);
      if (size > greatestBuffer)
        throw new RangeError(
          `${label}: expected at most ${megabytes(greatestBuffer)} in one buffer of this device, got ${megabytes(size)}; use fewer rollouts at once or a smaller model`,
        );
      const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
      const create = (): GPUBuffer => checked(label, () => device.createBuffer({ label, size, usage }));
      const made = watched('out-of-memory', create, () => {
        shortage ??= `${label}: the GPU has no room for ${megabytes(size)}; use fewer rollouts at once or a smaller model, or close what else uses it`;
      });
      owned.add(made);
      return made;
    },
    async allocated() {
      const asked = open;
      open = [];
      await Promise.all(asked);
      const found = shortage === null;
      shortage = null;
      return found;
    },
    release(buffer) {
      submit();
      owned.delete(buffer);
      buffer.destroy();
    },
    write(buffer, data, offset = 0) {
      submit(); // what was recorded reads what was there before
      device.queue.writeBuffer(buffer, offset, data);
      counts.bytesWritten += data.byteLength;
    },
    run(given, buffers, parameters, [x, y = 1, z = 1]) {
      if (x * y * z === 0) return;
      if (used === slots) growUniforms();
      const ready = prepare(given as unknown as Program);
      const group = groupOf(
        ready,
        Object.keys(given.buffers).map((name) => buffers[name] as GPUBuffer),
      );
      const view = new DataView(values, used * SLOT, SLOT);
      Object.entries(given.parameters).forEach(([name, type], i) => {
        const value = parameters[name] as number;
        if (type === 'f32') view.setFloat32(4 * i, value, true);
        else view.setUint32(4 * i, value, true);
      });
      recorded.push({ kind: 'dispatch', prepared: ready, group, slot: used++, groups: workgroups(given.workgroup, [x, y, z]) });
      counts.dispatches++;
    },
    clear: (buffer) => void recorded.push({ kind: 'clear', buffer }),
    copy(from, fromOffset, to, toOffset, bytes) {
      recorded.push({ kind: 'copy', from, fromOffset, to, toOffset, bytes });
    },
    submit,
    async read(ranges) {
      throwFault();
      const total = ranges.reduce((sum, { bytes }) => sum + aligned(bytes), 0);
      const target = takeStaging(total);
      let at = 0;
      for (const { buffer, offset = 0, bytes } of ranges) {
        recorded.push({ kind: 'copy', from: buffer, fromOffset: offset, to: target, toOffset: at, bytes: aligned(bytes) });
        at += aligned(bytes);
      }
      submit();
      try {
        await target.mapAsync(GPUMapMode.READ, 0, aligned(total)).catch((error: unknown) => {
          throw new Error(fault ?? `the GPU gave nothing back: ${(error as Error).message}`);
        });
        throwFault();
      } catch (error) {
        target.destroy();
        throw error;
      }
      const mapped = target.getMappedRange(0, aligned(total));
      at = 0;
      const results = ranges.map(({ bytes }) => {
        const part = mapped.slice(at, at + bytes);
        at += aligned(bytes);
        return part;
      });
      target.unmap();
      idle.push(target);
      counts.readBacks++;
      counts.bytesRead += total;
      return results;
    },
    counts: () => ({ ...counts }),
    dispose() {
      for (const buffer of owned) buffer.destroy();
      uniforms.destroy();
      for (const buffer of idle) buffer.destroy();
    },
  };
}

const aligned = (bytes: number): number => Math.ceil(bytes / 4) * 4;
const megabytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20)} MiB`;
