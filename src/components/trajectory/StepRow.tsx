// One step of a rollout: what it thought and called, what came back, and its advantage before and after.
import type { ReactNode } from 'react';
import type { StepReport } from '../../train/report.ts';
import { signed } from '../format.ts';
import { Crop } from './Crop.tsx';
import { shortCall, thoughtOf } from './words.ts';

interface StepRowProps {
  readonly step: StepReport;
  readonly bitmap: ImageBitmap | null;
  readonly role: 'plain' | 'selected' | 'witness';
  /** "Rollout 2, step 1" */
  readonly place: string;
  /** "1/0": by what arcs find it. */
  readonly anchor: string;
  /** Why its advantage is what it is, where that stands here. */
  readonly note: ReactNode;
  readonly onSelect: () => void;
}

export function StepRow({ step, bitmap, role, place, anchor, note, onSelect }: StepRowProps) {
  const { observation, advantage, corrected, reason } = step;
  const moved = reason === 'transferred';
  return (
    <li className={`step ${role}`} data-anchor={anchor}>
      <button type="button" className="step-head" aria-pressed={role === 'selected'} onClick={onSelect}>
        <span className="call">
          <span className="unseen">{place}: </span>
          {shortCall(step)}
        </span>
        <span className={`adv ${advantage < 0 ? 'minus' : 'plus'} ${moved ? 'struck' : ''}`}>
          <span className="unseen">, advantage </span>
          {signed(advantage)}
        </span>
        {moved && (
          <span className={`adv after ${signed(corrected).startsWith('±') ? 'zero' : corrected < 0 ? 'minus' : 'plus'}`}>
            <span className="unseen">, corrected </span>→ {signed(corrected)}
          </span>
        )}
      </button>
      {note}
      {thoughtOf(step) && <p className="thought">{thoughtOf(step)}</p>}
      {observation?.kind === 'image' && <Crop bitmap={bitmap} box={observation.region.bbox} side={44} label="the crop" />}
      {observation?.kind === 'titles' && <p className="result">{observation.results.map(({ title }) => title).join(' · ')}</p>}
      {observation?.kind === 'documents' && (
        <ul className="result">
          {observation.results.map(({ id, text }) => (
            <li key={id}>{text}</li>
          ))}
        </ul>
      )}
      {observation?.kind === 'error' && <p className="result error">{observation.message}</p>}
    </li>
  );
}
