// Which question, and who answers it.
import { SPLITS, type Split } from '../../env/types.ts';
import { BENCHMARKS, type BenchmarkName } from '../../train/config.ts';
import { Choice, type Choices, Field } from '../experiment/Field.tsx';
import { QuestionChoice, QuestionInput } from './QuestionChoice.tsx';
import { useBusy, usePresets, useTryIt, useTryItActions, useWorld } from './useTryIt.ts';

/** "training countries", "validation elements, never trained on" */
function splitName(split: Split, members: string): string {
  return split === 'train' ? `training ${members}` : `${split} ${members}, never trained on`;
}

const SAMPLING: Choices<'1' | '0'> = [
  ['1', 'sampled, as in training'],
  ['0', 'greedy: always the likeliest'],
];

interface ChooserProps {
  readonly benchmark: BenchmarkName;
  readonly onBenchmark: (benchmark: BenchmarkName) => void;
}

export function Chooser({ benchmark, onBenchmark }: ChooserProps) {
  const actions = useTryItActions();
  const world = useWorld();
  const busy = useBusy();
  const place = useTryIt((state) => state.place);
  const presets = usePresets();
  const temperature = useTryIt((state) => state.temperature);
  return (
    <fieldset className="tryit-chooser" disabled={busy}>
      <legend className="unseen">Question and policy</legend>
      <Field label="Benchmark">
        {(props) => <Choice {...props} value={benchmark} choices={BENCHMARKS.map((each) => [each, each])} onChange={onBenchmark} />}
      </Field>
      <Field label={world.presets}>
        {(props) => (
          <Choice {...props} value={place.preset} choices={presets.map((each) => [each, each])} onChange={(each) => void actions.choosePreset(each)} />
        )}
      </Field>
      <Field label={world.members}>
        {(props) => (
          <Choice
            {...props}
            value={place.split}
            choices={SPLITS.map((each) => [each, splitName(each, world.members.toLowerCase())])}
            onChange={(each) => void actions.chooseSplit(each)}
          />
        )}
      </Field>
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
      <QuestionChoice />
      <PolicyChoice />
      <QuestionInput />
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
