// The reader's own turn: a tool and its arguments, or an answer.
import type { Attempt } from '../../notebook/attempts.ts';
import { GRID_COORDINATES } from '../../notebook/gridBox.ts';
import { moveName, moveOf, type OwnMove } from '../../notebook/tryItWorlds.ts';
import type { Box } from '../../tapo/index.ts';
import type { OwnAction } from '../../train/player/ownTurn.ts';
import { Choice, Field } from '../experiment/Field.tsx';
import { useBusy, useTryIt, useTryItActions, useWorld } from './useTryIt.ts';
import { WordsInput } from './WordsInput.tsx';

export function OwnTurnForm({ attempt: { view } }: { readonly attempt: Attempt }) {
  const { plan, playOwn } = useTryItActions();
  const world = useWorld();
  const own = useTryIt((state) => state.own);
  const busy = useBusy();
  if (!own) return null;
  const { thought, action } = own;
  return (
    <form
      className="tryit-own"
      aria-label={`Your turn ${view.turns.length + 1}`}
      onSubmit={(event) => {
        event.preventDefault();
        void playOwn();
      }}
    >
      <h3>Your turn {view.turns.length + 1}</h3>
      <Field label="You">
        {(props) => (
          <Choice
            {...props}
            value={moveName(action)}
            choices={world.moves.map(({ label, blank }) => [moveName(blank), label])}
            onChange={(name) => plan({ action: (world.moves.find(({ blank }) => moveName(blank) === name) as OwnMove).blank })}
          />
        )}
      </Field>
      <Arguments action={action} move={moveOf(world, action)} images={view.images.length} />
      <Field label="Thought" hint="Optional: a few words that the policy reads as its own.">
        {(props) => <WordsInput {...props} value={thought} onChange={(text) => plan({ thought: text })} />}
      </Field>
      <div className="buttons">
        <button type="submit" className="primary" disabled={busy || view.end !== null}>
          Play it
        </button>
        <button type="button" onClick={() => plan(null)}>
          Leave it to the policy
        </button>
      </div>
    </form>
  );
}

function Arguments({ action, move: { argument, hint }, images }: { readonly action: OwnAction; readonly move: OwnMove; readonly images: number }) {
  const { plan } = useTryItActions();
  const written = (value: string, onChange: (text: string) => void) => (
    <Field label={argument ?? ''} hint={hint}>
      {(props) => <WordsInput {...props} value={value} onChange={onChange} />}
    </Field>
  );
  switch (action.kind) {
    case 'region':
      return (
        <>
          <Field label="Image">
            {(props) => (
              <Choice
                {...props}
                value={String(action.image)}
                choices={Array.from({ length: images }, (_, i) => [String(i), i === 0 ? 'the whole scene' : `image ${i}`] as const)}
                onChange={(image) => plan({ action: { ...action, image: Number(image) } })}
              />
            )}
          </Field>
          <BoxFields box={action.box} onChange={(box) => plan({ action: { ...action, box } })} />
        </>
      );
    case 'image':
      return <p className="hint">{hint}</p>;
    case 'text':
    case 'other':
      return written(action.query, (query) => plan({ action: { ...action, query } }));
    case 'answer':
      return written(action.text, (text) => plan({ action: { ...action, text } }));
    default:
      return action satisfies never;
  }
}

const SIDES = ['left', 'top', 'right', 'bottom'] as const;

function BoxFields({ box, onChange }: { readonly box: Box; readonly onChange: (box: Box) => void }) {
  return (
    <fieldset className="tryit-box-fields">
      <legend>Box, in thousandths of the image</legend>
      {SIDES.map((side, s) => (
        <Field key={side} label={side}>
          {(props) => (
            <Choice
              {...props}
              value={String(box[s])}
              choices={GRID_COORDINATES.map((each) => [String(each), String(each)])}
              onChange={(value) => onChange(box.map((x, i) => (i === s ? Number(value) : x)) as unknown as Box)}
            />
          )}
        </Field>
      ))}
    </fieldset>
  );
}
