// The picture of a task's scene; null while it is being drawn, and in worlds without pictures.
import { useEffect, useState } from 'react';
import { isPictured } from '../../notebook/rollouts/pictured.ts';
import type { GroupReport } from '../../train/report.ts';
import type { LoadPictures, ScenePictures } from '../panelProps.ts';

export function usePicture(task: Pick<GroupReport['task'], 'id' | 'scene'> | null, load: LoadPictures): ScenePictures | null {
  const [pictures, setPictures] = useState<{ readonly id: string; readonly pictures: ScenePictures } | null>(null);
  useEffect(() => {
    if (!task || !isPictured(task)) return;
    let current = true;
    load(task).then(
      (made) => current && setPictures({ id: task.id, pictures: made }),
      (error: unknown) => console.warn('the scene could not be drawn:', error),
    );
    return () => {
      current = false;
    };
  }, [load, task]);
  return pictures && pictures.id === task?.id ? pictures.pictures : null;
}
