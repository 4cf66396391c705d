// What the file was taken for, what that takes for granted, and what was left out.
import type { FileReading } from '../../audit/readRolloutFile.ts';
import { ProblemTable } from './BadLines.tsx';
import { several } from './words.ts';

export function ReadingNote({ reading }: { readonly reading: FileReading }) {
  const { format, title, assumed, problemCount, leftOut, unreadableCalls } = reading;
  return (
    <div className="audit-reading">
      <p>
        Read as {title}: {several(reading.rollouts, 'rollout')} in {several(reading.groups, 'group')}.
        {leftOut.map(([why, lines]) => ` Left out: ${several(lines, 'line')}, since ${why}.`)}
        {unreadableCalls > 0 && ` ${several(unreadableCalls, 'call')} could not be read as JSON.`}
      </p>
      {format !== 'rollouts' && (
        <details>
          <summary>What that takes for granted</summary>
          <ul>
            {assumed.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </details>
      )}
      {problemCount > 0 && (
        <details>
          <summary>{several(problemCount, 'bad line')} left out</summary>
          <ProblemTable reading={reading} />
        </details>
      )}
    </div>
  );
}
