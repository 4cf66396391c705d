// Keyboard shortcuts, and the list of them behind "?".
import { useEffect, useRef } from 'react';
import { useActions, useNotebook } from '../useNotebook.ts';

export const KEYS: readonly (readonly [key: string, meaning: string])[] = [
  ['space', 'run, or pause; while the recorded run plays: stop it'],
  ['s', 'one update, then pause'],
  ['x', 'stop: drop the update under way, keep everything else'],
  ['r', 'reset: a new run from the form'],
  ['p', 'play the recorded run'],
  ['← →', 'earlier or later update in the rollouts below'],
  ['?', 'this list'],
];

export function Keys() {
  const actions = useActions();
  const running = useNotebook(({ source, run }) => source === 'live' && run.status === 'running');
  const playing = useNotebook((state) => state.playing);
  const updates = useNotebook(({ run }) => run.groups);
  const selected = useNotebook(({ selection }) => selection.update);
  const dialog = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    const move = (by: number): void => {
      const at = selected === null ? updates.length - 1 : updates.findIndex(({ update }) => update === selected);
      const next = updates[Math.max(0, Math.min(updates.length - 1, at + by))];
      if (next) actions.select({ update: next.update, group: 0, step: null });
    };
    const shortcuts = new Map<string, () => void>([
      [' ', () => void (running ? actions.pause() : playing ? actions.stop() : actions.run())],
      ['s', () => void actions.step()],
      ['x', () => void actions.stop()],
      ['r', () => void actions.reset()],
      ['p', () => actions.replay()],
      ['ArrowLeft', () => move(-1)],
      ['ArrowRight', () => move(1)],
      ['?', () => dialog.current?.showModal()],
    ]);
    const onKey = (event: KeyboardEvent): void => {
      const { tagName } = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey || ['INPUT', 'SELECT', 'TEXTAREA', 'BUTTON', 'SUMMARY'].includes(tagName)) return;
      const action = shortcuts.get(event.key);
      if (!action || dialog.current?.open) return;
      event.preventDefault();
      action();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [actions, running, playing, updates, selected]);

  return (
    <dialog ref={dialog} className="keys" aria-labelledby="keys-title">
      <h2 id="keys-title">Keys</h2>
      <dl>
        {KEYS.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  );
}
