// What all live image searches have in common: they are asked with the picture that the policy saw last, as a PNG file.
import { modelError } from '../errors.ts';
import { sha1 } from '../sha1.ts';
import type { Observation, Picture, Task, Tool, ToolContext } from '../types.ts';
import type { Keyring } from './keyring.ts';
import { pngOf } from './png.ts';
import { cleanTitle } from './search.ts';

export interface FoundTitle {
  readonly title: string;
  readonly score: number;
}

/** Asks an endpoint. Gives at most TOP_K titles, best first. Throws LiveError. */
export type LiveImageSearch = (png: Uint8Array, signal?: AbortSignal) => Promise<readonly FoundTitle[]>;

export interface LiveImageToolParts {
  readonly search: LiveImageSearch;
  readonly keys: Keyring;
  /** The picture of a question, which is searched for as long as no tool has shown another; null in a world without pictures. */
  readonly overview: (task: Task) => Picture | null;
  /** Gives a tool memory and cassette, which know calls by their arguments. */
  readonly keep: (tool: Tool) => Tool;
}

/**
 * The benchmark's image search, answered by an endpoint. It is kept by the SHA-1 of the picture, since a call itself has no arguments. Of a
 * picture from elsewhere it says that it looked at the whole of an image of this name: calls are alike if their pictures are equal.
 */
export function liveImageTool(twin: Tool, { search, keys, overview, keep }: LiveImageToolParts): Tool {
  const seen = ({ picture, task }: ToolContext): Picture | null => picture ?? overview(task);
  const kept = keep({
    ...twin,
    async call(_, context, { signal } = {}): Promise<Observation> {
      const found = await search(pngOf(seen(context) as Picture), signal);
      return { kind: 'titles', results: found.map(({ title, score }) => ({ title: cleanTitle(title, keys), score })) };
    },
  });
  return {
    ...twin,
    async call(_, context, options) {
      const picture = seen(context);
      if (!picture) return modelError('unknown image');
      const digest = await sha1(pngOf(picture));
      const found = await kept.call({ picture: digest }, context, options);
      if (found.kind !== 'titles') return found;
      const bbox = context.images.at(-1);
      return { ...found, region: bbox ? { image: context.task.image, bbox } : { image: `sha1:${digest}`, bbox: [0, 0, 1000, 1000] } };
    },
  };
}
