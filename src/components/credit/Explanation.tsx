// Why the shown step's advantage is what it is: the picture, a sentence, the formula with its numbers, and the witness.
import { lazy, Suspense } from 'react';
import { storyOf } from '../../notebook/credit/story.ts';
import { termValues } from '../../notebook/credit/terms.ts';
import { termWords } from '../../notebook/credit/termWords.ts';
import { isPictured } from '../../notebook/rollouts/pictured.ts';
import { type Place, samePlace, stepAt } from '../../notebook/rollouts/places.ts';
import type { TrainConfig } from '../../train/config.ts';
import type { GroupReport, StepReport } from '../../train/report.ts';
import { EvidenceChip } from '../experiment/EvidenceChip.tsx';
import type { ScenePictures } from '../panelProps.ts';
import { SceneView } from '../trajectory/SceneView.tsx';
import { shortCall } from '../trajectory/words.ts';
import type { Pointing } from './pointing.ts';
import { Story } from './Story.tsx';

const Formula = lazy(() => import('./Formula.tsx'));

interface ExplanationProps {
  readonly group: GroupReport;
  readonly place: Place;
  readonly witness: Place | null;
  /** Nobody chose the step: it is the view's example. */
  readonly isExample: boolean;
  readonly credit: TrainConfig['credit'];
  readonly pictures: ScenePictures | null;
  readonly pointing: Pointing;
  readonly onSelect: (place: Place) => void;
}

export function Explanation({ group, place, witness, isExample, credit, pictures, pointing, onSelect }: ExplanationProps) {
  const step = stepAt(group, place) as StepReport;
  const witnessStep = stepAt(group, witness);
  const values = termValues(group, step, credit);
  const { pointed } = pointing;
  const words = pointed?.kind === 'term' ? termWords(pointed.term, group, place, credit, credit.rule === 'tapo') : null;
  return (
    <section className="explanation" aria-label="The shown step">
      {isPictured(group.task) && (
        <SceneView
          group={group}
          pictures={pictures}
          side={212}
          roleOf={(box) => (samePlace(box, place) ? 'selected' : samePlace(box, witness) ? 'witness' : 'plain')}
        />
      )}
      <div className="explanation-text">
        <p className="question">
          {group.task.question} <span className="truth">Answer: {group.task.answer}.</span>
        </p>
        <h3>
          Rollout {place[0] + 1}, step {place[1] + 1}: {shortCall(step)}
          {isExample && <span className="tag example">worked example</span>}
        </h3>
        <Story parts={storyOf(group, place, credit)} pointing={pointing} />
        <section className="formula" aria-label="The correction formula with this step’s numbers">
          <Suspense fallback={<p className="hint">Ã = min(0, A + β · sim · sup · Adv)</p>}>
            <Formula step={step} values={values} credit={credit} pointing={pointing} />
          </Suspense>
        </section>
        <p className="term-note hint">
          {words ? (
            <>
              <b>{words.name}</b> <EvidenceChip tag={words.tag} /> {words.meaning}
            </>
          ) : witness && witnessStep ? (
            <>
              {step.reason === 'transferred' ? 'Witness' : 'Nearest call of a success'}:{' '}
              <button type="button" className="link" onClick={() => onSelect(witness)}>
                rollout {witness[0] + 1}, step {witness[1] + 1}: {shortCall(witnessStep)}
              </button>
              . Point at a number to see where it comes from; a press keeps it.
            </>
          ) : (
            'Point at a number to see where it comes from; a press keeps it.'
          )}
        </p>
      </div>
    </section>
  );
}
