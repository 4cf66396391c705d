import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { iifeSources } from './scripts/iifeSources.ts';
import { offline } from './scripts/offline.ts';
import { pyodideFiles } from './scripts/pyodideFiles.ts';

export default defineConfig({
  base: './', // the built folder runs from any path of any host
  plugins: [react(), iifeSources(), pyodideFiles(), offline()],
  worker: { format: 'es', plugins: () => [iifeSources()] },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    modulePreload: { polyfill: false }, // browsers that can run the page preload modules by themselves
  },
});
