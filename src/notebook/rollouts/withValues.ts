// Texts in which variables stand for numbers, with the numbers beside them.
import type { Variables, VariableValue } from '../../env/variables.ts';

/** "The mass of Iron is v1." → "The mass of Iron is v1 = 55.84." */
export function withValues(text: string, variables: Variables = {}): string {
  return text.replace(/\b[vr]\d+\b/g, (name) => {
    const value = variables[name];
    return value === undefined ? name : `${name} = ${written(value)}`;
  });
}

function written(value: VariableValue): string {
  return typeof value === 'number' ? String(value) : `[${value.length} numbers]`;
}

/** What a program came to: what it printed, after the variable that it was bound to. */
export function outputText({ text, printed, variables }: { readonly text: string; readonly printed: string; readonly variables: Variables }): string {
  return Object.keys(variables).length > 0 ? withValues(text, variables) : printed || '(nothing printed)';
}
