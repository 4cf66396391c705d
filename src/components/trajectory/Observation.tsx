// What a tool answered.
import { outputText, withValues } from '../../notebook/rollouts/withValues.ts';
import { zoomOf } from '../../notebook/rollouts/zooms.ts';
import type { RolloutReport } from '../../train/report.ts';
import { Crop } from './Crop.tsx';
import { ZoomPair } from './ZoomPair.tsx';

interface ObservationProps {
  readonly rollout: RolloutReport;
  readonly step: number;
  readonly bitmap: ImageBitmap | null;
}

export function Observation({ rollout, step, bitmap }: ObservationProps) {
  const observation = rollout.steps[step]?.observation;
  if (!observation) return null;
  switch (observation.kind) {
    case 'image': {
      const zoom = zoomOf(rollout, step);
      return zoom ? <ZoomPair zoom={zoom} bitmap={bitmap} /> : <Crop bitmap={bitmap} box={observation.region.bbox} side={64} label="the crop" />;
    }
    case 'picture':
      return <p className="result">A picture. {observation.text}</p>;
    case 'titles':
      return <p className="result">{observation.results.map(({ title }) => title).join(' · ')}</p>;
    case 'documents':
      return (
        <ul className="result">
          {observation.results.map(({ id, text }) => (
            <li key={id}>{withValues(text, observation.variables)}</li>
          ))}
        </ul>
      );
    case 'output':
      return <p className="result output">{outputText(observation)}</p>;
    case 'error':
      return <p className="result error">{observation.detail ?? observation.message}</p>;
    default:
      return observation satisfies never;
  }
}
