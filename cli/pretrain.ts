// tapo pretrain — makes the base policy of a benchmark from its recipe: skills first, then habits.
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Command, Option } from 'commander';
import { BACKEND_CHOICES, type BackendChoice } from '../src/policy/backend.ts';
import { readPolicy, writePolicy } from '../src/policy/safetensors.ts';
import type { Policy, PolicyShape } from '../src/policy/types.ts';
import { buildCodec, PATCH_LENGTH } from '../src/train/codec.ts';
import { evaluatePolicy } from '../src/train/evaluate.ts';
import { pretrainStage } from '../src/train/pretrain.ts';
import { ALMANAC_RECIPE } from '../src/train/recipes/almanac.ts';
import { ATLAS_RECIPE } from '../src/train/recipes/atlas.ts';
import type { PretrainRecipe } from '../src/train/recipes/recipe.ts';
import { demonstrationThread } from './demonstrationThread.ts';
import { benchmarkFolder, loadBenchmark, makePolicy, startNodeBackend, writeWhole } from './machine.ts';
import { wholeNumberFrom } from './options.ts';
import { duration, percent } from './progress.ts';
import { asUserError, UserError } from './userError.ts';

interface PretrainFlags {
  readonly benchmark: string;
  readonly backend: BackendChoice;
  readonly out?: string;
  readonly skillsFrom?: string;
  readonly report: number;
}

export function pretrainCommand(): Command {
  return new Command('pretrain')
    .description('Make the base policy of a benchmark from its recipe, on demonstrations in shuffled worlds.')
    .option('--benchmark <name>', 'world', 'atlas')
    .addOption(new Option('--backend <name>', 'where tensors live').choices([...BACKEND_CHOICES]).default('auto'))
    .option('--out <dir>', 'folder for base.safetensors and base.json (default: the benchmark’s own)')
    .option('--skills-from <file>', 'skip the first stage and start from this policy, the draft that it left in runs/')
    .option('--report <n>', 'steps between lines of progress', wholeNumberFrom(1), 100)
    .action((flags: PretrainFlags) => asUserError(() => run(flags)));
}

async function run({ benchmark: name, backend: choice, out, skillsFrom, report }: PretrainFlags): Promise<void> {
  const benchmark = await loadBenchmark(name);
  const recipe: PretrainRecipe = name === 'almanac' ? ALMANAC_RECIPE : ATLAS_RECIPE;
  const folder = out ?? benchmarkFolder(name);
  const codec = buildCodec(benchmark.vocabulary)();
  const shape: PolicyShape = { vocabulary: codec.vocabularySize, ...recipe.shape, patch: PATCH_LENGTH };
  const backend = await startNodeBackend(choice);
  console.log(`pre-training for ${name}: ${backend.reason}`);
  const skills = skillsFrom ? readPolicy(await readFile(skillsFrom)) : null;
  if (skills && JSON.stringify(skills.shape) !== JSON.stringify(shape))
    throw new UserError(`--skills-from ${skillsFrom}: expected shape ${JSON.stringify(shape)}, got ${JSON.stringify(skills.shape)}`);
  const policy = makePolicy(benchmark, shape, skills && { shape, parameters: skills.parameters }, recipe.seed);
  const drafts = path.join('runs', `pretrain-${recipe.name}`);
  await mkdir(drafts, { recursive: true });
  const demonstrations = demonstrationThread(name);
  for (const stage of recipe.stages.slice(skills ? 1 : 0)) {
    const start = performance.now();
    let loss = 0;
    for await (const progress of pretrainStage(policy, stage, recipe.seed, demonstrations.source)) {
      loss += progress.loss;
      if (progress.step % report !== 0) continue;
      const perStep = (performance.now() - start) / 1000 / progress.step;
      console.log(
        `${stage.name} ${progress.step}/${stage.steps} · loss ${(loss / report).toFixed(4)} · ${(1 / perStep).toFixed(2)} steps/s · ${duration(perStep * (stage.steps - progress.step))} left`,
      );
      loss = 0;
      if (progress.step % (10 * report) === 0) {
        await writeWhole(path.join(drafts, `${stage.name}.safetensors`), writePolicy(await policy.save(), { stage: stage.name, step: String(progress.step) }));
        console.log(`  ${await shortScore(policy, benchmark, codec)}`);
      }
    }
    await writeWhole(
      path.join(drafts, `${stage.name}.safetensors`),
      writePolicy({ shape, parameters: (await policy.save()).parameters }, { stage: stage.name }),
    );
  }
  demonstrations.close();
  const bytes = writePolicy({ shape, parameters: (await policy.save()).parameters }, { benchmark: name, recipe: recipe.name, seed: String(recipe.seed) });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const scores: Record<string, unknown> = {};
  for (const preset of benchmark.presets) {
    const score = async (temperature: number): Promise<number> =>
      (await evaluatePolicy(policy, benchmark, codec, { preset, split: 'validation', tasks: SCORED_TASKS, temperature })).accuracy;
    scores[preset] = { split: 'validation', tasks: SCORED_TASKS, sampled: await score(1), greedy: await score(0) };
  }
  await writeWhole(path.join(folder, 'base.safetensors'), bytes);
  await writeWhole(
    path.join(folder, 'base.json'),
    `${JSON.stringify({ command: name === 'atlas' ? 'npm run pretrain' : `npm run pretrain -- --benchmark ${name}`, backend: backend.backend, sha256, bytes: bytes.length, scores, recipe }, null, 1)}\n`,
  );
  console.log(`base.safetensors: ${bytes.length} bytes, SHA-256 ${sha256}`);
  console.log(JSON.stringify(scores));
  policy.dispose();
}

const SCORED_TASKS = 1000;

async function shortScore(
  policy: Policy,
  benchmark: Awaited<ReturnType<typeof loadBenchmark>>,
  codec: ReturnType<ReturnType<typeof buildCodec>>,
): Promise<string> {
  const scores: string[] = [];
  for (const preset of benchmark.presets)
    for (const temperature of [1, 0]) {
      const { accuracy } = await evaluatePolicy(policy, benchmark, codec, { preset, split: 'validation', tasks: 96, temperature });
      scores.push(`${preset} ${temperature === 1 ? 'sampled' : 'greedy'} ${percent(accuracy)}`);
    }
  return scores.join(' · ');
}
