// Writes public/samples/rollouts.jsonl, the file that the page's audit offers to those who have none at hand:
//   npx tapo train --credit tapo --seed 1 --updates 2 --evaluate-every 0 --backend wasm --out runs/sample
//   npx tsx scripts/build-sample.ts runs/sample/rollouts.jsonl
// Three groups of that run, and two of other worlds that were written by hand (scripts/samples/other-worlds.jsonl).
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Rollout, readRollouts, writeRollouts } from '../src/tapo/index.ts';

/** A search where one success vouches for eight others' zooms, one with several successes, and a comparison of two countries. */
const GROUPS: readonly string[] = ['u2/grid-train-1-15', 'u2/grid-train-1-19', 'u2/grid-train-1-14'];

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('expected the rollouts.jsonl of a run; the head of this script says which');

const run = readRollouts(readFileSync(file, 'utf8'));
const chosen = GROUPS.flatMap((group) => {
  const members = run.filter((rollout) => rollout.group === group);
  if (members.length === 0) throw new Error(`${file}: expected rollouts of ${group}, got none; is it the run that the head of this script says?`);
  return members.map(withoutNumbers);
});
const byHand = readRollouts(readFileSync(new URL('samples/other-worlds.jsonl', import.meta.url), 'utf8'));
const folder = fileURLToPath(new URL('../public/samples/', import.meta.url));
mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}rollouts.jsonl`, writeRollouts([...chosen, ...byHand]));
console.log(
  `public/samples/rollouts.jsonl: ${chosen.length + byHand.length} rollouts in ${GROUPS.length + new Set(byHand.map(({ group }) => group)).size} groups`,
);

/** Log-probs and entropies are half of a line, and nothing here needs them. */
function withoutNumbers(rollout: Rollout): Rollout {
  return { ...rollout, steps: rollout.steps.map(({ logProbs: _, entropies: __, ...step }) => step) };
}
