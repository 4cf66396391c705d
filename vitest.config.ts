import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { CHROMIUM_ARGUMENTS, findChromium } from './scripts/browser.ts';
import { iifeSources } from './scripts/iifeSources.ts';
import { pyodideFiles } from './scripts/pyodideFiles.ts';

const executablePath = findChromium();

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [iifeSources()],
        test: {
          name: 'unit',
          include: ['{src,cli,scripts,bench,docs}/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts', '**/node_modules/**'],
          testTimeout: 60_000,
        },
      },
      {
        // against servers that others wrote, started here: slower, and only in Node
        test: { name: 'live', include: ['e2e/live/**/*.live.ts'], testTimeout: 300_000, hookTimeout: 600_000 },
      },
      {
        // tfjs and comlink are bundled beforehand: found in the middle of a test, they would reload it
        plugins: [iifeSources(), pyodideFiles()],
        optimizeDeps: {
          include: [
            '@tensorflow/tfjs-core',
            '@tensorflow/tfjs-core/dist/gradients/Add_grad.js',
            '@tensorflow/tfjs-backend-webgpu',
            '@tensorflow/tfjs-backend-wasm',
            '@tensorflow/tfjs-backend-cpu',
            'comlink',
            'minisearch',
            'fast-png',
            'valibot',
            'dexie',
            'fflate',
            'hyparquet',
            'hyparquet-writer',
            'quickjs-emscripten-core',
            '@jitl/quickjs-wasmfile-release-sync',
            'acorn',
            'acorn-walk',
          ],
        },
        test: {
          name: 'browser',
          include: ['src/**/*.browser.test.ts'],
          testTimeout: 180_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { args: [...CHROMIUM_ARGUMENTS], ...(executablePath ? { executablePath } : {}) } }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
