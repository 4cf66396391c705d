// One option of a run as a field: the control that its kind needs, its words, and how sure we are of it.
import { choicesOf, DEFAULT_SPEC } from '../../notebook/form.ts';
import { type OptionDefinition, type OptionPath, type OptionValue, optionAt, optionOf } from '../../train/options/optionTable.ts';
import { useLesson } from '../useLesson.ts';
import { EvidenceChip } from './EvidenceChip.tsx';
import { useExperiment } from './experimentContext.ts';
import { Choice, type ControlProps, Field } from './Field.tsx';
import { NumberInput } from './NumberInput.tsx';
import { RewardChoice } from './RewardChoice.tsx';

interface OptionFieldProps {
  readonly path: OptionPath;
  /** What it does, where that is to be said. */
  readonly hint?: string;
  /** Draw it as a slider between these numbers. */
  readonly slider?: readonly [least: number, most: number];
}

/** In few words: name, tag, control. */
export function OptionField({ path, hint, slider }: OptionFieldProps) {
  const option = optionOf(path);
  const lesson = useLesson(path);
  const { value, onChange } = useOption(path);
  const { label, tag, source } = option;
  if (lesson === 'hidden') return null;
  return (
    <Field
      label={label}
      aside={
        <>
          {slider && <output>{Number(value).toFixed(2)}</output>}
          <EvidenceChip tag={tag} source={source} />
        </>
      }
      hint={hint}
    >
      {(props) =>
        slider ? (
          <Slider {...props} disabled={lesson === 'locked'} value={Number(value)} range={slider} onChange={onChange} />
        ) : (
          <Control {...props} disabled={lesson === 'locked'} option={option} />
        )
      }
    </Field>
  );
}

/** With everything that is known of it: what it does, its default, and where both come from. */
export function FullOptionField({ option }: { readonly option: OptionDefinition }) {
  const { path, label, help, tag, source } = option;
  const { value } = useOption(path);
  const initial = optionAt(DEFAULT_SPEC, path);
  const lesson = useLesson(path);
  if (lesson === 'hidden') return null;
  return (
    <div className={`option ${value === initial ? '' : 'changed'}`} data-tag={tag}>
      <Field
        label={label}
        hint={
          <>
            {help} Default: {shownValue(option, initial)}.
            <span className="source">
              <EvidenceChip tag={tag} /> {source}
            </span>
          </>
        }
      >
        {(props) => <Control {...props} disabled={lesson === 'locked'} option={option} />}
      </Field>
    </div>
  );
}

function useOption(path: OptionPath): { readonly value: OptionValue; readonly onChange: (value: OptionValue) => void } {
  const { spec, choose } = useExperiment();
  return { value: optionAt(spec, path), onChange: (value) => choose(path, value) };
}

function Control({ option, ...props }: ControlProps & { readonly option: OptionDefinition; readonly disabled: boolean }) {
  const { value, onChange } = useOption(option.path);
  const { spec } = useExperiment();
  const { kind, none, path } = option;
  if (kind === 'number' || kind === 'whole') return <NumberInput {...props} option={option} value={value} onChange={onChange} />;
  if (kind === 'switch') return <input {...props} type="checkbox" checked={value === true} onChange={({ target }) => onChange(target.checked)} />;
  if (path === 'reward') return <RewardChoice {...props} option={option} />;
  const all = [...(none ? [[NONE, none.meaning] as const] : []), ...choicesOf(option, spec)];
  return <Choice {...props} value={value === null ? NONE : String(value)} choices={all} onChange={(chosen) => onChange(chosen === NONE ? null : chosen)} />;
}

/** Stands for null in a list of choices. */
const NONE = '';

function Slider({
  value,
  range: [least, most],
  onChange,
  ...props
}: ControlProps & {
  readonly disabled: boolean;
  readonly value: number;
  readonly range: readonly [number, number];
  readonly onChange: (value: number) => void;
}) {
  return <input {...props} type="range" value={value} min={least} max={most} step={0.05} onChange={({ target }) => onChange(target.valueAsNumber)} />;
}

/** A value in words: the name of a choice, what null means, on and off. */
function shownValue({ none, choices }: OptionDefinition, value: OptionValue): string {
  if (value === null) return none?.meaning ?? '';
  return typeof value === 'boolean' ? (value ? 'on' : 'off') : (choices?.[String(value)] ?? String(value));
}
