// Telling of failed calls: what the world did, not what was stopped or is missing on a cassette.
import type { Tool } from '../types.ts';
import { CassetteMismatch } from './cassette.ts';

/** The tool, whose failures are told in words; not those of calls that were stopped, nor of calls that a cassette lacks. */
export function tellFaults(tool: Tool, onFault: (message: string) => void): Tool {
  return {
    ...tool,
    async call(args, context, options) {
      try {
        return await tool.call(args, context, options);
      } catch (error) {
        if (!options?.signal?.aborted && !(error instanceof CassetteMismatch)) onFault(error instanceof Error ? error.message : String(error));
        throw error;
      }
    },
  };
}
