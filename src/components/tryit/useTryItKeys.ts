// The keys of "Try it". They count while the focus is inside of it, and then before those of the page.
import type { KeyboardEvent } from 'react';
import { endOf } from '../../notebook/attempts.ts';
import { useAttempt, useTryIt, useTryItActions } from './useTryIt.ts';

export const TRY_IT_KEYS: readonly (readonly [key: string, meaning: string])[] = [
  ['space', 'one token'],
  ['enter', 'one turn'],
  ['w', 'watch, or pause'],
  ['f', 'finish'],
  ['a', 'again, with another seed'],
  ['r', 're-roll 16 times from here'],
  ['p', 'play this turn yourself'],
  ['n', 'next question'],
  ['x', 'stop'],
  ['← →', 'among the tokens: the one before, the one after'],
  ['1 … 5', 'put that alternative in the token’s place'],
];

/** Keeps the focus in the view where the part that has it is about to go. */
export function focusTranscript(part: Element): void {
  part.closest('.tryit')?.querySelector<HTMLElement>('.tryit-transcript')?.focus({ preventScroll: true });
}

export function useTryItKeys(): (event: KeyboardEvent<HTMLElement>) => void {
  const actions = useTryItActions();
  const attempt = useAttempt();
  const picked = useTryIt((state) => state.picked);
  const watching = useTryIt(({ doing }) => doing?.kind === 'watch');
  const planned = useTryIt(({ own }) => own !== null);
  const alternative = (index: number): void => {
    if (!attempt) return;
    const { turns, draft, upcoming } = attempt.view;
    const place = picked ?? endOf(attempt.view);
    const token = (turns[place.turn]?.tokens ?? draft)[place.token];
    const word = (token ?? upcoming)?.alternatives[index]?.word;
    if (word !== undefined && word !== token?.word) void actions.choose(place, word);
  };
  const keys = new Map<string, () => void>([
    [' ', () => void actions.token()],
    ['Enter', () => void actions.turn()],
    ['w', () => void (watching ? actions.stop() : actions.watch())],
    ['f', () => void actions.finish()],
    ['a', () => void actions.again()],
    ['r', () => void actions.reroll(null, 16)],
    ['p', () => actions.plan(planned ? null : {})],
    ['n', () => void actions.nextQuestion()],
    ['x', () => void actions.stop()],
    ...[0, 1, 2, 3, 4].map((index) => [String(index + 1), () => alternative(index)] as const),
  ]);
  return (event) => {
    const { tagName } = event.target as HTMLElement;
    const typing = ['INPUT', 'SELECT', 'TEXTAREA'].includes(tagName);
    const pressing = ['BUTTON', 'SUMMARY'].includes(tagName) && (event.key === ' ' || event.key === 'Enter');
    const action = keys.get(event.key);
    if (typing || pressing || event.ctrlKey || event.metaKey || event.altKey || !action) return;
    event.preventDefault();
    event.stopPropagation();
    if (/[1-5]/.test(event.key)) focusTranscript(event.currentTarget);
    if (!event.repeat || event.key === ' ') action();
  };
}
