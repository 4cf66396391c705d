// Batched matrix products [n, M, K] × [n, K, N]. On wasm each pair runs as a plain product, ten times the speed of tfjs's own batched path.
import * as tf from '@tensorflow/tfjs-core';

/**
 * out[i] = a[i] · b[i]. No gradient: callers bring their own.
 *
 * A single line takes tfjs's own path, where the detour does not pay. K and N have no say in it: the paths round differently, so that
 * padding with zeros would change the result.
 */
export function pairedMatMul(a: tf.Tensor3D, b: tf.Tensor3D): tf.Tensor3D {
  const [n, M, K] = a.shape;
  if (b.shape[0] !== n || b.shape[1] !== K) throw new RangeError(`pairedMatMul: shapes [${a.shape}] and [${b.shape}] do not fit`);
  return tf.getBackend() === 'wasm' && n > 1 && M > 1 ? onWasm(a, b) : tf.matMul(a, b);
}

/** What this file uses of tfjs-backend-wasm 4.22.0 beside its public face. */
interface WasmBackend {
  readonly wasm: {
    readonly HEAPU8: Uint8Array;
    readonly tfjs: { registerTensor(id: number, size: number, offset: number): void; disposeData(id: number): void };
    _BatchMatMul(a: number, aShape: number, aRank: number, b: number, bShape: number, bRank: number, transposeA: number, transposeB: number, out: number): void;
    _malloc(bytes: number): number;
    _free(pointer: number): void;
  };
  readonly dataIdMap: { get(id: object): { readonly memoryOffset: number } };
  makeOutput(shape: readonly number[], dtype: 'float32'): tf.TensorInfo;
}

/** Ids for the views into the operands, away from those that the backend counts up from 1. */
const VIEW_IDS = [2 ** 30, 2 ** 30 + 1, 2 ** 30 + 2] as const;

/**
 * tfjs-wasm multiplies a single pair through XNNPACK, but a batch by a generic loop. Here every pair is registered as a view into the
 * operands' memory and multiplied alone. The views are dropped at once, since XNNPACK keeps packed weights by id.
 */
function onWasm(a: tf.Tensor3D, b: tf.Tensor3D): tf.Tensor3D {
  const backend = tf.backend() as unknown as WasmBackend;
  const { wasm } = backend;
  const [n, M, K] = a.shape;
  const N = b.shape[2];
  const out = backend.makeOutput([n, M, N], 'float32');
  const [aAt, bAt, outAt] = [a, b, out].map(({ dataId }) => backend.dataIdMap.get(dataId).memoryOffset) as [number, number, number];
  const [aId, bId, outId] = VIEW_IDS;
  const shapes = wasm._malloc(24);
  new Int32Array(wasm.HEAPU8.buffer, shapes, 6).set([1, M, K, 1, K, N]);
  for (let i = 0; i < n; i++) {
    wasm.tfjs.registerTensor(aId, M * K, aAt + 4 * i * M * K);
    wasm.tfjs.registerTensor(bId, K * N, bAt + 4 * i * K * N);
    wasm.tfjs.registerTensor(outId, M * N, outAt + 4 * i * M * N);
    wasm._BatchMatMul(aId, shapes, 3, bId, shapes + 12, 3, 0, 0, outId);
    for (const id of VIEW_IDS) wasm.tfjs.disposeData(id);
  }
  wasm._free(shapes);
  return tf.engine().makeTensorFromTensorInfo(out) as tf.Tensor3D;
}
