import { describe, expect, it } from 'vitest';
import type { Turn } from '../env/episode.ts';
import type { Task } from '../env/types.ts';
import type { Step, ToolKind } from '../tapo/index.ts';
import { assignCredit } from './assignCredit.ts';
import type { RolloutBatch } from './collectBatch.ts';
import { trainConfig } from './config.ts';
import { measureUpdate } from './measure.ts';
import type { CollectedRollout } from './rollout.ts';
import { emptyTranscript } from './transcript.ts';

const task: Task = { id: 'q', preset: 'p', split: 'train', type: 't', question: '?', answer: 'a', image: 'q', scene: null };
const KINDS: Readonly<Record<string, ToolKind>> = { zoom: 'region', look: 'image', search: 'text', run: 'other' };

/** A rollout from words: "zoom", "look", "search" call that tool, "search!" fails, "?" cannot be read, "answer" answers. Two tokens a turn. */
function rollout(id: number, correct: boolean, turns: readonly string[]): CollectedRollout {
  const turn = (text: string): Turn => {
    const tool = text.replace('!', '');
    const toolKind = KINDS[tool];
    if (toolKind) return { words: [], action: { kind: 'call', tool, toolKind, arguments: {}, start: 0 }, observation: { kind: 'documents', results: [] } };
    const action = text === 'answer' ? ({ kind: 'answer', text: '', start: 0 } as const) : ({ kind: 'malformed', reason: '' } as const);
    return { words: [], action, observation: null };
  };
  const step = (text: string): Step => {
    const name = text.replace('!', '');
    const kind = KINDS[name];
    return { tokens: 2, ...(kind ? { tool: { name, kind, arguments: {}, ...(text.endsWith('!') ? { ok: false } : {}) } } : {}) };
  };
  const two = new Array<number>(2 * turns.length).fill(-0.5);
  return {
    record: { group: 'q', rollout: `q/${id}`, reward: correct ? 1 : 0, correct, steps: turns.map(step) },
    codec: undefined as never,
    transcript: emptyTranscript(),
    episode: { task, images: [], status: 'answered', turns: turns.map(turn) },
    outcome: { answer: '', truth: 'a', correct, wellFormed: true, modelErrors: 0, searched: true, observed: false, dropped: false },
    logProbs: two,
    entropies: two,
  };
}

const tools = Object.entries(KINDS).map(([name, kind]) => ({
  name,
  kind,
  schema: { type: 'function', function: { name, description: '', parameters: {} } } as const,
  call: () => Promise.reject(new Error('not called')),
}));

function measure(rollouts: readonly CollectedRollout[], batch: Partial<RolloutBatch> = {}) {
  return measureUpdate({
    update: 1,
    batch: { rollouts, toolTime: 250, dropped: 0, draws: 1, filled: 0, externalCalls: 0, ...batch },
    credit: assignCredit(rollouts, trainConfig({})),
    improvement: { clipFraction: 0, approxKl: 0, ratioMin: 1, ratioMax: 1, gradNorm: 0, skipped: 0, logProbs: [] },
    evaluation: null,
    times: { rollout: 500, credit: 10, update: 490, evaluate: null },
    tools,
  });
}

describe('measureUpdate(parts), tool efficiency', () => {
  const rollouts = [
    rollout(0, true, ['zoom', 'look', 'search', 'answer']),
    rollout(1, true, ['search', 'search!', 'answer']),
    rollout(2, false, ['?', 'zoom']),
  ];
  it('counts turns, calls and valid actions over all rollouts', () => {
    // turns 4, 3, 2 · calls 3, 2, 1 · carried out or answered 4, 2, 1 · of 3 + 2 + 2 turns that were no answer, 3 + 1 + 1 were carried out
    expect(measure(rollouts)).toMatchObject({
      'response/turns': 3,
      'response/length': 6,
      'tool/calls': 2,
      'tool/calls/search': 1,
      'tool/valid_actions': 7 / 3,
      'tool/valid_share': 5 / 7,
    });
  });
  it('counts calls and searches per solution over correct rollouts only', () => {
    // calls 3 and 2 · searches 2 (look, search) and 2 (one of them failed)
    expect(measure(rollouts)).toMatchObject({ 'tool/calls_per_solution': 2.5, 'tool/searches_per_solution': 2 });
    expect(measure(rollouts.slice(2))).toMatchObject({ 'tool/calls_per_solution': 0, 'tool/searches_per_solution': 0 });
  });
  it('counts code runs per solution apart from searches', () => {
    const solved = rollout(3, true, ['search', 'run', 'run', 'answer']);
    expect(measure([solved, rollout(4, false, ['run'])])).toMatchObject({ 'tool/runs_per_solution': 2, 'tool/searches_per_solution': 1 });
  });
  it('passes on what collecting the batch took', () => {
    expect(measure(rollouts, { draws: 4, filled: 2, externalCalls: 31, dropped: 1 })).toMatchObject({
      'sampling/draws': 4,
      'sampling/filled': 2,
      'tool/external_calls': 31,
      'tool/infrastructure_errors': 1,
      'time/tools': 0.25,
      tokens_per_second: 36,
    });
  });
});
