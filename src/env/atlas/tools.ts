// The three tools of the atlas: zoom, reverse image search, text search. Real retrieval over the embedded world, no network.
import { type Box, toBox } from '../../tapo/index.ts';
import { modelError } from '../errors.ts';
import type { TextIndex } from '../textIndex.ts';
import { textSearchTool } from '../textSearchTool.ts';
import type { Picture, Task, Tool, ToolContext } from '../types.ts';
import type { ImageIndex } from './imageIndex.ts';
import { renderCrop } from './render.ts';
import { CANVAS } from './scene.ts';

export interface AtlasToolParts {
  /** The scene in full resolution. */
  full(task: Task): Picture;
  readonly images: ImageIndex;
  readonly texts: TextIndex;
  /** Country name by code: what image search answers with. */
  readonly names: ReadonlyMap<string, string>;
}

/** Least side of a crop in the full-resolution picture, pixels, as in SenseNova-MARS. */
export const LEAST_CROP = 28;

export function atlasTools(parts: AtlasToolParts): readonly Tool[] {
  return [zoomTool(parts), imageSearchTool(parts), textSearchTool((query) => ({ kind: 'documents', results: parts.texts.search(query) }))];
}

function zoomTool({ full }: AtlasToolParts): Tool {
  return {
    name: 'image_zoom_in_tool',
    kind: 'region',
    schema: {
      type: 'function',
      function: {
        name: 'image_zoom_in_tool',
        description: 'Crops a box of an image seen so far and shows it again from full resolution.',
        parameters: {
          type: 'object',
          properties: {
            bbox_2d: { type: 'array', items: { type: 'number' }, minItems: 4, maxItems: 4, description: 'x1, y1, x2, y2, relative 0–1000' },
            img_idx: { type: 'number', description: 'Index of the image; 0 is the picture of the question.' },
          },
          required: ['bbox_2d', 'img_idx'],
        },
      },
    },
    async call(args, { task, images }) {
      const region = resolveRegion(args, images);
      if (!region) return modelError('unknown image');
      const [x1, y1, x2, y2] = region;
      if (x2 <= x1 || y2 <= y1) return modelError('empty box');
      if (Math.min(x2 - x1, y2 - y1) * (CANVAS / 1000) < LEAST_CROP) return modelError('small box');
      return { kind: 'image', index: images.length, region: { image: task.image, bbox: region }, picture: renderCrop(full(task), region) };
    },
  };
}

function imageSearchTool({ full, images: index, names }: AtlasToolParts): Tool {
  return {
    name: 'image_search_tool',
    kind: 'image',
    schema: {
      type: 'function',
      function: {
        name: 'image_search_tool',
        description: 'Searches by image with the image seen last and returns the titles of the three nearest.',
        parameters: { type: 'object', properties: {}, required: [] },
      },
    },
    async call(_, { task, images }) {
      const bbox = images.at(-1);
      if (!bbox) return modelError('unknown image');
      const results = index.search(full(task), bbox).map(({ code, score }) => ({ title: names.get(code) ?? code, score }));
      return { kind: 'titles', region: { image: task.image, bbox }, results };
    },
  };
}

/** The box of a zoom in the root image, crops of crops mapped back; null for an unknown image or no box. */
export function resolveRegion(args: Readonly<Record<string, unknown>>, images: ToolContext['images']): Box | null {
  const box = toBox(args.bbox_2d);
  const parent = images[typeof args.img_idx === 'number' ? args.img_idx : 0];
  if (!parent || !box) return null;
  const [width, height] = [parent[2] - parent[0], parent[3] - parent[1]];
  const inside = (x: number): number => Math.min(1000, Math.max(0, x)) / 1000;
  return [parent[0] + inside(box[0]) * width, parent[1] + inside(box[1]) * height, parent[0] + inside(box[2]) * width, parent[1] + inside(box[3]) * height];
}
