// One question followed through training: a slider over the updates that looked at it, charts, and its rollouts at the slider's update.
import { useCallback, useId, useMemo } from 'react';
import { type FollowedQuestion, followedQuestions, pointAt } from '../../notebook/question/followed.ts';
import type { TrainConfig } from '../../train/config.ts';
import { count } from '../format.ts';
import type { PanelProps } from '../panelProps.ts';
import '../styles/trajectory.css';
import '../styles/question.css';
import { QuestionCharts } from './QuestionCharts.tsx';
import { QuestionRollouts } from './QuestionRollouts.tsx';
import { usePlay } from './usePlay.ts';

/** `selection.group` is the question, `selection.update` where the slider stands; null: at the newest. */
export function QuestionView({ run: { probes, groups, config }, selection, onSelect, loadPictures }: PanelProps) {
  const { source, questions, tools } = useMemo(() => followedQuestions({ probes, groups }), [probes, groups]);
  const index = Math.max(0, Math.min(selection.group, questions.length - 1));
  const question = questions[index];
  return (
    <section className="question-view" aria-label="One question">
      {question && config ? (
        <>
          <nav className="buttons" aria-label="Questions">
            {questions.map((each, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: questions keep their order
              <button type="button" key={i} aria-pressed={i === index} onClick={() => onSelect({ group: i, step: null })}>
                {source === 'probes' ? each.question : `prompt ${i + 1} of each update`}
              </button>
            ))}
          </nav>
          {source === 'groups' && (
            <p className="hint">
              This run has no probe questions: the most telling prompts of each update stand in for them, so the question changes from update to update.
            </p>
          )}
          <Followed
            question={question}
            tools={tools}
            credit={config.credit}
            update={selection.update}
            selected={selection.step}
            onSelect={onSelect}
            loadPictures={loadPictures}
          />
        </>
      ) : (
        <p className="hint">The question’s rollouts appear here when the first update that looks at it is complete.</p>
      )}
    </section>
  );
}

interface FollowedProps extends Pick<PanelProps, 'onSelect' | 'loadPictures'> {
  readonly question: FollowedQuestion;
  readonly tools: readonly string[];
  readonly credit: TrainConfig['credit'];
  readonly update: number | null;
  readonly selected: readonly [number, number] | null;
}

function Followed({ question, tools, credit, update, selected, onSelect, loadPictures }: FollowedProps) {
  const { points } = question;
  const id = useId();
  const at = pointAt(question, update);
  const goTo = useCallback((next: number) => onSelect({ update: points[next]?.update ?? null, step: null }), [onSelect, points]);
  const { playing, stepwise, press } = usePlay(at, points.length, goTo);
  const point = points[at];
  if (!point) return null;
  const right = point.group.rollouts.filter(({ correct }) => correct).length;
  return (
    <>
      <div className="time-slider">
        <button type="button" onClick={press}>
          {stepwise ? '▶ Next update' : playing ? '❚❚ Pause' : '▶ Play'}
        </button>
        <label htmlFor={id}>update</label>
        <input
          id={id}
          type="range"
          min={0}
          max={points.length - 1}
          step={1}
          value={at}
          aria-valuetext={`update ${point.update}`}
          onChange={(event) => goTo(event.target.valueAsNumber)}
        />
        <output htmlFor={id}>
          {point.update}: {right} of {count(point.group.rollouts.length, 'rollout')} right
        </output>
      </div>
      <QuestionCharts points={points} tools={tools} at={at} />
      <QuestionRollouts
        group={point.group}
        credit={credit}
        selected={selected}
        onSelect={(step) => onSelect({ update: point.update, step })}
        loadPictures={loadPictures}
      />
    </>
  );
}
