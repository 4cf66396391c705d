import { describe, expect, it } from 'vitest';
import type { Episode } from './episode.ts';
import { outcomeOfEpisode } from './outcome.ts';
import type { Observation } from './types.ts';

const answered = (answer: string, text: string, observation: Observation | null = null): Episode => ({
  task: { id: 'q', preset: 'p', split: 'train', type: 'capital', question: '?', answer: text, image: 'q', scene: null },
  images: [],
  turns: [
    ...(observation ? [{ words: [], action: { kind: 'call', tool: 't', toolKind: 'other', arguments: {}, start: 0 } as const, observation }] : []),
    { words: [], action: { kind: 'answer', text: answer, start: 0 }, observation: null },
  ],
  status: 'answered',
});

describe('outcomeOfEpisode(episode)', () => {
  it.each([
    ['Saint John’s', "Saint John's", true],
    ['paris', 'Paris', true],
    ['Paris Rome', 'Paris', false],
    ['', 'Paris', false],
    ['+33', '+33', true],
    ['+3', '+33', false],
    ['+32', '+33', false],
    ['3.9', '4', true],
    ['4.2', '4', false],
  ])('answer %j to truth %j is right: %s', (answer, truth, correct) => {
    expect(outcomeOfEpisode(answered(answer, truth)).correct).toBe(correct);
  });
  it('takes the value of a variable that the answer names', () => {
    const output: Observation = { kind: 'output', text: 'r1', printed: '0.75', variables: { r1: 0.75 } };
    expect(outcomeOfEpisode(answered('r1', '0.75', output))).toMatchObject({ answer: '0.75', correct: true, observed: true });
    expect(outcomeOfEpisode(answered('r2', '0.75', output))).toMatchObject({ answer: 'r2', correct: false, observed: false });
    expect(outcomeOfEpisode(answered('r1 r1', '0.75', output)).correct).toBe(false);
  });
  it('has observed what stood beside a picture', () => {
    const picture: Observation = { kind: 'picture', picture: { width: 0, height: 0, pixels: new Uint8Array(0) }, text: 'A view of Paris.' };
    expect(outcomeOfEpisode(answered('paris', 'Paris', picture)).observed).toBe(true);
    expect(outcomeOfEpisode(answered('rome', 'Rome', picture)).observed).toBe(false);
  });
});
