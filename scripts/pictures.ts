// npm run pictures — draws every view in both themes into docs/pictures, from the built page (npm run build first).
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium, type Locator, type Page } from '@playwright/test';
import { comeTo, openCells, openView, RECORDED_RUN } from '../e2e/story.ts';
import { CHROMIUM_ARGUMENTS, findChromium } from './browser.ts';

const PORT = 4190;
const FOLDER = fileURLToPath(new URL('../docs/pictures/', import.meta.url));

/** Each view by its file's name: opens it, and brings it to where it is worth looking at. */
const VIEWS: Readonly<Record<string, (page: Page) => Promise<Locator>>> = {
  charts: async (page) => {
    await openCells(page, RECORDED_RUN, 'run.charts()');
    return comeTo(page, page.getByRole('region', { name: 'Charts', exact: true }));
  },
  trajectories: (page) => openView(page, 'Trajectories'),
  credit: (page) => openView(page, 'Credit'),
  rules: (page) => openView(page, 'Two rules'),
  truth: (page) => openView(page, 'True values of tool calls'),
  comparison: (page) => openView(page, 'Comparison'),
  question: (page) => openView(page, 'One question'),
  'try-it': async (page) => {
    const view = await openView(page, 'Try it');
    for (let turn = 0; turn < 2; turn++) {
      await view.getByRole('button', { name: 'Turn', exact: true }).click();
      await page.waitForTimeout(3000);
    }
    return view;
  },
  audit: async (page) => {
    const view = await openView(page, 'Your own rollouts');
    await view.getByRole('button', { name: 'Open the small sample file' }).click();
    await page.waitForTimeout(3000);
    return view;
  },
};

async function main(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const server = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('./serve.ts', import.meta.url))], {
    env: { ...process.env, PORT: String(PORT) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => server.stdout.once('data', resolve));
  const executablePath = findChromium();
  const browser = await chromium.launch({ args: [...CHROMIUM_ARGUMENTS], ...(executablePath ? { executablePath } : {}) });
  const wanted = process.argv.slice(2);
  try {
    for (const [name, open] of Object.entries(VIEWS)) {
      if (wanted.length > 0 && !wanted.includes(name)) continue;
      for (const colorScheme of ['light', 'dark'] as const) {
        const context = await browser.newContext({
          baseURL: `http://localhost:${PORT}/`,
          viewport: { width: 1360, height: 1000 },
          colorScheme,
          serviceWorkers: 'block',
        });
        const page = await context.newPage();
        const view = await open(page);
        await page.waitForTimeout(2500);
        await view.evaluate((element) => scrollBy({ top: element.getBoundingClientRect().top - 110, behavior: 'instant' }));
        await page.waitForTimeout(1500);
        const box = await view.boundingBox();
        if (!box) throw new Error(`pictures: expected the view ${name} on the page, got nothing`);
        const y = Math.max(96, box.y - 8);
        const clip = { x: Math.max(0, box.x - 12), y, width: Math.min(1360, box.width + 24), height: Math.min(1000 - y, box.height + 16) };
        await page.screenshot({ path: `${FOLDER}${name}-${colorScheme}.jpg`, type: 'jpeg', quality: 78, clip });
        console.log(`${name}-${colorScheme}.jpg`);
        await context.close();
      }
    }
  } finally {
    await browser.close();
    server.kill();
  }
}

await main();
