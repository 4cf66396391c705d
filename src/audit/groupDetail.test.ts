import { describe, expect, it } from 'vitest';
import { correctedLine } from './correctedFile.ts';
import { callWords, groupDetail, ROLLOUTS_A_PAGE } from './groupDetail.ts';
import { readRolloutFile } from './readRolloutFile.ts';
import type { TableGroup } from './rolloutTable.ts';

const search = (query: string) => ({ name: 'search', kind: 'text', arguments: { query } });
const lines = [
  {
    group: 'q',
    rollout: 'q/0',
    reward: 1,
    correct: true,
    question: 'Where?',
    steps: [{ tokens: 3, text: 'I look.', tool: search('capital of Peru'), observation: { hits: 2 } }],
  },
  {
    group: 'q',
    rollout: 'q/1',
    reward: 0,
    correct: false,
    answer: 'Quito',
    steps: [
      { tokens: 3, tool: search('capital of Peru now') },
      { tokens: 1, tool: { ...search('x'), ok: false } },
      { tokens: 1, text: 'w'.repeat(5000) },
    ],
  },
];

async function detailOf(rollouts: readonly object[], from = 0) {
  const { table, source } = await readRolloutFile(new Blob([rollouts.map((rollout) => JSON.stringify(rollout)).join('\n')]));
  return groupDetail(table, table.groups[0] as TableGroup, source, {}, from);
}

describe('groupDetail(table, group, source, options, from)', () => {
  it('gives credit and texts of every step, and the witness’s call', async () => {
    const { name, question, clusters, total, from, rollouts } = await detailOf(lines);
    expect([name, question, total, from]).toEqual(['q', 'Where?', 2, 0]);
    expect(clusters).toEqual([{ tool: 'search', calls: 1, support: 1, advantage: expect.closeTo(Math.SQRT1_2, 4) }]);
    expect(rollouts[0]?.steps[0]).toMatchObject({
      reason: 'success',
      call: { tool: 'search', given: 'query: capital of Peru' },
      text: 'I look.',
      observation: '{"hits":2}',
      witnessCall: null,
    });
    const [first, second, third] = rollouts[1]?.steps ?? [];
    expect(first).toMatchObject({
      reason: 'transferred',
      witness: ['q/0', 0],
      witnessCall: { tool: 'search', given: 'query: capital of Peru' },
      similarity: expect.closeTo(6 / 7, 6),
    });
    expect(second).toMatchObject({ reason: 'failed-call', failed: true });
    expect(third).toMatchObject({ reason: 'no-call', call: null });
    expect(third?.text).toHaveLength(1201);
    expect(rollouts[1]).toMatchObject({ line: 2, answer: 'Quito', outcome: 'failure', correctGiven: true });
  });
  it('gives a large group a page at a time, with witnesses from other pages', async () => {
    const many = Array.from({ length: 3 * ROLLOUTS_A_PAGE }, (_, i) => ({ ...lines[i === 0 ? 0 : 1], rollout: `q/${i}` }));
    const page = await detailOf(many, 2 * ROLLOUTS_A_PAGE);
    expect([page.total, page.from, page.rollouts.length]).toEqual([many.length, 2 * ROLLOUTS_A_PAGE, ROLLOUTS_A_PAGE]);
    expect(page.rollouts[0]?.steps[0]).toMatchObject({
      witness: ['q/0', 0],
      witnessCall: { tool: 'search', given: 'query: capital of Peru' },
      witnessPlace: 0,
    });
    expect((await detailOf(many, 1e6)).rollouts).toHaveLength(1);
  });
});

describe('callWords(call)', () => {
  it('writes arguments and place in one line, and cuts it', () => {
    const region = { image: 'q', bbox: [0, 0, 300, 300] } as const;
    expect(callWords({ name: 'zoom', kind: 'region', arguments: { bbox_2d: [0, 0, 300, 300], img_idx: 0 }, region })).toEqual({
      tool: 'zoom',
      given: 'bbox_2d: [0,0,300,300] · img_idx: 0 · at 0 0 300 300 of q',
    });
    expect(callWords({ name: 'now', kind: 'other', arguments: {} })).toEqual({ tool: 'now', given: '' });
    expect(callWords({ name: 'run', kind: 'other', arguments: { code: 'x'.repeat(1000) } }).given).toHaveLength(401);
  });
});

describe('correctedLine(line, advantage, steps)', () => {
  it('adds to every step and keeps what was there', () => {
    expect(
      correctedLine('{"group":"q","note":[1],"steps":[{"tokens":3,"text":"a"},{"tokens":1}]}', -0.7, [
        { corrected: -0.1, reason: 'transferred' },
        { corrected: -0.7, reason: 'no-call' },
      ]),
    ).toBe(
      '{"group":"q","note":[1],"steps":[{"tokens":3,"text":"a","advantage":-0.7,"corrected":-0.1,"reason":"transferred"},{"tokens":1,"advantage":-0.7,"corrected":-0.7,"reason":"no-call"}],"advantage":-0.7}\n',
    );
  });
});
