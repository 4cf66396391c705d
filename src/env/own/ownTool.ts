// A tool that a cell declared, as the world knows tools: in the place of a namesake, or a new one.
import * as v from 'valibot';
import type { ToolCall } from '../../tapo/index.ts';
import { modelError } from '../errors.ts';
import type { Benchmark, Tool, ToolContext } from '../types.ts';
import { argumentsSchema } from './argumentsSchema.ts';
import type { OwnCode } from './ownCode.ts';
import { OwnCodeError } from './ownCodeError.ts';
import type { Declared } from './ownEngine.ts';
import { toolResult } from './toolResult.ts';

/** What the sandbox does for a tool. `refuse` notes a fault, and throws it. */
export interface ToolWork {
  similarities(pairs: readonly (readonly [ToolCall, ToolCall])[]): Promise<readonly number[]>;
  call(args: unknown, context: object): Promise<unknown>;
  refuse(error: Error): never;
}

/** Throws OwnCodeError where no policy could call the tool, or it could not answer. */
export function ownTool(
  code: OwnCode,
  about: NonNullable<Declared['tool']>,
  { vocabulary }: Pick<Benchmark, 'vocabulary'>,
  tools: readonly Tool[],
  work: ToolWork,
): Tool {
  const { name, description, calls, compares } = about;
  const namesake = tools.find((tool) => tool.name === name);
  const names = tools.map((tool) => tool.name).join(', ');
  const refuse = (words: string): never => {
    throw new OwnCodeError(`${code.name}: ${words}`);
  };
  if (!namesake && !calls) refuse(`expected a call, or the name of one of ${names} whose calls it compares; got ${name} without a call`);
  if (!namesake && !vocabulary.groups.some(({ tokens }) => tokens.includes(name)))
    refuse(`the policy’s closed vocabulary has no word ${name}, so it could never call it; name it as the tool that it stands in for: ${names}`);
  if (namesake?.kind === 'region' && calls)
    refuse(`${name} answers with a picture, which code of one’s own cannot make; give similarity alone, and the benchmark’s own call stays`);
  const parameters = about.parameters ?? namesake?.schema.function.parameters ?? NO_ARGUMENTS;
  const schema = {
    name,
    description: description || (namesake?.schema.function.description ?? ''),
    parameters: parameters as Readonly<Record<string, unknown>>,
  };
  return {
    name,
    kind: namesake?.kind ?? 'other',
    schema: { type: 'function', function: schema },
    call: calls || !namesake ? checkedCall(code, parameters, work) : namesake.call,
    ...(compares ? { similarities: work.similarities } : {}),
  };
}

const NO_ARGUMENTS = { type: 'object', properties: {}, required: [] };

function checkedCall(code: OwnCode, parameters: unknown, work: ToolWork): Tool['call'] {
  const schema = understood(code, parameters);
  return async (args, context) => {
    if (!v.is(schema, args)) return modelError('malformed call');
    const value = await work.call(args, seenBy(context));
    try {
      return toolResult(value, context);
    } catch (error) {
      return work.refuse(error as Error);
    }
  };
}

function understood(code: OwnCode, parameters: unknown): ReturnType<typeof argumentsSchema> {
  try {
    return argumentsSchema(parameters);
  } catch (error) {
    throw new OwnCodeError(`${code.name}: ${(error as Error).message}`);
  }
}

/** What a tool is told of the question: nothing that gives its answer away. */
function seenBy({ task, images }: ToolContext): object {
  const { question, type, preset, image } = task;
  return { question, type, preset, image, images };
}
