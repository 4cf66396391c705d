// What the world answered to a call.
import { memo } from 'react';
import { outputText, withValues } from '../../notebook/rollouts/withValues.ts';
import type { ObservationReport } from '../../train/report.ts';
import { Crop } from '../trajectory/Crop.tsx';

export const Observed = memo(function Observed({ observation, bitmap }: { readonly observation: ObservationReport; readonly bitmap: ImageBitmap | null }) {
  switch (observation.kind) {
    case 'image':
      return (
        <div className="tryit-observed">
          <Crop bitmap={bitmap} box={observation.region.bbox} side={64} label={`Image ${observation.index}: the crop`} />
          <small className="hint">image {observation.index}</small>
        </div>
      );
    case 'picture':
      return <p className="tryit-observed">A picture. {observation.text}</p>;
    case 'titles':
      return (
        <ol className="tryit-observed">
          {observation.results.map(({ title, score }) => (
            <li key={title}>
              {title} <small className="hint">likeness {score.toFixed(2)}</small>
            </li>
          ))}
        </ol>
      );
    case 'documents':
      return (
        <ol className="tryit-observed">
          {observation.results.map(({ id, title, text }) => (
            <li key={id}>
              <b>{title}</b>: {withValues(text, observation.variables)}
            </li>
          ))}
        </ol>
      );
    case 'output':
      return <p className="tryit-observed">{outputText(observation)}</p>;
    case 'error':
      return <p className="tryit-observed fault">✗ {observation.detail ?? observation.message}</p>;
    default:
      return observation satisfies never;
  }
});
