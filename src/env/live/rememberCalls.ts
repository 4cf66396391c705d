// A tool that is asked once for equal arguments: parameter determinism put to use.
import { canonicalJson } from '../../tapo/canonicalJson.ts';
import type { Observation, Tool } from '../types.ts';

/** Answers kept at most; the one asked for longest ago goes first. */
const REMEMBERED = 5000;
/** Bytes of pixels in them at most; the picture asked for longest ago goes first. */
const PIXEL_BYTES = 32 * 2 ** 20;

interface Remembered {
  readonly answer: Promise<Observation>;
  /** Bytes; 0 as long as the call is under way. */
  pixels: number;
}

/**
 * The tool with a memory by its arguments; equal calls under way share one answer. Only for tools that look at nothing else. A failure is
 * forgotten, so that the next call tries again.
 */
export function rememberCalls(tool: Tool): Tool {
  const answers = new Map<string, Remembered>();
  return {
    ...tool,
    call(args, context, { signal } = {}) {
      const key = canonicalJson(args);
      // the signal is that of the run, the same for all calls that could share an answer
      const kept = answers.get(key) ?? { answer: tool.call(args, context, signal ? { signal } : {}), pixels: 0 };
      answers.delete(key);
      answers.set(key, kept);
      if (answers.size > REMEMBERED) answers.delete(answers.keys().next().value as string);
      kept.answer.then(
        (observation) => {
          if (!('picture' in observation)) return;
          kept.pixels = observation.picture.pixels.length;
          makeRoom(answers);
        },
        () => {
          if (answers.get(key) === kept) answers.delete(key);
        },
      );
      return kept.answer;
    },
  };
}

function makeRoom(answers: Map<string, Remembered>): void {
  let sum = 0;
  for (const { pixels } of answers.values()) sum += pixels;
  for (const [key, { pixels }] of answers) {
    if (sum <= PIXEL_BYTES) return;
    if (pixels > 0) answers.delete(key);
    sum -= pixels;
  }
}
