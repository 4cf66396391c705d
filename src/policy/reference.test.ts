import { createRequire } from 'node:module';
import path from 'node:path';
import { startBackend } from './backend.ts';
import { createReferencePolicy } from './reference.ts';
import { conformanceSuite, TEST_SHAPE, TEST_UNWRITABLE } from './testing/conformance.ts';

const folder = path.dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
const wasmFiles = Object.fromEntries(
  ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm-threaded-simd.wasm'].map((name) => [name, path.join(folder, name)]),
);
const make = (seed: number) => createReferencePolicy(TEST_SHAPE, { unwritable: TEST_UNWRITABLE, seed });

conformanceSuite('ReferencePolicy on wasm', () => startBackend('wasm', { wasmFiles }), make, 2e-5);
conformanceSuite('ReferencePolicy on cpu', () => startBackend('cpu', { wasmFiles }), make, 2e-5);
