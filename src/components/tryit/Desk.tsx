// The scene on one side, what is written about it on the other.
import { useState } from 'react';
import { isPictured } from '../../notebook/rollouts/pictured.ts';
import type { TokenPlace } from '../../train/player/play.ts';
import { useLoadPictures } from '../trajectory/useLoadPictures.ts';
import { usePicture } from '../trajectory/usePicture.ts';
import { Alternatives } from './Alternatives.tsx';
import { Attempts } from './Attempts.tsx';
import { EndNote } from './EndNote.tsx';
import { MoveBar } from './MoveBar.tsx';
import { OwnTurnForm } from './OwnTurnForm.tsx';
import { ScenePane } from './ScenePane.tsx';
import { Transcript } from './Transcript.tsx';
import { useAttempt, useTryIt } from './useTryIt.ts';
import { VariableList } from './VariableList.tsx';
import { spokenTurn } from './words.ts';

export function Desk() {
  const attempt = useAttempt();
  const question = useTryIt(
    ({ questions }) => questions.find(({ id }) => id === attempt?.view.question.id) ?? attempt?.view.question, // the list's record stays the same
  );
  const planned = useTryIt(({ own }) => own !== null);
  const [hovered, hover] = useState<TokenPlace | null>(null);
  const pictures = usePicture(question ?? null, useLoadPictures());
  if (!attempt || !question) return <p className="loading">Asking…</p>;
  const bitmap = pictures?.full ?? null;
  return (
    <div className="tryit-desk">
      <div className="tryit-scene">
        <p className="question">{question.question}</p>
        {isPictured(question) ? <ScenePane attempt={attempt} bitmap={bitmap} overview={pictures?.overview ?? null} /> : <VariableList attempt={attempt} />}
        {planned && <OwnTurnForm attempt={attempt} />}
        <Attempts />
      </div>
      <div className="tryit-writing">
        <MoveBar attempt={attempt} />
        <Alternatives attempt={attempt} hovered={hovered} />
        <Transcript attempt={attempt} bitmap={bitmap} onHover={hover} />
        <EndNote attempt={attempt} />
      </div>
      <p className="unseen" role="status">
        {spokenTurn(attempt.view)}
      </p>
    </div>
  );
}
