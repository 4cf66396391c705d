// The picture of a task's scene as a bitmap, drawn by the tools worker; the newest few are kept.
import { useEffect, useState } from 'react';
import type { NotebookStore } from '../../notebook/store.ts';
import type { GroupReport } from '../../train/report.ts';
import { unwrap } from '../../workers/answer.ts';
import { useActions } from '../useNotebook.ts';

export interface ScenePictures {
  /** As people see it, 576 × 576. */
  readonly full: ImageBitmap;
  /** As the policy sees it at first, 24 × 24. */
  readonly overview: ImageBitmap;
}

const KEPT = 24;
const known = new Map<string, Promise<ScenePictures>>();

/** Null while it is being drawn. */
export function usePicture(task: GroupReport['task'] | null): ScenePictures | null {
  const actions = useActions();
  const [pictures, setPictures] = useState<{ readonly id: string; readonly pictures: ScenePictures } | null>(null);
  useEffect(() => {
    if (!task) return;
    let current = true;
    const drawing = known.get(task.id) ?? draw(actions, task);
    known.delete(task.id);
    known.set(task.id, drawing);
    if (known.size > KEPT) known.delete(known.keys().next().value as string);
    drawing.then(
      (made) => current && setPictures({ id: task.id, pictures: made }),
      (error: unknown) => {
        known.delete(task.id);
        console.warn('the scene could not be drawn:', error);
      },
    );
    return () => {
      current = false;
    };
  }, [actions, task]);
  return pictures && pictures.id === task?.id ? pictures.pictures : null;
}

async function draw(actions: NotebookStore['actions'], { id, scene }: GroupReport['task']): Promise<ScenePictures> {
  const { api } = await actions.tools();
  const [full, overview] = await Promise.all([api.picture({ id, scene }, 2), api.overview({ id, scene })]);
  return { full: await bitmapOf(unwrap(full)), overview: await bitmapOf(unwrap(overview)) };
}

function bitmapOf({ width, height, pixels }: { readonly width: number; readonly height: number; readonly pixels: Uint8Array }): Promise<ImageBitmap> {
  const data = new ImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    data.data.set(pixels.subarray(3 * i, 3 * i + 3), 4 * i);
    data.data[4 * i + 3] = 255;
  }
  return createImageBitmap(data);
}
