// A tool that is asked once for equal arguments: parameter determinism put to use.
import { canonicalJson } from '../../tapo/canonicalJson.ts';
import type { Observation, Tool } from '../types.ts';

/** Answers kept at most; the one asked for longest ago goes first. */
const REMEMBERED = 5000;

/**
 * The tool with a memory by its arguments; equal calls under way share one answer. Only for tools that look at nothing else. A failure is
 * forgotten, so that the next call tries again.
 */
export function rememberCalls(tool: Tool): Tool {
  const answers = new Map<string, Promise<Observation>>();
  return {
    ...tool,
    call(args, context, { signal } = {}) {
      const key = canonicalJson(args);
      // the signal is that of the run, the same for all calls that could share an answer
      const answer = answers.get(key) ?? tool.call(args, context, signal ? { signal } : {});
      answers.delete(key);
      answers.set(key, answer);
      if (answers.size > REMEMBERED) answers.delete(answers.keys().next().value as string);
      answer.catch(() => {
        if (answers.get(key) === answer) answers.delete(key);
      });
      return answer;
    },
  };
}
