// Names for files that have none: prompts are numbered as they come, and rollouts within their prompt.

export interface RolloutName {
  readonly group: string;
  readonly rollout: string;
}

/** Gives the next name below a prefix ("step 3") for a prompt's text: {group: "step 3/prompt 2", rollout: "step 3/prompt 2/0"}. */
export function promptNames(): (prefix: string, prompt: string) => RolloutName {
  const byPrefix = new Map<string, Map<string, { readonly group: string; rollouts: number }>>();
  return (prefix, prompt) => {
    const prompts = byPrefix.get(prefix) ?? new Map<string, { readonly group: string; rollouts: number }>();
    byPrefix.set(prefix, prompts);
    const known = prompts.get(prompt) ?? { group: `${prefix}${prefix === '' ? '' : '/'}prompt ${prompts.size + 1}`, rollouts: 0 };
    prompts.set(prompt, known);
    return { group: known.group, rollout: `${known.group}/${known.rollouts++}` };
  };
}

/** The same where groups have a name: "example 7" and "example 7/0". */
export function rolloutNames(): (group: string) => RolloutName {
  const rollouts = new Map<string, number>();
  return (group) => {
    const count = rollouts.get(group) ?? 0;
    rollouts.set(group, count + 1);
    return { group, rollout: `${group}/${count}` };
  };
}
