// The rollouts of a file, as far as credit needs them: rewards and calls. Texts, observations and log-probs stay in the file; the table knows
// where each rollout's line lies.
import { type Rollout, RolloutFileError, type Step, type ToolCall } from '../tapo/index.ts';

/** Where a rollout's line lies in the file's text, bytes, and its number. */
export interface LinePlace {
  readonly start: number;
  readonly length: number;
  readonly line: number;
}

export interface TableGroup {
  readonly name: string;
  readonly rollouts: readonly Rollout[];
  /** Index of each rollout in the order of the file. */
  readonly indices: readonly number[];
}

export interface RolloutTable {
  /** In the order of their first line. */
  readonly groups: readonly TableGroup[];
  readonly groupIndex: ReadonlyMap<string, number>;
  /** By index of the rollout: its place, and the index of its first step among all steps. */
  readonly places: { readonly start: readonly number[]; readonly length: readonly number[]; readonly line: readonly number[] };
  readonly firstStep: readonly number[];
  readonly rollouts: number;
  readonly steps: number;
}

export interface RolloutTableBuilder {
  /** Throws RolloutFileError for a rollout that is there already, and for arguments that are nested too deep. */
  add(rollout: Rollout, place: LinePlace): void;
  /** What was added; the builder must not be used afterwards. */
  table(): RolloutTable;
}

export function rolloutTable(): RolloutTableBuilder {
  const groups: { name: string; rollouts: Rollout[]; indices: number[]; lines: Map<string, number> }[] = [];
  const groupIndex = new Map<string, number>();
  const places = { start: [] as number[], length: [] as number[], line: [] as number[] };
  const firstStep: number[] = [];
  let steps = 0;
  return {
    add(rollout, { start, length, line }) {
      const kept = keptOf(rollout, line);
      const known = groupIndex.get(rollout.group);
      const group = (known === undefined ? undefined : groups[known]) ?? { name: rollout.group, rollouts: [], indices: [], lines: new Map<string, number>() };
      const first = group.lines.get(rollout.rollout);
      if (first !== undefined)
        throw new RolloutFileError(line, `rollout "${rollout.rollout}" of group "${rollout.group}" is already on line ${first}; expected one line a rollout`);
      if (known === undefined) {
        groupIndex.set(rollout.group, groups.length);
        groups.push(group);
      }
      group.lines.set(rollout.rollout, line);
      group.rollouts.push(kept);
      group.indices.push(firstStep.length);
      places.start.push(start);
      places.length.push(length);
      places.line.push(line);
      firstStep.push(steps);
      steps += kept.steps.length;
    },
    table: () => ({
      groups: groups.map(({ name, rollouts, indices }) => ({ name, rollouts, indices })),
      groupIndex,
      places,
      firstStep,
      rollouts: firstStep.length,
      steps,
    }),
  };
}

/** Deepest nesting of a call's arguments: comparing them recurses. */
const MOST_LEVELS = 100;

function keptOf({ group, rollout, reward, correct, steps }: Rollout, line: number): Rollout {
  return {
    group,
    rollout,
    reward,
    ...(correct === undefined ? {} : { correct }),
    steps: steps.map(({ tokens, tool }, s): Step => {
      if (!tool) return { tokens };
      if (!isShallow(tool.arguments, MOST_LEVELS))
        throw new RolloutFileError(line, `steps[${s}].tool.arguments must be nested at most ${MOST_LEVELS} levels deep, got more`);
      return { tokens, tool: keptCall(tool) };
    }),
  };
}

function keptCall({ name, kind, arguments: args, region, ok }: ToolCall): ToolCall {
  return {
    name,
    kind,
    arguments: args,
    ...(region === undefined ? {} : { region: { image: region.image, bbox: region.bbox } }),
    ...(ok === undefined ? {} : { ok }),
  };
}

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1));
}
