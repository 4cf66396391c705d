// Rollout records: plain readonly data that flows through the whole library. No file handling here (rolloutFile.ts).

/** Four numbers [x1, y1, x2, y2]; a reversed side has length 0. */
export type Box = readonly [number, number, number, number];

/** How calls of a tool are compared: see similarity.ts. */
export type ToolKind = 'region' | 'image' | 'text' | 'other';

/** A place in an image. */
export interface Region {
  /** Name of the root image that the box lies in. */
  readonly image: string;
  /** Relative coordinates 0–1000 in the root image. */
  readonly bbox: Box;
}

/** One call of a tool, as it was understood. */
export interface ToolCall {
  readonly name: string;
  readonly kind: ToolKind;
  /** As the model wrote them, JSON values only. */
  readonly arguments: Readonly<Record<string, unknown>>;
  /** Where in the root image the call looked, once resolved through crops of crops. */
  readonly region?: Region;
  /** False if the call could not be executed; such a call is no tool step for credit. Default true. */
  readonly ok?: boolean;
}

/** Oⁱₜ: one turn of the model, its thought and its call, with what the tool answered. */
export interface Step {
  /** Number of the model's own tokens in this step; what the tool answers is not counted. */
  readonly tokens: number;
  /** Absent: the step answers, or its call could not be parsed. */
  readonly tool?: ToolCall;
  readonly text?: string;
  readonly observation?: unknown;
  /** log π_old per model token, nats. */ readonly logProbs?: readonly number[];
  /** Entropy of π_old per model token, nats. */ readonly entropies?: readonly number[];
}

/** Oᵢ: one attempt at a question, and what it earned. */
export interface Rollout {
  /** Rollouts of one prompt share a group. */
  readonly group: string;
  /** A name, once per group. */
  readonly rollout: string;
  /** Rᵢ. */
  readonly reward: number;
  /** Absent: the sign of the advantage stands in for it. */
  readonly correct?: boolean;
  readonly steps: readonly Step[];
}

/** Rollouts by group, groups in the order of their first rollout, rollouts in the order given. */
export function groupRollouts<R extends Pick<Rollout, 'group'>>(rollouts: readonly R[]): R[][] {
  const groups = new Map<string, R[]>();
  for (const rollout of rollouts) {
    const members = groups.get(rollout.group);
    if (members) members.push(rollout);
    else groups.set(rollout.group, [rollout]);
  }
  return [...groups.values()];
}
