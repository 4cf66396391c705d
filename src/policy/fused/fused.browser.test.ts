// The fused engine under the suite that every engine passes, in a real browser.
import * as tf from '@tensorflow/tfjs-core';
import { startBackend } from '../backend.ts';
import { conformanceSuite, TEST_SHAPE, TEST_UNWRITABLE } from '../testing/conformance.ts';
import { WASM_FILES } from '../wasmFiles.ts';
import { createFusedPolicy } from './fusedPolicy.ts';

const start = () => startBackend('webgpu', { wasmFiles: WASM_FILES });
const device = (): GPUDevice => (tf.backend() as unknown as { readonly device: GPUDevice }).device;

conformanceSuite('FusedPolicy', start, (seed) => createFusedPolicy(device(), TEST_SHAPE, { unwritable: TEST_UNWRITABLE, seed }), 1e-3);
