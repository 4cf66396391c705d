// Small helpers around tfjs: typed records of tensors.
import * as tf from '@tensorflow/tfjs-core';

/** `tf.tidy` for any record or list of tensors: all tensors made inside are disposed of but those in the result. */
export function tidied<T>(make: () => T): T {
  return tf.tidy(make as () => tf.TensorContainer) as T;
}

/** Disposes of every tensor in the records. */
export function disposeAll(...records: readonly unknown[]): void {
  tf.dispose(records as tf.TensorContainer[]);
}

/** The numbers of a tensor, which is given back. */
export async function takeData(tensor: tf.Tensor): Promise<Float32Array> {
  const values = (await tensor.data()) as Float32Array;
  tensor.dispose();
  return values;
}

/** Tensors alive now: a count that must not grow over a run. */
export function tensorCount(): number {
  return tf.memory().numTensors;
}
