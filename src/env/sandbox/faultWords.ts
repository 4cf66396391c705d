// What went wrong in a cell, in words that say what to do, and the line of the cell where it did.
import type { EngineStop } from './engine.ts';
import type { Fault } from './realm/fault.ts';

export interface CellFault {
  readonly message: string;
  /** Line of the cell, from 1; null where it is not known. */
  readonly line: number | null;
}

/** Why the engine's call did not come back. */
export function stoppedWords(stop: EngineStop, cell: string, deadline: number): CellFault {
  switch (stop.kind) {
    case 'deadline':
      return {
        message: `it ran for more than ${deadline / 1000} s and was stopped; is there a loop without end? Cells are for reading runs and small sums: take fewer rows or steps`,
        line: lineOf(stop.stack, cell),
      };
    case 'memory':
      return { message: MEMORY, line: null };
    case 'thrown':
      return faultWords(stop, cell);
    default:
      return stop satisfies never;
  }
}

/** What a cell threw. */
export function faultWords({ name, message, stack }: Fault, cell: string): CellFault {
  return { message: worded(name, message), line: lineOf(stack, cell) };
}

const MEMORY = 'the values of all cells together need more than 32 MB; keep less of them, or take a part of the data';

/** What pages have and cells do not, and what to use instead. */
const ABSENT: Readonly<Record<string, string>> = {
  Date: 'cells have no clock, so that they give the same every time',
  performance: 'cells have no clock, so that they give the same every time',
  setTimeout: 'cells have no timers; they are evaluated at once',
  setInterval: 'cells have no timers; they are evaluated at once',
  fetch: 'cells cannot reach the network',
  XMLHttpRequest: 'cells cannot reach the network',
  WebSocket: 'cells cannot reach the network',
  document: 'cells cannot reach the page; return a value, a table or a chart',
  window: 'cells cannot reach the page; return a value, a table or a chart',
  console: 'use display(value)',
  print: 'use display(value)',
  require: 'cells import nothing; the library is there as tapo',
  eval: 'code cannot be made from text here; write the function itself',
};

function worded(name: string, message: string): string {
  if (message === 'out of memory') return MEMORY;
  if (message === 'stack overflow') return 'functions call each other too deeply (some 700 calls); is there a recursion without end?';
  const missing = name === 'ReferenceError' ? /^'?([^' ]+)'? is not defined$/.exec(message)?.[1] : undefined;
  if (missing !== undefined) return `${missing} is not defined: ${(Object.hasOwn(ABSENT, missing) && ABSENT[missing]) || 'no cell declares it'}`;
  const fixed = name === 'TypeError' && /read-only|not extensible|no setter|not writable/.test(message);
  const said = name === '' ? message : `${name}: ${message}`;
  return fixed ? `${said} (the language’s own objects, the library and the data of runs cannot be changed; copy what you want to change)` : said;
}

/** The topmost line of the cell in a stack. Cells' code begins on the second line of what is evaluated. */
function lineOf(stack: string, cell: string): number | null {
  for (const line of stack.split('\n')) {
    const at = /(?:\(| at )([^():]+):(\d+)(?::\d+)?\)?$/.exec(line);
    if (at?.[1] === cell) return Math.max(1, Number(at[2]) - 1);
  }
  return null;
}
