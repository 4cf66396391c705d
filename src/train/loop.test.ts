import { beforeAll, describe, expect, it } from 'vitest';
import type { Atlas } from '../env/atlas/atlas.ts';
import type { Tool } from '../env/types.ts';
import { tensorCount } from '../policy/tensors.ts';
import type { Policy } from '../policy/types.ts';
import { type TrainSpec, trainConfig } from './config.ts';
import { type TrainEvent, type TrainParts, train } from './loop.ts';
import { isClockReading, METRICS } from './metrics.ts';
import { reportOf } from './report.ts';
import { linesUpTo, metricsLine, rolloutLines } from './runFiles.ts';
import { atlasFromDisk, basePolicy, wasmInNode } from './testing.ts';

let atlas: Atlas;
beforeAll(async () => {
  await wasmInNode();
  atlas = await atlasFromDisk();
});

const SMALL: TrainSpec = { prompts: 2, groupSize: 4, updates: 3, evaluateEvery: 0, probeEvery: 0, learningRate: 1e-3 };

interface Made {
  readonly events: TrainEvent[];
  readonly policy: Policy;
}

async function run(spec: TrainSpec, parts: Partial<TrainParts> = {}, from = 1, most = Number.POSITIVE_INFINITY): Promise<Made> {
  const policy = parts.policy ?? (await basePolicy(atlas));
  const events: TrainEvent[] = [];
  for await (const event of train(trainConfig(spec), { benchmark: atlas, policy, ...parts }, from)) {
    events.push(event);
    if (events.length >= most) break;
  }
  return { events, policy };
}

const updates = (events: readonly TrainEvent[]) => events.filter((e) => e.kind === 'updated');
const withoutClocks = (events: readonly TrainEvent[]) =>
  updates(events).map(({ metrics }) => Object.entries(metrics).filter(([name]) => !isClockReading(name)));

describe('train(config, parts)', () => {
  it('makes the same run from the same seed, and another from another', async () => {
    const [a, b, c] = [await run(SMALL), await run(SMALL), await run({ ...SMALL, seed: 2 })];
    expect(updates(a.events).some(({ metrics }) => (metrics['policy/grad_norm'] as number) > 0)).toBe(true);
    expect(withoutClocks(a.events)).toEqual(withoutClocks(b.events));
    expect(withoutClocks(a.events)).not.toEqual(withoutClocks(c.events));
    expect(await a.policy.save()).toEqual(await b.policy.save());
    for (const { policy } of [a, b, c]) policy.dispose();
  });

  it('goes on after any update as if it had never halted', async () => {
    const whole = await run(SMALL);
    const first = await run(SMALL, {}, 1, 2);
    const saved = await first.policy.save();
    const fresh = await basePolicy(atlas);
    fresh.load(saved);
    const rest = await run(SMALL, { policy: fresh }, 3);
    expect(withoutClocks([...first.events, ...rest.events])).toEqual(withoutClocks(whole.events));
    expect(await rest.policy.save()).toEqual(await whole.policy.save());
    for (const { policy } of [whole, first, rest]) policy.dispose();
  });

  it('learns from advantages that the credit rule made', async () => {
    const parameters = async (spec: TrainSpec) => {
      const { policy } = await run({ ...SMALL, updates: 1, ...spec });
      const state = await policy.save();
      policy.dispose();
      return state.parameters;
    };
    const plain = await parameters({ credit: { rule: 'none' } });
    expect(await parameters({ credit: { rule: 'tapo', beta: 0 } })).toEqual(plain);
    expect(await parameters({ credit: { rule: 'none' }, algorithm: 'dapo' })).not.toEqual(plain);
  });

  it('stops at once when asked, and the policy stays as the last whole update left it', async () => {
    const stop = new AbortController();
    const policy = await basePolicy(atlas);
    let turns = 0;
    const onPhase: TrainParts['onPhase'] = ({ update, phase }) => {
      if (update === 2 && phase === 'rollout' && ++turns === 2) stop.abort();
    };
    const { events } = await run(SMALL, { policy, signal: stop.signal, onPhase });
    expect(updates(events).map((e) => e.update)).toEqual([1]);
    const one = await run({ ...SMALL }, {}, 1, 1);
    expect(await policy.save()).toEqual(await one.policy.save());
    policy.dispose();
    one.policy.dispose();
  });

  it('leaves the policy so, too, where it stops in an evaluation or a probe after an update', async () => {
    const one = await run({ ...SMALL }, {}, 1, 1);
    const state = await one.policy.save();
    one.policy.dispose();
    for (const due of [{ evaluateEvery: 2, evaluationTasks: 3 }, { probeEvery: 2 }]) {
      const stop = new AbortController();
      const policy = await basePolicy(atlas);
      const onPhase: TrainParts['onPhase'] = ({ update, phase }) => {
        if (update === 2 && phase === 'evaluate') stop.abort();
      };
      const { events } = await run({ ...SMALL, ...due }, { policy, signal: stop.signal, onPhase });
      expect(updates(events).map((e) => e.update)).toEqual([1]);
      expect(await policy.save()).toEqual(state);
      policy.dispose();
    }
  });

  it('drops rollouts that the world failed, counts them and trains on the rest', async () => {
    let calls = 0;
    const tools = atlas.tools.map(
      (tool): Tool => ({ ...tool, call: async (...args) => (++calls % 2 === 0 ? Promise.reject(new Error('connection reset')) : tool.call(...args)) }),
    );
    const { events, policy } = await run({ ...SMALL, updates: 1 }, { tools });
    const [event] = updates(events);
    const dropped = event?.metrics['tool/infrastructure_errors'] as number;
    expect(event?.rollouts.length).toBe(8 - dropped);
    expect(event?.rollouts.every((r) => !r.outcome.dropped)).toBe(true);
    policy.dispose();
  });

  it('evaluates before the first update, when due and after the last, on the same questions', async () => {
    const { events, policy } = await run({ ...SMALL, evaluateEvery: 2, evaluationTasks: 3 });
    expect(events.map((e) => `${e.kind} ${e.update}`)).toEqual(['evaluated 0', 'updated 1', 'evaluated 2', 'updated 2', 'evaluated 3', 'updated 3']);
    const asked = events.flatMap((e) => (e.kind === 'evaluated' ? [e.sampled.rollouts.map((r) => r.episode.task.id)] : []));
    expect(asked[1]).toEqual(asked[0]);
    const last = updates(events).at(-1)?.metrics;
    expect(last?.['validation/accuracy']).toBeDefined();
    expect(updates(events)[0]?.metrics['validation/accuracy']).toBeUndefined();
    policy.dispose();
  });

  it('probes the same questions with the same draws when due, and changes nothing else by it', async () => {
    const [still, probing] = [await run({ ...SMALL, learningRate: 0 }), await run({ ...SMALL, probeEvery: 2, learningRate: 0 })];
    const probes = probing.events.filter((e) => e.kind === 'probed');
    expect(probes.map((e) => e.update)).toEqual([0, 2, 3]);
    expect(probes[0]?.rollouts).toHaveLength(3 * 4);
    const texts = probes.map(({ rollouts }) => rollouts.map((r) => [r.record.group, ...r.record.steps.map((s) => s.text)].join(' ')));
    expect(texts[1]).toEqual(texts[0]); // nothing was learned
    expect(withoutClocks(probing.events)).toEqual(withoutClocks(still.events));
    for (const { policy } of [still, probing]) policy.dispose();
  });

  it('measures what the list of metrics names, and nothing else', async () => {
    const { events, policy } = await run({ ...SMALL, updates: 1, evaluateEvery: 1, evaluationTasks: 2 });
    const names = Object.keys(updates(events)[0]?.metrics ?? {}).filter((name) => name !== 'update' && !name.startsWith('tool/calls/'));
    expect(names.sort()).toEqual(METRICS.map((m) => m.name).sort());
    policy.dispose();
  });

  it('keeps its tensors in number', async () => {
    const policy = await basePolicy(atlas);
    const counts: number[] = [];
    for await (const event of train(trainConfig({ ...SMALL, updates: 4 }), { benchmark: atlas, policy }))
      if (event.kind === 'updated') counts.push(tensorCount());
    expect(new Set(counts.slice(1)).size).toBe(1);
    policy.dispose();
  });

  it('runs with renamed facts, dynamic sampling, a KL term, an entropy bonus and every objective', async () => {
    for (const spec of [
      { shuffledFacts: true },
      { dynamicSampling: 2 },
      { klCoefficient: 0.1 },
      { entropyCoefficient: 0.01 },
      { algorithm: 'gspo' },
      { algorithm: 'sapo' },
      { algorithm: 'dr-grpo' },
    ] as const) {
      const reference = 'klCoefficient' in spec ? { reference: await basePolicy(atlas) } : {};
      const { events, policy } = await run({ ...SMALL, updates: 1, ...spec }, reference);
      expect(updates(events)[0]?.metrics['policy/grad_norm'], JSON.stringify(spec)).toBeGreaterThanOrEqual(0);
      expect(updates(events)[0]?.rollouts.length).toBe(8);
      policy.dispose();
      reference.reference?.dispose();
    }
  });
});

describe('what is told and written of a run', () => {
  it('is plain data that survives JSON, and files can be cut back to an update', async () => {
    const { events, policy } = await run(SMALL);
    for (const event of events) {
      const report = reportOf(event);
      expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    }
    const report = reportOf(events[0] as TrainEvent);
    const steps = report.kind === 'updated' ? report.groups.flatMap(({ rollouts }) => rollouts.flatMap((r) => r.steps)) : [];
    expect(steps.length).toBeGreaterThan(0);
    for (const { words, logProbs, entropies, ratios } of steps) {
      expect(logProbs).toHaveLength(words.length);
      expect(entropies).toHaveLength(words.length);
      if (ratios) expect(ratios).toHaveLength(words.length);
    }
    expect(steps.some(({ ratios }) => ratios?.some((ratio) => ratio !== 1))).toBe(true);
    const text = updates(events).map(metricsLine).join('');
    expect(linesUpTo(text, 2).trim().split('\n')).toHaveLength(2);
    const [line] = rolloutLines(updates(events)[0] as TrainEvent & { kind: 'updated' }).split('\n');
    expect(JSON.parse(line as string)).toMatchObject({ update: 1, group: expect.stringMatching(/^u1\//), question: expect.any(String) });
    policy.dispose();
  });
});
