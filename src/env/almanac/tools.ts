// The two tools of the almanac: a text search that binds the numbers it finds, and Python that computes with them.
import { modelError } from '../errors.ts';
import type { Python } from '../python/python.ts';
import type { TextIndex } from '../textIndex.ts';
import { textSearchTool } from '../textSearchTool.ts';
import type { Observation, Tool } from '../types.ts';
import { binder, numberOf, type Variables } from '../variables.ts';
import type { NumberedDocument } from './documents.ts';

export interface AlmanacToolParts {
  readonly texts: TextIndex;
  /** Documents by id. */
  readonly documents: ReadonlyMap<string, NumberedDocument>;
  readonly python: Python;
}

export function almanacTools({ texts, documents, python }: AlmanacToolParts): readonly Tool[] {
  const search = textSearchTool((query, { variables: bound = {} }): Observation => {
    const { bind, variables } = binder('v', bound);
    const results = texts.search(query).map(({ id, title, text, score }) => {
      const values = [...(documents.get(id)?.values ?? [])];
      return { id, title, score, text: text.replaceAll('#', () => bind(values.shift() as (typeof values)[number])) };
    });
    return { kind: 'documents', results, variables };
  });
  return [search, pythonTool(python)];
}

function pythonTool(python: Python): Tool {
  return {
    name: 'python_tool',
    kind: 'other',
    argument: 'code',
    schema: {
      type: 'function',
      function: {
        name: 'python_tool',
        description: 'Runs Python and returns what it printed; variables hold the numbers that were found.',
        parameters: { type: 'object', properties: { code: { type: 'string' } }, required: ['code'] },
      },
    },
    async call({ code }, { variables = {} }) {
      if (typeof code !== 'string' || code.trim() === '') return modelError('empty code');
      const outcome = await python.run(code, variables);
      switch (outcome.kind) {
        case 'printed':
          return printed(outcome.text, variables);
        case 'exception':
          return modelError('exception', outcome.message);
        case 'time limit':
        case 'memory limit':
          return modelError(outcome.kind);
        default:
          return outcome satisfies never;
      }
    },
  };
}

/** A number that was printed alone is bound; any other text is told as it is. */
function printed(text: string, bound: Variables): Observation {
  const value = numberOf(text);
  const { bind, variables } = binder('r', bound);
  return { kind: 'output', printed: text, text: value === null ? text : bind(value), variables };
}
