// One call to a configured tool, to see whether it works: what a form's "test with one call" shows.
import type { Tool } from '../types.ts';
import type { LiveClient } from './liveClient.ts';
import { LiveError } from './liveError.ts';
import { openTools } from './openTools.ts';
import type { FoundDocument } from './search.ts';
import { type ToolConfig, ToolConfigError } from './toolConfig.ts';

export type ToolCheck =
  /** `tools` are the names that a server's tools would be called by, where it is used as it is. */
  { readonly ok: true; readonly documents: readonly FoundDocument[]; readonly tools: readonly string[] } | { readonly ok: false; readonly explanation: string };

export interface CheckToolOptions {
  readonly client: LiveClient;
  /** The benchmark's own tools. */
  readonly tools: readonly Tool[];
  /** What is searched for. Default "capital France". */
  readonly query?: string;
  readonly signal?: AbortSignal;
}

/** Asks once, past any memory. A stochastic tool needs no network and is fine as it is. */
export async function checkTool(config: ToolConfig, { client, tools: own, query = 'capital France', signal }: CheckToolOptions): Promise<ToolCheck> {
  try {
    const { tools, close } = await openTools(own, [config], { client });
    try {
      if (config.tool === null) return { ok: true, documents: [], tools: tools.slice(own.length).map(({ name }) => name) };
      if (config.kind === 'stochastic') return { ok: true, documents: [], tools: [] };
      const tool = tools.find(({ name }) => name === config.tool) as Tool;
      const observation = await tool.call({ query }, { task: NO_TASK, images: [] }, signal ? { signal } : {});
      if (observation.kind === 'documents') return { ok: true, documents: observation.results, tools: [] };
      return { ok: false, explanation: observation.kind === 'error' ? observation.message : `expected documents, got ${observation.kind}` };
    } finally {
      await close();
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof LiveError || error instanceof ToolConfigError) return { ok: false, explanation: error.message };
    throw error;
  }
}

/** A text search looks at its query alone. */
const NO_TASK = { id: '', preset: '', split: 'train', type: '', question: '', answer: '', image: '', scene: null } as const;
