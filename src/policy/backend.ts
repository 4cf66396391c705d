// Chooses the tfjs backend: WebGPU on a hardware adapter, else wasm, else plain cpu; and says which and why.
import * as tf from '@tensorflow/tfjs-core';
import { shareClonesOnWasm } from './sharedClones.ts';

export type BackendName = 'webgpu' | 'wasm' | 'cpu';
export type BackendChoice = 'auto' | BackendName;
export const BACKEND_CHOICES: readonly BackendChoice[] = ['auto', 'webgpu', 'wasm', 'cpu'];

export interface BackendReport {
  readonly backend: BackendName;
  /** Name of the WebGPU adapter; null on other backends. */
  readonly adapter: string | null;
  /** The adapter is a program, not a chip: right, but slow. */
  readonly software: boolean;
  /** One sentence for people: what runs and why. */
  readonly reason: string;
}

export interface BackendOptions {
  /** Places of the wasm binaries by file name, as tfjs asks for them. */
  readonly wasmFiles: Readonly<Record<string, string>>;
  /** Longest that one probe may take, milliseconds. Default 15 000. */
  readonly timeLimit?: number;
}

/** Switches tfjs to a backend. Throws Error if the one asked for by name cannot be had; `auto` always ends somewhere. */
export async function startBackend(choice: BackendChoice, options: BackendOptions): Promise<BackendReport> {
  if (choice !== 'auto') return start(choice, options, `${choice} was asked for`);
  const adapter = await probeAdapter();
  const notes: string[] = [];
  if (adapter && !adapter.software) {
    try {
      return await start('webgpu', options, `WebGPU runs on ${adapter.name}`);
    } catch (error) {
      notes.push(`WebGPU failed (${messageOf(error)})`);
    }
  } else notes.push(adapter ? `the WebGPU adapter (${adapter.name}) is software` : 'this machine offers no WebGPU adapter');
  try {
    return await start('wasm', options, `wasm, since ${notes.join('; ')}`);
  } catch (error) {
    notes.push(`wasm failed (${messageOf(error)})`);
  }
  return start('cpu', options, `plain JavaScript, since ${notes.join('; ')}`);
}

async function start(name: BackendName, { wasmFiles, timeLimit = 15_000 }: BackendOptions, reason: string): Promise<BackendReport> {
  const adapter = name === 'webgpu' ? await probeAdapter() : null;
  if (name === 'webgpu' && !adapter) throw new Error('webgpu: expected an adapter, got none; use --backend wasm, or a browser with WebGPU');
  await within(timeLimit, register(name, wasmFiles), name);
  const ready = await within(timeLimit, tf.setBackend(name), name);
  if (!ready) throw new Error(`${name}: tfjs could not start this backend`);
  return { backend: name, adapter: adapter?.name ?? null, software: adapter?.software ?? false, reason };
}

/** Loads only the backend that is wanted. */
async function register(name: BackendName, wasmFiles: BackendOptions['wasmFiles']): Promise<void> {
  switch (name) {
    case 'webgpu':
      await registerWebGpu();
      tf.env().set('WEBGPU_CPU_FORWARD', false); // tiny tensors would wander to the CPU and hide errors
      tf.env().set('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE', 2000);
      return;
    case 'wasm': {
      const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
      setWasmPaths(wasmFiles);
      tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false); // in a minified build the threaded start never settles
      shareClonesOnWasm();
      return;
    }
    case 'cpu':
      await import('@tensorflow/tfjs-backend-cpu');
      return;
    default:
      name satisfies never;
  }
}

let ownDevice = false;

/** Registers the backend on a device with all that tfjs asks for, and subgroups where the adapter has them. */
async function registerWebGpu(): Promise<void> {
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  if (ownDevice) return;
  tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', async () => {
    const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) throw new Error('webgpu: the adapter is gone');
    const { limits, features, info } = adapter;
    const device = await adapter.requestDevice({
      requiredFeatures: (['timestamp-query', 'subgroups'] as const).filter((feature) => features.has(feature)),
      requiredLimits: {
        maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
        maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
        maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
        maxBufferSize: limits.maxBufferSize,
        maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
        maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
      },
    });
    return new WebGPUBackend(device, info);
  });
  ownDevice = true;
}

async function probeAdapter(): Promise<{ readonly name: string; readonly software: boolean } | null> {
  const gpu = (globalThis.navigator as Navigator | undefined)?.gpu;
  if (!gpu) return null;
  const adapter = await within(5_000, gpu.requestAdapter({ powerPreference: 'high-performance' }), 'WebGPU probe').catch(() => null);
  if (!adapter) return null;
  const { vendor, architecture, description } = adapter.info;
  const name = description || [vendor, architecture].filter(Boolean).join(' ') || 'an unnamed adapter';
  return { name, software: isSoftware(adapter.info) };
}

/** Whether an adapter is a program rather than a chip. */
export function isSoftware({ vendor, architecture, description, isFallbackAdapter }: GPUAdapterInfo & { readonly isFallbackAdapter?: boolean }): boolean {
  return isFallbackAdapter === true || /swiftshader|llvmpipe|lavapipe|basic render/i.test(`${vendor} ${architecture} ${description}`);
}

async function within<T>(milliseconds: number, promise: Promise<T>, what: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: no answer within ${milliseconds / 1000} s`)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
