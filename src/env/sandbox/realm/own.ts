// `train.tool` and `train.reward`: what a cell declares for runs to take along. What they give can be tried in cells, and named in `train({…})`.
import { isRecord } from './describeChart.ts';
import { inspect } from './inspect.ts';
import { plainJson } from './plainData.ts';

export interface OwnTool {
  readonly name: string;
  readonly description: string;
  /** JSON schema of the arguments; null: as the benchmark's tool of that name has it. */
  readonly parameters: unknown;
  readonly call: ((args: unknown, context: unknown) => unknown) | null;
  readonly similarity: ((a: unknown, b: unknown) => unknown) | null;
}

export type OwnReward = (outcome: unknown) => unknown;

/** The text of a declaration, as the notebook wrote it: with it another sandbox can make the same. */
export interface OwnSource {
  readonly name: string;
  readonly source: string;
}

const tools = new WeakMap<object, OwnTool>();
const rewards = new WeakSet<object>();
const sources = new WeakMap<object, OwnSource>();

export const toolOf = (value: unknown): OwnTool | undefined => (isObject(value) ? tools.get(value) : undefined);
export const rewardOf = (value: unknown): OwnReward | undefined => (isObject(value) && rewards.has(value) ? (value as OwnReward) : undefined);
export const sourceOf = (value: unknown): OwnSource | undefined => (isObject(value) ? sources.get(value) : undefined);

/** Notes where the tools and rewards among these values were declared; the first name counts. Gives the names of the rewards. */
export function nameOwn(values: Readonly<Record<string, unknown>>, source: string): readonly string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    if (!isObject(value) || !(tools.has(value) || rewards.has(value)) || sources.has(value)) return [];
    sources.set(value, { name, source });
    return rewards.has(value) ? [name] : [];
  });
}

/** How a tool or a reward reads as a value. */
export function ownWords(value: object): string | undefined {
  const name = sources.get(value)?.name;
  const tool = tools.get(value);
  if (tool) return name === undefined ? `tool ${tool.name}` : `tool ${tool.name}, for train({ tools: [${name}] })`;
  if (!rewards.has(value)) return undefined;
  return name === undefined ? 'reward' : `reward, for train({ reward: ${name} })`;
}

const SETTINGS = ['name', 'description', 'parameters', 'call', 'similarity'];

export function tool(given: unknown): object {
  const refuse = (expected: string, came: unknown): never => {
    throw new TypeError(`train.tool: expected ${expected}, got ${inspect(came).slice(0, 80)}`);
  };
  if (!isRecord(given)) return refuse('{ name, description, parameters, call, similarity }', given);
  const { name, description = '', parameters = null, call = null, similarity = null } = given;
  const unknown = Object.keys(given).find((key) => !SETTINGS.includes(key));
  if (unknown !== undefined) throw new TypeError(`train.tool: no such setting "${unknown}"; expected ${SETTINGS.join(', ')}`);
  if (typeof name !== 'string' || !/^[A-Za-z]\w{0,63}$/.test(name)) return refuse('a name of letters, digits and _, as "text_search_tool"', name);
  if (typeof description !== 'string') refuse('a text as description', description);
  if (parameters !== null && !isRecord(parameters)) refuse('a JSON schema as parameters', parameters);
  if (call !== null && typeof call !== 'function') refuse('a function (args, context) as call', call);
  if (similarity !== null && typeof similarity !== 'function') refuse('a function (a, b) as similarity', similarity);
  if (call === null && similarity === null) throw new TypeError('train.tool: expected call or similarity, or both, got neither');
  const made = Object.freeze({ name, description, parameters: JSON.parse(plainJson(parameters, 'train.tool: parameters')), call, similarity }) as OwnTool;
  tools.set(made, made);
  return made;
}

export function reward(given: unknown): OwnReward {
  if (typeof given !== 'function') throw new TypeError(`train.reward: expected a function (outcome) that gives a number, got ${inspect(given).slice(0, 80)}`);
  const made: OwnReward = (outcome) => given(outcome);
  rewards.add(made);
  return made;
}

/** A spec with the tools and rewards in it replaced by their sources. */
export function withSources(spec: unknown): unknown {
  if (!isRecord(spec)) return spec;
  const { reward: given, tools: list } = spec;
  if (rewardOf(given) === undefined && typeof given === 'function')
    throw new TypeError(`train: reward: expected what train.reward(f) gives, got a bare function`);
  return {
    ...spec,
    ...(given === undefined ? {} : { reward: rewardOf(given) ? named(given, 'reward', 'train.reward(…)') : given }),
    ...(Array.isArray(list) ? { tools: list.map((each: unknown) => (toolOf(each) ? named(each, 'tools', 'train.tool({…})') : each)) } : {}),
  };
}

function named(value: unknown, where: string, made: string): OwnSource {
  const source = sourceOf(value);
  if (source) return source;
  throw new TypeError(`train: ${where}: expected a name that another cell declares, as const mine = ${made}: a run takes the text of that cell along`);
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
