// What the adapter itself can do: the best of several kernels at one large product, and a copy. The yardstick for the engines' shares.
import { jit, numpy as np } from '@jax-js/jax';
import * as tf from '@tensorflow/tfjs-core';
import { operand, registerTileProduct } from './registerTile.ts';

export interface Peak {
  /** Of each kernel at a product of n × n matrices. */
  readonly products: readonly { readonly kernel: string; readonly n: number; readonly flopsPerSecond: number }[];
  /** Read and written. */
  readonly copiedBytesPerSecond: number;
  readonly copiedBytes: number;
}

const RUNS = 5;

/** Best of several runs of each. */
export async function measurePeak(device: GPUDevice, software: boolean): Promise<Peak> {
  const sizes = software ? [256, 512] : [2048, 4096];
  const repeats = software ? 1 : 20; // so that a read-back is a small part
  const products = [];
  for (const n of sizes)
    for (const [kernel, make] of Object.entries(KERNELS)) {
      const { run, dispose } = make(device, n);
      const seconds = await bestOf(() => run(repeats));
      dispose();
      products.push({ kernel, n, flopsPerSecond: (repeats * 2 * n ** 3) / seconds });
    }
  const copiedBytes = (software ? 64 : 256) * 2 ** 20;
  return { products, copiedBytes, copiedBytesPerSecond: (2 * copiedBytes * repeats) / (await copySeconds(device, copiedBytes, repeats)) };
}

/** Multiplies two n × n matrices so many times, and waits. */
type Product = (device: GPUDevice, n: number) => { readonly run: (repeats: number) => Promise<unknown>; readonly dispose: () => void };

const KERNELS: Readonly<Record<string, Product>> = {
  'tfjs matMul': (_, n) => {
    const [a, b] = [operand(n), operand(n)].map((values) => tf.tensor2d(values, [n, n])) as [tf.Tensor2D, tf.Tensor2D];
    return {
      async run(repeats) {
        const corner = tf.tidy(() => {
          let c = tf.matMul(a, b);
          for (let i = 1; i < repeats; i++) c = tf.matMul(a, b);
          return tf.slice(c, [0, 0], [1, 1]);
        });
        await corner.data();
        corner.dispose();
      },
      dispose: () => tf.dispose([a, b]),
    };
  },
  'jax-js matmul': (_, n) => {
    const [a, b] = [operand(n), operand(n)].map((values) => np.array(values, { shape: [n, n] })) as [np.Array, np.Array];
    const product = jit(np.matmul);
    return {
      async run(repeats) {
        for (let i = 1; i < repeats; i++) product(a.ref, b.ref).dispose();
        const c = product(a.ref, b.ref);
        await c.blockUntilReady();
        c.dispose();
      },
      dispose() {
        a.dispose();
        b.dispose();
        product.dispose();
      },
    };
  },
  'register tiles': registerTileProduct,
};

async function copySeconds(device: GPUDevice, bytes: number, repeats: number): Promise<number> {
  const [from, to] = [0, 1].map(() => device.createBuffer({ size: bytes, usage: GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST })) as [GPUBuffer, GPUBuffer];
  const seconds = await bestOf(async () => {
    const encoder = device.createCommandEncoder();
    for (let i = 0; i < repeats; i++) encoder.copyBufferToBuffer(from, 0, to, 0, bytes);
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
  });
  from.destroy();
  to.destroy();
  return seconds;
}

/** Seconds of the fastest run, after one that is not counted. */
async function bestOf(work: () => Promise<unknown>): Promise<number> {
  await work();
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < RUNS; i++) {
    const start = performance.now();
    await work();
    best = Math.min(best, (performance.now() - start) / 1000);
  }
  return best;
}
