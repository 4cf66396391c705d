import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sirv from 'sirv';
import { expect, test } from './story.ts';

const PAGE = `<!doctype html>
<link rel="icon" href="data:,">
<script type="importmap">{ "imports": { "tapo-notebook/tapo": "./index.js" } }</script>
<output></output>
<script type="module">
  import { groupAdvantages, transferCredit } from 'tapo-notebook/tapo';
  const zoom = (x2) => ({ tokens: 5, tool: { name: 'zoom', kind: 'region', arguments: { bbox_2d: [0, 0, x2, 10] } } });
  const group = [100, 75, 50].map((x2, i) => ({ group: 'q', rollout: String(i), reward: i === 0 ? 1 : 0, steps: [zoom(x2)] }));
  const { rollouts } = transferCredit(group, groupAdvantages([1, 0, 0], { epsilon: 0 }), { beta: 0.5 });
  document.querySelector('output').value = rollouts.map(({ steps: [step] }) => step.reason + ' ' + step.corrected.toFixed(4)).join(', ');
</script>`;

test('a page of someone else imports the built library, without a bundler', async ({ page }) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tapo-library-'));
  execFileSync(process.execPath, ['--import', 'tsx', 'scripts/build-tapo.ts', '--out', folder]);
  writeFileSync(path.join(folder, 'index.html'), PAGE);
  const server = createServer(sirv(folder)).listen(0);
  try {
    await once(server, 'listening');
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
    // A = 2/√3, −1/√3, −1/√3; the boxes overlap by 0.75 and 0.5, so −0.5774 + 0.5 · 0.75 · 1.1547 = −0.1443, and the last is below θ = 0.7
    await expect(page.locator('output')).toHaveText('success 1.1547, transferred -0.1443, below-theta -0.5774');
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
});
