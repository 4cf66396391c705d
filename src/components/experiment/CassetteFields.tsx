// Whether what live tools answer is recorded, and whether a cassette answers in their place.
import { useState } from 'react';
import type { LiveSetup } from '../../workers/liveTools.ts';
import { download } from '../download.ts';
import { useActions } from '../useNotebook.ts';
import { Choice, type Choices, Field } from './Field.tsx';

type CassetteKind = LiveSetup['cassette']['kind'];

interface CassetteFieldsProps {
  readonly hint: string;
  /** What a cassette that is played answers. */
  readonly next: string;
  /** What was recorded; empty where nothing was. */
  readonly recorded: () => Promise<string>;
}

export function CassetteFields({ hint, next, recorded }: CassetteFieldsProps) {
  const actions = useActions();
  const [kind, setKind] = useState<CassetteKind>(() => actions.liveSetup().cassette.kind);
  const [said, say] = useState<string | null>(null);
  const takeKind = (chosen: CassetteKind): void => {
    setKind(chosen);
    say(null);
    if (chosen !== 'play') actions.changeLiveSetup({ cassette: { kind: chosen } });
  };
  const play = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    const text = await file.text();
    const { replayCassette } = await import('../../env/live/index.ts');
    try {
      replayCassette(text);
      actions.changeLiveSetup({ cassette: { kind: 'play', text } });
      say(`${file.name} answers ${next}.`);
    } catch (error) {
      say((error as Error).message);
    }
  };
  const save = async (): Promise<void> => {
    const text = await recorded();
    if (text === '') say('No call was recorded yet.');
    else download('cassette.jsonl', new Blob([text]));
  };
  return (
    <>
      <Field label="Cassette" hint={hint}>
        {(props) => <Choice {...props} value={kind} choices={KINDS} onChange={takeKind} />}
      </Field>
      {kind === 'record' && (
        <button type="button" onClick={() => void save()}>
          Save the cassette
        </button>
      )}
      {kind === 'play' && (
        <Field label="Cassette file">
          {(props) => <input {...props} type="file" accept=".jsonl" onChange={({ target }) => void play(target.files?.[0])} />}
        </Field>
      )}
      <p className="hint" role="status">
        {said}
      </p>
    </>
  );
}

const KINDS: Choices<CassetteKind> = [
  ['off', 'none'],
  ['record', 'Record what tools answer'],
  ['play', 'Play a cassette'],
];
