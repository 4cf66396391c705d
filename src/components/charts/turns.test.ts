import { expect, test } from 'vitest';
import { createTurns } from './turns.ts';

function turnsByHand() {
  const frames: (() => void)[] = [];
  const turns = createTurns((callback) => frames.push(callback));
  return { turns, frame: () => frames.shift()?.(), pending: () => frames.length };
}

test('createTurns(schedule) draws one at a time, in the order of asking, each once', () => {
  const { turns, frame, pending } = turnsByHand();
  const drawn: string[] = [];
  const [a, b] = [() => void drawn.push('a'), () => void drawn.push('b')];
  turns.ask(a);
  turns.ask(b);
  turns.ask(a);
  frame();
  frame();
  expect(drawn).toEqual(['a']);
  for (let i = 0; i < 6; i++) frame();
  expect(drawn).toEqual(['a', 'b']);
  expect(pending()).toBe(0);
  turns.ask(a);
  for (let i = 0; i < 4; i++) frame();
  expect(drawn).toEqual(['a', 'b', 'a']);
});

test('createTurns(schedule) lets a request be taken back', () => {
  const { turns, frame } = turnsByHand();
  let drawn = 0;
  const draw = (): void => void drawn++;
  turns.ask(draw);
  turns.drop(draw);
  for (let i = 0; i < 4; i++) frame();
  expect(drawn).toBe(0);
});
