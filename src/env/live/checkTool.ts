// One call to a configured tool, to see whether it works: what a form's "test with one call" shows.
import { filled } from '../picture.ts';
import type { Observation, Tool } from '../types.ts';
import type { LiveClient } from './liveClient.ts';
import { LiveError } from './liveError.ts';
import { openTools } from './openTools.ts';
import type { FoundDocument } from './search.ts';
import { type ToolConfig, ToolConfigError } from './toolConfig.ts';

export type ToolCheck =
  /** Titles of an image search are documents without a text; `tools` are the names that a server's tools would be called by, where it is used as it is. */
  { readonly ok: true; readonly documents: readonly FoundDocument[]; readonly tools: readonly string[] } | { readonly ok: false; readonly explanation: string };

export interface CheckToolOptions {
  readonly client: LiveClient;
  /** The benchmark's own tools. */
  readonly tools: readonly Tool[];
  /** What a text search is asked for. Default "capital France"; an image search is asked for a grey square. */
  readonly query?: string;
  readonly signal?: AbortSignal;
}

/** Asks once, past any memory. A stochastic tool needs no network and is fine as it is. */
export async function checkTool(config: ToolConfig, { client, tools: own, query = 'capital France', signal }: CheckToolOptions): Promise<ToolCheck> {
  try {
    const { tools, close } = await openTools(own, [config], { client, signal });
    try {
      if (config.tool === null) return { ok: true, documents: [], tools: tools.slice(own.length).map(({ name }) => name) };
      if (config.kind === 'stochastic') return { ok: true, documents: [], tools: [] };
      const tool = tools.find(({ name }) => name === config.tool) as Tool;
      const args = tool.kind === 'image' ? {} : { query };
      return checkOf(await tool.call(args, { task: NO_TASK, images: [], picture: GREY }, signal ? { signal } : {}));
    } finally {
      await close();
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof LiveError || error instanceof ToolConfigError) return { ok: false, explanation: error.message };
    throw error;
  }
}

function checkOf(observation: Observation): ToolCheck {
  if (observation.kind === 'documents') return { ok: true, documents: observation.results, tools: [] };
  if (observation.kind !== 'titles')
    return { ok: false, explanation: observation.kind === 'error' ? observation.message : `expected documents, got ${observation.kind}` };
  return { ok: true, documents: observation.results.map(({ title, score }, i) => ({ id: String(i), title, text: '', score })), tools: [] };
}

const GREY = filled(24, 24, [128, 128, 128]);
/** A search looks at its query or its picture alone. */
const NO_TASK = { id: '', preset: '', split: 'train', type: '', question: '', answer: '', image: '', scene: null } as const;
