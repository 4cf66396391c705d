// What a zoom looked into and what it brought: the image that its box lies in may itself be a crop.
import type { Box } from '../../tapo/index.ts';
import type { RolloutReport } from '../../train/report.ts';

export interface Zoom {
  /** Where the parent image lies in the scene, relative 0–1000. */
  readonly parent: Box;
  /** Number of the parent image: 0 is the whole scene. */
  readonly parentIndex: number;
  /** The box that was asked for, relative 0–1000 in the parent image. */
  readonly asked: Box;
  /** Where the crop lies in the scene. */
  readonly crop: Box;
}

const WHOLE: Box = [0, 0, 1000, 1000];

/** Null where the step is no zoom that was carried out. */
export function zoomOf({ steps }: RolloutReport, step: number): Zoom | null {
  const { action, observation } = steps[step] ?? {};
  if (action?.kind !== 'call' || observation?.kind !== 'image') return null;
  const { bbox_2d: asked, img_idx: index } = action.arguments as { readonly bbox_2d?: unknown; readonly img_idx?: unknown };
  if (!isBox(asked)) return null;
  const parentIndex = typeof index === 'number' ? index : 0;
  const parent = steps.slice(0, step).find((each) => each.observation?.kind === 'image' && each.observation.index === parentIndex)?.observation;
  return { parent: parent?.kind === 'image' ? parent.region.bbox : WHOLE, parentIndex, asked, crop: observation.region.bbox };
}

function isBox(value: unknown): value is Box {
  return Array.isArray(value) && value.length === 4 && value.every((x) => typeof x === 'number');
}
