// What every view of a run is given: the run, what is looked at, and how to see pictures. A view takes nothing from the store.
import type { RunState } from '../notebook/runs.ts';
import type { Selection } from '../notebook/store.ts';
import type { GroupReport } from '../train/report.ts';

/** A scene as bitmaps. */
export interface ScenePictures {
  /** As people see it, 576 × 576. */
  readonly full: ImageBitmap;
  /** As the policy sees it at first, 24 × 24. */
  readonly overview: ImageBitmap;
}

/** Draws the scene of a task; rejects where that cannot be done. */
export type LoadPictures = (task: Pick<GroupReport['task'], 'id' | 'scene'>) => Promise<ScenePictures>;

export interface PanelProps {
  readonly run: RunState;
  readonly selection: Selection;
  readonly onSelect: (change: Partial<Selection>) => void;
  readonly loadPictures: LoadPictures;
}
