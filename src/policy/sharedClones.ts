// Clones on wasm that share their memory. tfjs-wasm copies it, and a gradient's tape clones all that it keeps: 2 MB an operation, for nothing,
// since no operation changes a tensor that is there.
import * as tf from '@tensorflow/tfjs-core';

/** Replaces the Identity kernel of tfjs-backend-wasm 4.22.0 by what its Reshape does: one more reference to the same data. */
export function shareClonesOnWasm(): void {
  const kernel = { kernelName: tf.Identity, backendName: 'wasm' };
  if (tf.getKernel(kernel.kernelName, kernel.backendName)) tf.unregisterKernel(kernel.kernelName, kernel.backendName);
  tf.registerKernel({
    ...kernel,
    kernelFunc({ inputs, backend }) {
      const { dataId, shape, dtype } = inputs.x as tf.TensorInfo;
      (backend as tf.KernelBackend).incRef(dataId);
      return { dataId, shape, dtype };
    },
  });
}
