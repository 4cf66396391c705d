// Numbers by name: what a search or a program gave is bound to a variable, so that a closed vocabulary can compute with it.

/** Values by name: v1, v2, … from searches, r1, r2, … from programs. */
export type Variables = Readonly<Record<string, VariableValue>>;
export type VariableValue = number | readonly number[];

/** Everything that the observations of an episode bound. */
export function boundVariables(turns: readonly { readonly observation: unknown }[]): Variables {
  return Object.assign({}, ...turns.map(({ observation }) => (observation as { readonly variables?: Variables } | null)?.variables));
}

/** Hands out the next names of a letter: v3 after v1 and v2. */
export function binder(letter: 'v' | 'r', bound: Variables): { readonly variables: Record<string, VariableValue>; bind(value: VariableValue): string } {
  let count = Object.keys(bound).filter((name) => name.startsWith(letter)).length;
  const variables: Record<string, VariableValue> = {};
  return {
    variables,
    bind(value) {
      const name = `${letter}${++count}`;
      variables[name] = value;
      return name;
    },
  };
}

/** A text that names a variable with a number becomes that number; any other stays. */
export function withValue(text: string, variables: Variables): string {
  const value = Object.hasOwn(variables, text) ? variables[text] : undefined;
  return typeof value === 'number' ? String(value) : text;
}

/** The number that a text is, without a plus sign (+33 is a calling code); null if it is none. */
export function numberOf(text: string): number | null {
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : null;
}

/** Relative error that still counts as right (Goer17/TAPO), and the greatest value that counts as 0. */
const TOLERANCE = 0.05;
const NOTHING = 1e-3;

/** Whether a number is right: within 5 % of the truth, or below 1e-3 where that is 0. */
export function agrees(value: number, truth: number): boolean {
  return truth === 0 ? Math.abs(value) < NOTHING : Math.abs(value - truth) < TOLERANCE * Math.abs(truth);
}
