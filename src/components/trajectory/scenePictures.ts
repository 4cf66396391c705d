// Pictures of scenes from the tools worker, as bitmaps; the newest few are kept.
import { unwrap } from '../../workers/answer.ts';
import type { ToolsClient } from '../../workers/clients.ts';
import type { LoadPictures, ScenePictures } from '../panelProps.ts';

/** Scenes kept at most. */
const KEPT = 24;

/** `tools` gives the tools worker, starting it where need be. */
export function scenePictures(tools: () => Promise<Pick<ToolsClient, 'api'>>): LoadPictures {
  const known = new Map<string, Promise<ScenePictures>>();
  return (task) => {
    const drawing = known.get(task.id) ?? draw(tools, task);
    known.delete(task.id);
    known.set(task.id, drawing);
    if (known.size > KEPT) known.delete(known.keys().next().value as string);
    drawing.catch(() => known.delete(task.id));
    return drawing;
  };
}

async function draw(tools: () => Promise<Pick<ToolsClient, 'api'>>, { id, scene }: Parameters<LoadPictures>[0]): Promise<ScenePictures> {
  const { api } = await tools();
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
