// Which question, and who answers it.
import { SPLITS, type Split } from '../../env/types.ts';
import { PAGE } from '../../notebook/tryIt.ts';
import { Choice, type Choices, Field } from '../experiment/Field.tsx';
import { useBusy, usePresets, useTryIt, useTryItActions } from './useTryIt.ts';

const SPLIT_NAMES: Readonly<Record<Split, string>> = {
  train: 'training countries',
  validation: 'validation countries, never trained on',
  test: 'test countries, never trained on',
};
const SAMPLING: Choices<'1' | '0'> = [
  ['1', 'sampled, as in training'],
  ['0', 'greedy: always the likeliest'],
];

export function Chooser() {
  const actions = useTryItActions();
  const busy = useBusy();
  const place = useTryIt((state) => state.place);
  const questions = useTryIt((state) => state.questions);
  const presets = usePresets();
  const temperature = useTryIt((state) => state.temperature);
  const first = place.index - (place.index % PAGE);
  return (
    <fieldset className="tryit-chooser" disabled={busy}>
      <legend className="unseen">Question and policy</legend>
      <Field label="Scene">
        {(props) => (
          <Choice {...props} value={place.preset} choices={presets.map((each) => [each, each])} onChange={(each) => void actions.choosePreset(each)} />
        )}
      </Field>
      <Field label="Countries">
        {(props) => (
          <Choice
            {...props}
            value={place.split}
            choices={SPLITS.map((each) => [each, SPLIT_NAMES[each]])}
            onChange={(each) => void actions.chooseSplit(each)}
          />
        )}
      </Field>
      <div className="tryit-question">
        <Field label="Question">
          {(props) => (
            <Choice
              {...props}
              value={String(place.index)}
              choices={questions.map(({ question }, i) => [String(first + i), `${first + i + 1}. ${question}`])}
              onChange={(index) => void actions.chooseQuestion(Number(index))}
            />
          )}
        </Field>
        <button type="button" onClick={() => void actions.nextQuestion()}>
          Next question
        </button>
      </div>
      <PolicyChoice />
      <Field label="Writes">
        {(props) => (
          <Choice
            {...props}
            value={temperature === 1 ? '1' : '0'}
            choices={SAMPLING}
            onChange={(each) => void actions.chooseTemperature(each === '1' ? 1 : 0)}
          />
        )}
      </Field>
    </fieldset>
  );
}

function PolicyChoice() {
  const { choosePolicy, loadFile } = useTryItActions();
  const policies = useTryIt((state) => state.policies);
  const offered = useTryIt((state) => state.offered);
  const policy = useTryIt((state) => state.policy);
  const names = [...new Set([...policies, ...offered].map(({ name }) => name))];
  const said = Object.entries(policies.find(({ name }) => name === policy)?.metadata ?? {}).filter(([key]) => SHOWN.includes(key));
  const live = offered.some((each) => each.name === policy && each.live);
  return (
    <div className="tryit-policy">
      <Field label="Policy">
        {(props) => <Choice {...props} value={policy} choices={names.map((name) => [name, name])} onChange={(name) => void choosePolicy(name)} />}
      </Field>
      {live && (
        <button type="button" onClick={() => void choosePolicy(policy)}>
          Take it as it is now
        </button>
      )}
      <label className="tryit-file">
        Load file…
        <input
          type="file"
          accept=".safetensors"
          className="unseen"
          onChange={({ target }) => {
            const file = target.files?.[0];
            target.value = '';
            if (file) void loadFile(file.name, file);
          }}
        />
      </label>
      {said.length > 0 && <small className="hint">{said.map(([key, value]) => `${key} ${value}`).join(', ')}</small>}
    </div>
  );
}

/** What a policy's file says of it that people want to know. */
const SHOWN = ['update', 'algorithm', 'credit'];
