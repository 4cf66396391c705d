// Who answers a benchmark's tools, as the form has it: for each tool one transport, and the rest of its text after NAME=KIND:.
import { type ToolConfig, TRANSPORTS } from '../env/live/toolConfig.ts';
import type { ToolKind } from '../tapo/index.ts';
import type { BenchmarkName } from '../train/config.ts';

export type Transport = 'sandbox' | ToolConfig['kind'];

export interface ToolChoice {
  readonly transport: Transport;
  /** An address, of a stochastic tool its rate; empty for the sandbox. */
  readonly rest: string;
}

/** The tools of each benchmark, so that the page need not load it. */
export const BENCHMARK_TOOLS: Readonly<Record<BenchmarkName, readonly { readonly name: string; readonly kind: ToolKind }[]>> = {
  atlas: [
    { name: 'image_zoom_in_tool', kind: 'region' },
    { name: 'image_search_tool', kind: 'image' },
    { name: 'text_search_tool', kind: 'text' },
  ],
  almanac: [
    { name: 'text_search_tool', kind: 'text' },
    { name: 'python_tool', kind: 'other' },
  ],
};

/** Who can answer a tool of a kind. */
export function transportsFor(kind: ToolKind): readonly Transport[] {
  return ['sandbox', ...TRANSPORTS[kind]];
}

/** What a run's tools say of one of them. */
export function choiceOf(tools: readonly string[], name: string): ToolChoice {
  const text = tools.find((each) => each.startsWith(`${name}=`));
  const [, transport, rest] = /^[^=]*=([^:]*):(.*)$/.exec(text ?? '') ?? [];
  return transport === undefined || rest === undefined ? { transport: 'sandbox', rest: '' } : { transport: transport as Transport, rest };
}

/** The text of a choice; null for the sandbox. */
export function textOf(name: string, { transport, rest }: ToolChoice): string | null {
  return transport === 'sandbox' ? null : `${name}=${transport}:${rest.trim()}`;
}

/** A run's tools with one of them changed; null: the sandbox's own. */
export function withTool(tools: readonly string[], name: string, text: string | null): readonly string[] {
  const at = tools.findIndex((each) => each.startsWith(`${name}=`));
  if (at < 0) return text === null ? tools : [...tools, text];
  return text === null ? tools.toSpliced(at, 1) : tools.with(at, text);
}
