// The short form of a run. Each change is an edit of the cell's code: it describes another run, which then waits to be made.
import { DEFAULT_SPEC, TINY_SPEC } from '../../notebook/form.ts';
import type { BackendChoice } from '../../policy/backend.ts';
import { type OptionPath, optionOf } from '../../train/options/optionTable.ts';
import { useLesson } from '../useLesson.ts';
import { useActions, useNotebook } from '../useNotebook.ts';
import { useExperiment } from './experimentContext.ts';
import { Choice, type Choices, Field } from './Field.tsx';
import { OptionField } from './OptionField.tsx';

export function ExperimentForm() {
  const { spec, fill } = useExperiment();
  return (
    <form className="card form" aria-label="Experiment" onSubmit={(event) => event.preventDefault()}>
      <fieldset>
        <legend>What learns</legend>
        <OptionField path="algorithm" hint={helpOf('algorithm')} />
        <OptionField path="credit.rule" hint={helpOf('credit.rule')} />
        <OptionField path="benchmark" />
        <OptionField path="preset" hint={helpOf('preset')} />
      </fieldset>
      <fieldset>
        <legend>How long, how much</legend>
        <OptionField path="seed" />
        <OptionField path="updates" />
        <OptionField path="prompts" />
        <OptionField path="groupSize" hint={helpOf('groupSize')} />
        <OptionField path="learningRate" />
      </fieldset>
      <fieldset disabled={spec.credit.rule !== 'tapo'}>
        <legend>Credit transfer</legend>
        <OptionField path="credit.beta" slider={[0, 1.5]} hint={fullHelpOf('credit.beta')} />
        <OptionField path="credit.theta" slider={[0, 1]} hint={fullHelpOf('credit.theta')} />
        <OptionField path="credit.alphaMin" slider={[0, 1]} hint={fullHelpOf('credit.alphaMin')} />
      </fieldset>
      <fieldset>
        <legend>Where</legend>
        <BackendField />
      </fieldset>
      <div className="buttons">
        <button type="button" onClick={() => fill(DEFAULT_SPEC)}>
          Default setting
        </button>
        <button type="button" onClick={() => fill(TINY_SPEC)}>
          Tiny setting
        </button>
      </div>
    </form>
  );
}

function BackendField() {
  const { chooseBackend } = useActions();
  const backend = useNotebook((state) => state.backendChoice);
  const lesson = useLesson('backend');
  if (lesson === 'hidden') return null;
  return (
    <Field label="Backend" hint="auto: WebGPU on a graphics chip, else wasm.">
      {(props) => <Choice {...props} disabled={lesson === 'locked'} value={backend} choices={BACKENDS} onChange={chooseBackend} />}
    </Field>
  );
}

const BACKENDS: Choices<BackendChoice> = [
  ['auto', 'auto'],
  ['webgpu', 'WebGPU'],
  ['wasm', 'wasm'],
  ['cpu', 'plain JavaScript'],
];

const helpOf = (path: OptionPath): string => optionOf(path).help;
/** With what is published of it. */
const fullHelpOf = (path: OptionPath): string => `${helpOf(path)} ${optionOf(path).source}`;
