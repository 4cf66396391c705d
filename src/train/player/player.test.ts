import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Atlas } from '../../env/atlas/atlas.ts';
import { REWARDS } from '../../env/rewards.ts';
import type { Tool } from '../../env/types.ts';
import { readPolicy, writePolicy } from '../../policy/safetensors.ts';
import { tensorCount } from '../../policy/tensors.ts';
import type { Policy, PolicyState } from '../../policy/types.ts';
import { hash32 } from '../../tapo/index.ts';
import { buildCodec, type Codec } from '../codec.ts';
import { evaluatePolicy } from '../evaluate.ts';
import { type CollectedRollout, collectRollouts } from '../rollout.ts';
import { atlasFromDisk, basePolicy, wasmInNode } from '../testing.ts';
import type { OwnTurn } from './ownTurn.ts';
import { createPlayer, type NumberedPlay, type Player } from './player.ts';

let atlas: Atlas;
let policy: Policy;
let codec: Codec;
let base: PolicyState;
let player: Player;
beforeAll(async () => {
  await wasmInNode();
  atlas = await atlasFromDisk();
  policy = await basePolicy(atlas);
  codec = buildCodec(atlas.vocabulary)();
  base = readPolicy(await readFile(new URL('../../../public/benchmarks/atlas/base.safetensors', import.meta.url)));
  player = createPlayer({ benchmark: atlas, tools: atlas.tools, base });
}, 60_000);
afterAll(() => {
  player.dispose();
  policy.dispose();
});

const place = (index: number, preset = 'grid') => ({ preset, split: 'validation', seed: 3, index }) as const;
const start = (index: number, key: number, temperature = 1): Promise<NumberedPlay> => player.start(place(index), { policy: 'base', key, temperature });
const collect = async (jobs: readonly (readonly [index: number, key: number])[], temperature = 1): Promise<readonly CollectedRollout[]> =>
  (
    await collectRollouts(
      policy,
      atlas,
      jobs.map(([index, key], j) => ({ task: atlas.task('grid', 'validation', 3, index), codec, group: String(j), rollout: String(j), key })),
      { reward: REWARDS.exact, temperature },
    )
  ).rollouts;
const wordsOf = ({ view }: NumberedPlay): readonly (readonly string[])[] => [
  ...view.turns.map(({ tokens }) => tokens.map(({ word }) => word)),
  ...(view.draft.length > 0 ? [view.draft.map(({ word }) => word)] : []),
];
const logProbsOf = ({ view }: NumberedPlay): readonly number[] => view.turns.flatMap(({ tokens }) => tokens.map(({ logProb }) => logProb));

describe('a play', () => {
  it('writes the tokens of the rollout under its key, drawn and greedy, with the same log-probs and end', async () => {
    const cases = [0, 1, 2, 3, 4, 5].map((index) => [index, 40 + index] as const);
    for (const temperature of [1, 0]) {
      const rollouts = await collect(cases, temperature);
      for (const [i, [index, key]] of cases.entries()) {
        const { play } = await start(index, key, temperature);
        const whole = await player.finish(play);
        const rollout = rollouts[i] as CollectedRollout;
        expect(wordsOf(whole)).toEqual(rollout.episode.turns.map(({ words }) => words));
        logProbsOf(whole).forEach((logProb, t) => {
          expect(logProb).toBeCloseTo(rollout.logProbs[t] as number, 4);
        });
        expect(whole.view.end).toMatchObject({ status: rollout.episode.status, correct: rollout.outcome.correct, answer: rollout.outcome.answer });
      }
    }
  }, 120_000);

  it('by tokens is the play by turns, and shows before each token what may come', async () => {
    let { play, view } = await start(1, 7);
    const whole = await player.finish((await start(1, 7)).play);
    while (!view.end) {
      const { upcoming } = view;
      expect(upcoming?.alternatives).toHaveLength(5);
      ({ play, view } = await player.stepToken(play));
      const written = view.draft.at(-1) ?? view.turns.at(-1)?.tokens.at(-1);
      expect(written?.alternatives).toEqual(upcoming?.alternatives);
      expect(written?.entropy).toBe(upcoming?.entropy);
      expect(written?.by).toBe('policy');
    }
    expect(view.turns).toEqual(whole.view.turns);
    expect(view.upcoming).toBeNull();
    await expect(player.stepToken(play)).rejects.toThrow(/the question is over \(answered\); go back/);
  });

  it('greedy takes the first alternative', async () => {
    const { view } = await player.finish((await start(2, 0, 0)).play);
    for (const { word, alternatives } of view.turns.flatMap(({ tokens }) => tokens)) expect(word).toBe(alternatives[0]?.word);
  });

  it('goes on from any place with another word, and the old one stays', async () => {
    const old = await player.finish((await start(0, 5)).play);
    const tokens = old.view.turns[0]?.tokens ?? [];
    const at = tokens.findIndex(({ word }) => word === '</think>') - 1; // the last word of the thought
    const other = tokens[at]?.alternatives.find(({ word }) => word !== tokens[at]?.word)?.word as string;
    const branch = await player.choose(old.play, { turn: 0, token: at }, other);
    expect(branch.play).not.toBe(old.play);
    expect(branch.view.draft.map(({ word }) => word)).toEqual([...tokens.slice(0, at).map(({ word }) => word), other]);
    const offered = tokens[at]?.alternatives.find(({ word }) => word === other)?.logProb as number;
    expect(branch.view.draft.at(-1)).toMatchObject({ by: 'person', logProb: expect.closeTo(offered, 4) }); // read anew, in one go
    expect((await player.finish(branch.play)).view.turns[0]?.words.slice(0, at + 1)).toEqual([...tokens.slice(0, at).map(({ word }) => word), other]);
    // the old play can be gone back to, and its own word leads where it led
    const again = await player.choose(old.play, { turn: 0, token: at }, tokens[at]?.word as string);
    expect(wordsOf(await player.finish(again.play))).toEqual(wordsOf(old));
  });

  it('takes a word in place of the next one without a new number: nothing is left behind', async () => {
    const { play } = await start(0, 5);
    const { view } = await player.stepToken(play);
    const word = view.upcoming?.alternatives[1]?.word as string;
    const moved = await player.choose(play, { turn: 0, token: 1 }, word);
    expect(moved.play).toBe(play);
    expect(moved.view.draft[1]).toMatchObject({ word, by: 'person' });
    await expect(player.choose(play, { turn: 0, token: 9 }, word)).rejects.toThrow(/a token from 0 to 2 of turn 0, got 9/);
    await expect(player.choose(play, { turn: 3, token: 0 }, word)).rejects.toThrow(/a turn from 0 to 0, got 3/);
    await expect(player.choose(play, { turn: 0, token: 2 }, '<pad>')).rejects.toThrow(/never written/);
  });

  it('lets a person play a turn, answers it, and the policy goes on', async () => {
    const zoom: OwnTurn = { thought: '', action: { kind: 'region', tool: 'image_zoom_in_tool', box: [0, 0, 333, 333], image: 0 } };
    const { play } = await start(0, 5);
    const played = await player.playTurn(play, zoom);
    expect(played.play).toBe(play);
    expect(played.view.images).toEqual([
      [0, 0, 1000, 1000],
      [0, 0, 333, 333],
    ]);
    expect(played.view.turns[0]).toMatchObject({ action: { kind: 'call', tool: 'image_zoom_in_tool' }, observation: { kind: 'image', index: 1 } });
    expect(played.view.turns[0]?.tokens.every(({ by, logProb }) => by === 'person' && logProb < 0)).toBe(true);
    const begun = await player.stepToken(play); // a turn begun by the policy stays in the old play
    const own = await player.playTurn(play, { thought: '', action: { kind: 'answer', text: 'Paris' } });
    expect(own.play).not.toBe(play);
    expect(own.view.end).toMatchObject({ status: 'answered', answer: 'Paris' });
    expect(wordsOf(begun)).toHaveLength(2);
    expect((await player.finish(play)).view.end).not.toBeNull();
  });

  it('stops between two tokens, and keeps what was written', async () => {
    const { play } = await start(3, 9);
    const stop = new AbortController();
    const seen: number[] = [];
    const finishing = player.finish(play, {
      signal: stop.signal,
      onView: ({ view }) => {
        seen.push(view.draft.length);
        if (seen.length === 3) stop.abort();
      },
    });
    await expect(finishing).rejects.toMatchObject({ name: 'AbortError' });
    expect(seen).toEqual([1, 2, 3]);
    const { view } = await player.finish(play);
    expect(view.turns.map(({ words }) => words)).toEqual(wordsOf(await player.finish((await start(3, 9)).play)));
  });

  it('ends where the world fails, and says so', async () => {
    const failing = atlas.tools.map((tool): Tool => ({ ...tool, call: () => Promise.reject(new Error('connection reset')) }));
    const other = createPlayer({ benchmark: atlas, tools: failing, base });
    const { play } = await other.start(place(0), { policy: 'base', key: 1, temperature: 1 });
    const { view } = await other.playTurn(play, { thought: '', action: { kind: 'image', tool: 'image_search_tool' } });
    expect(view.end?.status).toBe('dropped');
    expect(view.turns[0]?.observation).toEqual({ kind: 'error', cause: 'infrastructure', message: 'connection reset' });
    other.dispose();
  });

  it('keeps tensors in number, however much is gone back and forth', async () => {
    const once = async (): Promise<void> => {
      const { play } = await player.finish((await start(0, 5)).play);
      await player.choose(play, { turn: 0, token: 1 }, 'red');
      await player.reroll(play, { turn: 0, count: 2 });
      player.forget([play]);
    };
    await once();
    const before = tensorCount();
    await once();
    expect(tensorCount()).toBe(before);
    await expect(player.stepToken(987)).rejects.toThrow(/no play 987; start one/);
  });
});

describe('reroll(play, options)', () => {
  it('from the question gives the success of rollouts under its keys', async () => {
    const { play, view } = await start(0, 11);
    const task = atlas.task('grid', 'validation', 3, 0);
    const question = codec.question(task, atlas.overview(task)).tokens;
    const rollouts = await collect([0, 1, 2, 3, 4, 5].map((k) => [0, hash32(11, k, ...question)] as const));
    const result = await player.reroll(play, { count: 6 });
    expect(result).toMatchObject({ total: 6, right: rollouts.filter(({ outcome }) => outcome.correct).length });
    expect(result.answers.reduce((sum, { count }) => sum + count, 0)).toBe(6);
    for (const { answer, correct } of result.answers) expect(correct).toBe(answer === view.question.answer);
    // later ones add to earlier ones
    const [first, second] = [await player.reroll(play, { count: 2 }), await player.reroll(play, { count: 4, first: 2 })];
    expect(first.right + second.right).toBe(result.right);
  });

  it('goes on from the middle of a turn, and from before an earlier turn', async () => {
    const { play } = await start(0, 11);
    const answer = async (): Promise<NumberedPlay> => {
      let moved = await player.choose(play, { turn: 0, token: 0 }, '<answer>');
      moved = await player.choose(moved.play, { turn: 0, token: 1 }, moved.view.question.answer);
      return moved;
    };
    await answer();
    const middle = await player.reroll(play, { count: 8 });
    expect(middle.total).toBe(8);
    expect(middle.right).toBeGreaterThan(4); // the answer is written, most continuations only close it
    const whole = await player.finish((await start(0, 11)).play);
    expect(await player.reroll(whole.play, { turn: 0, count: 3 })).toEqual(await player.reroll((await start(0, 11)).play, { count: 3 }));
    await expect(player.reroll(whole.play, { count: 3 })).rejects.toThrow(/the question is over/);
  });

  it('can be stopped', async () => {
    const stop = new AbortController();
    const { play } = await start(0, 11);
    const rolling = player.reroll(play, { count: 8, signal: stop.signal, onProgress: () => stop.abort() });
    await expect(rolling).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('hold(names, options)', () => {
  it('asks both policies the questions of every evaluation, under the same keys', async () => {
    player.loadPolicy(writePolicy({ ...base, parameters: base.parameters.map((x, i) => x + 0.02 * Math.sin(i)) }), 'shaken');
    const progress: number[] = [];
    const options = { preset: 'grid', split: 'validation', tasks: 12, temperature: 1 } as const;
    const held = await player.hold(['shaken', 'base'], { ...options, onProgress: (done, total) => progress.push(done / total) });
    const { accuracy } = await evaluatePolicy(policy, atlas, codec, options);
    expect(held).toMatchObject({ questions: 12, right: [expect.any(Number), Math.round(12 * accuracy)] });
    expect(held.difference).toBeCloseTo((held.right[0] - held.right[1]) / 12, 12);
    expect(held.alone[0] - held.alone[1]).toBe(held.right[0] - held.right[1]);
    expect(progress.at(-1)).toBe(1);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(await player.hold(['base', 'base'], options)).toMatchObject({ difference: 0, alone: [0, 0] });
    await expect(player.hold(['nobody', 'base'], options)).rejects.toThrow(/got “nobody”/);
  });
});

describe('words() and questions(first, count)', () => {
  it('names what a person may write, without tags and what is only read', () => {
    const words = player.words();
    expect(words).toEqual(expect.arrayContaining(['capital', 'France', '+33', 'red', 'five', '1000']));
    expect(words.filter((word) => word.includes('<') || word.includes('_'))).toEqual([]);
  });
  it('gives the world’s own questions from a place on', () => {
    const [first, second] = player.questions(place(4, 'clutter'), 2);
    expect(first).toMatchObject({ id: 'clutter-validation-3-4', question: atlas.task('clutter', 'validation', 3, 4).question });
    expect(second?.id).toBe('clutter-validation-3-5');
  });
});
