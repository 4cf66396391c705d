import { describe, expect, it } from 'vitest';
import type { Episode } from './episode.ts';
import { outcomeOfEpisode } from './outcome.ts';

const answered = (answer: string, text: string): Episode => ({
  task: { id: 'q', preset: 'p', split: 'train', type: 'capital', question: '?', answer: text, image: 'q', scene: null },
  images: [],
  turns: [{ words: [], action: { kind: 'answer', text: answer, start: 0 }, observation: null }],
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
  ])('answer %j to truth %j is right: %s', (answer, truth, correct) => {
    expect(outcomeOfEpisode(answered(answer, truth)).correct).toBe(correct);
  });
});
