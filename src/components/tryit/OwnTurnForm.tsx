// The reader's own turn: a tool and its arguments, or an answer.
import type { Attempt } from '../../notebook/attempts.ts';
import { GRID_COORDINATES } from '../../notebook/gridBox.ts';
import type { Box } from '../../tapo/index.ts';
import type { OwnAction } from '../../train/player/ownTurn.ts';
import { Choice, type Choices, Field } from '../experiment/Field.tsx';
import { useBusy, useTryIt, useTryItActions } from './useTryIt.ts';
import { WordsInput } from './WordsInput.tsx';

const KINDS: Choices<OwnAction['kind']> = [
  ['region', 'zoom into a box'],
  ['image', 'search by the image seen last'],
  ['text', 'search by text'],
  ['answer', 'answer'],
];

/** An action of a kind before its arguments are given. */
const BLANK: Readonly<Record<OwnAction['kind'], OwnAction>> = {
  region: { kind: 'region', tool: 'image_zoom_in_tool', box: [0, 0, 333, 333], image: 0 },
  image: { kind: 'image', tool: 'image_search_tool' },
  text: { kind: 'text', tool: 'text_search_tool', query: '' },
  other: { kind: 'other', tool: '', query: '' },
  answer: { kind: 'answer', text: '' },
};

export function OwnTurnForm({ attempt: { view } }: { readonly attempt: Attempt }) {
  const { plan, playOwn } = useTryItActions();
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
      <Field label="You">{(props) => <Choice {...props} value={action.kind} choices={KINDS} onChange={(kind) => plan({ action: BLANK[kind] })} />}</Field>
      <Arguments action={action} images={view.images.length} />
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

function Arguments({ action, images }: { readonly action: OwnAction; readonly images: number }) {
  const { plan } = useTryItActions();
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
      return <p className="hint">It takes the image seen last: zoom first, or it searches with the whole scene.</p>;
    case 'text':
    case 'other':
      return (
        <Field label="Query" hint="Words of the vocabulary, for example “capital France”.">
          {(props) => <WordsInput {...props} value={action.query} onChange={(query) => plan({ action: { ...action, query } })} />}
        </Field>
      );
    case 'answer':
      return (
        <Field label="Answer">{(props) => <WordsInput {...props} value={action.text} onChange={(text) => plan({ action: { ...action, text } })} />}</Field>
      );
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
