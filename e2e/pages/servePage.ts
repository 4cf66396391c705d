// Serves a page that is made for stories: built as the real one is, under its content security policy, beside it at /story/.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const OUT = path.resolve(FOLDER, '../../test-results/story-pages');
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** `name`: of the HTML file here, without its ending. */
export async function buildPage(name: string): Promise<void> {
  await build({
    root: FOLDER,
    base: './',
    configFile: false,
    logLevel: 'error',
    plugins: [react()],
    build: { outDir: OUT, emptyOutDir: true, target: 'es2023', rollupOptions: { input: path.join(FOLDER, `${name}.html`) } },
  });
}

/** From now on the page finds it at story/NAME.html. */
export async function servePage(page: Page): Promise<void> {
  const policy = (await page.request.get('./')).headers()['content-security-policy'] ?? '';
  await page.route('**/story/**', async (route) => {
    const file = path.join(OUT, new URL(route.request().url()).pathname.replace(/^.*\/story\//, ''));
    await route.fulfill({
      body: await readFile(file),
      headers: { 'Content-Type': TYPES[path.extname(file)] ?? 'text/plain', 'Content-Security-Policy': policy },
    });
  });
}
