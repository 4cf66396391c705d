// The bad lines of a file, and the question whether the good ones will do.
import type { FileReading } from '../../audit/readRolloutFile.ts';
import { FormatHelp } from './FormatHelp.tsx';
import { useAuditActions } from './useAudit.ts';
import { several, whole } from './words.ts';

export function BadLines({ reading }: { readonly reading: FileReading }) {
  const actions = useAuditActions();
  const { rollouts, problemCount } = reading;
  return (
    <>
      <div className="audit-note warn" role="alert">
        <p>
          Read as {reading.title}: {several(problemCount, 'line')} cannot be read, {several(rollouts, 'rollout')} can.{' '}
          {rollouts > 0 ? 'A group that lacks some of its rollouts has other advantages than it had in training.' : 'Nothing is left to look at.'}
        </p>
        {rollouts > 0 && (
          <button type="button" className="primary" onClick={() => void actions.takeGoodLines()}>
            Use the {several(rollouts, 'good rollout')}
          </button>
        )}
      </div>
      <ProblemTable reading={reading} />
      <FormatHelp open={false} />
    </>
  );
}

export function ProblemTable({ reading: { problems, problemCount } }: { readonly reading: FileReading }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard
    <section className="table audit-problems" aria-label="Lines that cannot be read" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">line</th>
            <th scope="col">what is wrong</th>
          </tr>
        </thead>
        <tbody>
          {problems.map(({ line, reason }) => (
            <tr key={line}>
              <td>{whole(line)}</td>
              <td>{reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {problemCount > problems.length && <p className="hint">and {several(problemCount - problems.length, 'more bad line')}</p>}
    </section>
  );
}
