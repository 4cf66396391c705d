// What keys do while nothing is being typed: Jupyter's command keys for cells, and keys for the run in focus.

import type { NotebookState } from './state.ts';
import type { NotebookActions } from './store.ts';

interface Binding {
  /** As KeyboardEvent.key has them; "d d" is one pressed twice. */
  readonly keys: readonly string[];
  readonly shown: string;
  readonly meaning: string;
  readonly act: (actions: NotebookActions, state: NotebookState) => void;
}

const onCell =
  (act: (actions: NotebookActions, id: number) => void): Binding['act'] =>
  (actions, { cell, locked }) => {
    if (cell !== null && !locked.includes('cells')) act(actions, cell);
  };
const onRun =
  (act: (actions: NotebookActions, run: NonNullable<NotebookState['focus']>, state: NotebookState) => void): Binding['act'] =>
  (actions, state) => {
    if (state.focus && !state.locked.includes('bar')) act(actions, state.focus, state);
  };
const isRunning = ({ runs, focus }: NotebookState): boolean => {
  const entry = focus ? runs[focus.key] : undefined;
  return entry?.source === 'live' && entry.state.status === 'running';
};

export const BINDINGS: readonly Binding[] = [
  {
    keys: [' '],
    shown: 'space',
    meaning: 'run, or pause; while a recorded run plays: stop it',
    act: onRun((actions, run, state) => {
      if (isRunning(state)) void actions.pause();
      else if (state.runs[run.key]?.playing) actions.halt(run.key);
      else void actions.runFocus();
    }),
  },
  { keys: ['s'], shown: 's', meaning: 'one update, then pause', act: onRun((actions) => void actions.runFocus(1)) },
  { keys: ['x'], shown: 'x', meaning: 'stop: drop the update under way, keep everything else', act: (actions) => void actions.stop() },
  { keys: ['r'], shown: 'r', meaning: 'reset: the run from its start', act: onRun((actions) => void actions.resetFocus()) },
  { keys: ['p'], shown: 'p', meaning: 'play the recorded run', act: onRun((actions, run) => actions.replay(run.key)) },
  { keys: ['ArrowLeft'], shown: '←', meaning: 'earlier update in the views of the run', act: onRun((actions, run) => actions.selectUpdate(run.key, -1)) },
  { keys: ['ArrowRight'], shown: '→', meaning: 'later update', act: onRun((actions, run) => actions.selectUpdate(run.key, 1)) },
  { keys: ['k', 'ArrowUp'], shown: 'k ↑', meaning: 'the cell above', act: (actions) => actions.stepCell(-1) },
  { keys: ['j', 'ArrowDown'], shown: 'j ↓', meaning: 'the cell below', act: (actions) => actions.stepCell(1) },
  { keys: ['Enter'], shown: 'Enter', meaning: 'edit the cell; Escape or Shift+Enter leaves', act: onCell((actions, id) => actions.editCell(id)) },
  { keys: ['a'], shown: 'a', meaning: 'a new cell of code above', act: onCell((actions, id) => actions.insertAbove(id, 'js')) },
  { keys: ['b'], shown: 'b', meaning: 'a new cell of code below', act: onCell((actions, id) => actions.insertBelow(id, 'js')) },
  { keys: ['d d'], shown: 'd d', meaning: 'delete the cell', act: onCell((actions, id) => actions.remove(id)) },
  { keys: ['m'], shown: 'm', meaning: 'make it text', act: onCell((actions, id) => actions.change([{ kind: 'setMode', id, mode: 'md' }])) },
  { keys: ['y'], shown: 'y', meaning: 'make it code', act: onCell((actions, id) => actions.change([{ kind: 'setMode', id, mode: 'js' }])) },
  { keys: ['z'], shown: 'z', meaning: 'undo', act: (actions) => actions.undo() },
  { keys: ['Z'], shown: 'Shift+z', meaning: 'redo', act: (actions) => actions.redo() },
];

/** Reads keys one after another; gives the binding that they make, with a key pressed twice within half a second counted as one. */
export function keyReader(now: () => number): (key: string) => Binding | undefined {
  let last = { key: '', at: Number.NEGATIVE_INFINITY };
  return (key) => {
    const twice = last.key === key && now() - last.at < 500 ? BINDINGS.find(({ keys }) => keys.includes(`${key} ${key}`)) : undefined;
    last = twice ? { key: '', at: Number.NEGATIVE_INFINITY } : { key, at: now() };
    return twice ?? BINDINGS.find(({ keys }) => keys.includes(key));
  };
}
