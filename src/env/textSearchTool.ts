// The tool that searches documents by words; what it makes of the documents is the world's own.
import { modelError } from './errors.ts';
import type { Observation, Tool, ToolContext } from './types.ts';

/** `answer` is asked for a query that is not empty. */
export function textSearchTool(answer: (query: string, context: ToolContext) => Observation): Tool {
  return {
    name: 'text_search_tool',
    kind: 'text',
    schema: {
      type: 'function',
      function: {
        name: 'text_search_tool',
        description: 'Full-text search; returns the three best documents.',
        parameters: { type: 'object', properties: { query: { type: 'string' } }, required: ['query'] },
      },
    },
    async call({ query }, context) {
      if (typeof query !== 'string' || query.trim() === '') return modelError('empty query');
      return answer(query, context);
    },
  };
}
