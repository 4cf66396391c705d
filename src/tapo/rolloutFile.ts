// Reading and writing rollout files: one JSON object a line, one line a rollout. Every refusal names the line and what was expected.
import type { Rollout, Step, ToolCall, ToolKind } from './rollout.ts';

/** A line that is no rollout; `line` counts from 1. */
export class RolloutFileError extends Error {
  readonly line: number;
  readonly reason: string;
  constructor(line: number, reason: string) {
    super(`line ${line}: ${reason}`);
    this.name = 'RolloutFileError';
    this.line = line;
    this.reason = reason;
  }
}

/** All rollouts of a file's text. Blank lines are skipped; a byte-order mark is allowed. Throws RolloutFileError at the first bad line. */
export function readRollouts(text: string): Rollout[] {
  const rollouts: Rollout[] = [];
  const seen = new Map<string, number>();
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  lines.forEach((line, index) => {
    if (line.trim() === '') return;
    const rollout = parseRollout(line, index + 1);
    const key = JSON.stringify([rollout.group, rollout.rollout]);
    const first = seen.get(key);
    if (first !== undefined)
      throw new RolloutFileError(
        index + 1,
        `rollout "${rollout.rollout}" of group "${rollout.group}" is already on line ${first}; expected one line a rollout`,
      );
    seen.set(key, index + 1);
    rollouts.push(rollout);
  });
  return rollouts;
}

/** One line of a rollout file; unknown fields are kept. */
export function parseRollout(line: string, lineNumber = 1): Rollout {
  return checkRollout(parseLine(line, lineNumber), lineNumber);
}

/** The JSON value of a line. Throws RolloutFileError where it is none. */
export function parseLine(line: string, lineNumber = 1): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new RolloutFileError(lineNumber, `expected one JSON object, got text that is no JSON (${(error as Error).message})`);
  }
}

/** The rollout that a line's value is; unknown fields are kept. Throws RolloutFileError where it is none. */
export function checkRollout(value: unknown, lineNumber = 1): Rollout {
  const fail = (reason: string): never => {
    throw new RolloutFileError(lineNumber, reason);
  };
  if (!isRecord(value)) return fail(`expected a JSON object, got ${shown(value)}`);
  const { group, rollout, reward, correct, steps } = value;
  if (typeof group !== 'string') fail(`"group" must be a string, got ${shown(group)}`);
  if (typeof rollout !== 'string') fail(`"rollout" must be a string, got ${shown(rollout)}`);
  if (typeof reward !== 'number' || !Number.isFinite(reward)) fail(`"reward" must be a finite number, got ${shown(reward)}`);
  if (correct !== undefined && typeof correct !== 'boolean') fail(`"correct" must be true, false or absent, got ${shown(correct)}`);
  if (!Array.isArray(steps)) return fail(`"steps" must be a list, got ${shown(steps)}`);
  return { ...value, steps: steps.map((step, index) => parseStep(step, `steps[${index}]`, fail)) } as unknown as Rollout;
}

/** The file's text for these rollouts, one line each, ending in a newline. */
export function writeRollouts(rollouts: readonly Rollout[]): string {
  return rollouts.map((rollout) => `${JSON.stringify(rollout)}\n`).join('');
}

const KINDS: readonly ToolKind[] = ['region', 'image', 'text', 'other'];

type Fail = (reason: string) => never;

function parseStep(step: unknown, where: string, fail: Fail): Step {
  if (!isRecord(step)) return fail(`${where} must be an object, got ${shown(step)}`);
  const { tokens, tool } = step;
  if (typeof tokens !== 'number' || !Number.isInteger(tokens) || tokens < 0) fail(`${where}.tokens must be a whole number ≥ 0, got ${shown(tokens)}`);
  for (const name of ['logProbs', 'entropies'] as const) {
    const list = step[name];
    if (list === undefined) continue;
    if (!Array.isArray(list) || list.length !== tokens || !list.every((x) => typeof x === 'number'))
      fail(`${where}.${name} must be a list of ${tokens} numbers, one a token, got ${Array.isArray(list) ? `${list.length} entries` : shown(list)}`);
  }
  if (tool === undefined || tool === null) {
    const { tool: _absent, ...rest } = step;
    return rest as unknown as Step;
  }
  return { ...step, tool: parseTool(tool, `${where}.tool`, fail) } as unknown as Step;
}

function parseTool(tool: unknown, where: string, fail: Fail): ToolCall {
  if (!isRecord(tool)) return fail(`${where} must be an object, got ${shown(tool)}`);
  const { name, kind, region, ok } = tool;
  const args = tool.arguments ?? {};
  if (typeof name !== 'string') fail(`${where}.name must be a string, got ${shown(name)}`);
  if (!KINDS.includes(kind as ToolKind)) fail(`${where}.kind must be one of ${KINDS.join(', ')}, got ${shown(kind)}`);
  if (!isRecord(args)) fail(`${where}.arguments must be an object, got ${shown(args)}`);
  if (ok !== undefined && typeof ok !== 'boolean') fail(`${where}.ok must be true, false or absent, got ${shown(ok)}`);
  if (region !== undefined && region !== null) {
    if (!isRecord(region) || (typeof region.image !== 'string' && typeof region.image !== 'number') || !isBox(region.bbox))
      fail(`${where}.region must be {"image": name, "bbox": [x1, y1, x2, y2]}, got ${shown(region)}`);
  }
  const { region: given, ...rest } = tool;
  return { ...rest, arguments: args, ...(isRecord(given) ? { region: { ...given, image: String(given.image) } } : {}) } as unknown as ToolCall;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isBox(value: unknown): boolean {
  return Array.isArray(value) && value.length === 4 && value.every((x) => typeof x === 'number' && Number.isFinite(x));
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
