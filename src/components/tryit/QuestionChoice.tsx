// The question: one of the list, the next one, or, where the world takes it, one that the reader writes.
import { useState } from 'react';
import { PAGE } from '../../notebook/tryIt.ts';
import { Choice, Field } from '../experiment/Field.tsx';
import { useTryIt, useTryItActions, useWorld } from './useTryIt.ts';
import { WordsInput } from './WordsInput.tsx';

const WRITTEN = 'written';

export function QuestionChoice() {
  const { chooseQuestion, nextQuestion } = useTryItActions();
  const { index } = useTryIt((state) => state.place);
  const questions = useTryIt((state) => state.questions);
  const written = useTryIt((state) => state.written);
  const first = index - (index % PAGE);
  const listed = questions.map(({ question }, i) => [String(first + i), `${first + i + 1}. ${question}`] as const);
  return (
    <div className="tryit-question">
      <Field label="Question">
        {(props) => (
          <Choice
            {...props}
            value={written === null ? String(index) : WRITTEN}
            choices={written === null ? listed : [[WRITTEN, `Yours: ${written}`], ...listed]}
            onChange={(chosen) => void (chosen !== WRITTEN && chooseQuestion(Number(chosen)))}
          />
        )}
      </Field>
      <button type="button" onClick={() => void nextQuestion()}>
        Next question
      </button>
    </div>
  );
}

/** Nothing where questions are about pictures. */
export function QuestionInput() {
  const { writeQuestion } = useTryItActions();
  const { example } = useWorld();
  const [text, write] = useState('');
  if (example === null) return null;
  return (
    <form
      className="tryit-question"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') void writeQuestion(text.trim());
      }}
    >
      <Field label="Or write one" hint={`In the words of the others, for example “${example}”`}>
        {(props) => <WordsInput {...props} value={text} onChange={write} />}
      </Field>
      <button type="submit">Ask it</button>
    </form>
  );
}
