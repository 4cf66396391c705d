// The memory of tensors on wasm, for loops over plain numbers: what is used of tfjs-backend-wasm 4.22.0 beside its public face.
import * as tf from '@tensorflow/tfjs-core';

interface WasmMemory {
  makeOutput(shape: readonly number[], dtype: 'float32'): tf.TensorInfo;
  typedArrayFromHeap(info: tf.TensorInfo): Float32Array;
}

/** Whether the two functions below work: on wasm alone. */
export function hasPlainMemory(): boolean {
  return tf.getBackend() === 'wasm';
}

/** A tensor whose numbers are still to be written. */
export function unwrittenTensor(shape: readonly number[]): tf.Tensor {
  return tf.engine().makeTensorFromTensorInfo((tf.backend() as unknown as WasmMemory).makeOutput(shape, 'float32'));
}

/** The numbers of a tensor themselves, no copy. Good until the next tensor is made, which may move the heap. */
export function memoryOf(tensor: tf.Tensor): Float32Array {
  return (tf.backend() as unknown as WasmMemory).typedArrayFromHeap(tensor);
}
