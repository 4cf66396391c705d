// Tools that take their time, for tests and measurements.
import type { Tool } from '../types.ts';

/** The tools, each call answered so many milliseconds later. */
export function slowTools(tools: readonly Tool[], delay: () => number): Tool[] {
  const later = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
  return tools.map((tool): Tool => ({ ...tool, call: (...args) => later(delay()).then(() => tool.call(...args)) }));
}
