// The form of a run. Changes take effect with the next run; what runs now keeps its own settings.
import { useId } from 'react';
import { DEFAULT_SPEC, type FormSpec, TINY_SPEC } from '../../notebook/store.ts';
import type { BackendChoice } from '../../policy/backend.ts';
import { useActions, useNotebook } from '../useNotebook.ts';

export function ExperimentForm() {
  const { edit, chooseBackend } = useActions();
  const spec = useNotebook((state) => state.spec);
  const backend = useNotebook((state) => state.backendChoice);
  const running = useNotebook((state) => state.run.config);
  const live = useNotebook((state) => state.source === 'live');
  const stale = live && running !== null && FIELDS.some((name) => spec[name] !== currentValue(running, name));
  return (
    <form className="card form" aria-label="Experiment" onSubmit={(event) => event.preventDefault()}>
      <h2>Experiment {stale && <span className="tag warn">changed: Reset starts a run with these values</span>}</h2>
      <fieldset>
        <legend>What learns</legend>
        <Choice
          label="Algorithm"
          value={spec.algorithm}
          options={ALGORITHMS}
          onChange={(algorithm) => edit({ algorithm })}
          hint="How advantages become a step of the policy."
        />
        <Choice
          label="Credit"
          value={spec.rule}
          options={RULES}
          onChange={(rule) => edit({ rule })}
          hint="TAPO: failing rollouts are not punished for calls that a successful one made too."
        />
        <Choice
          label="Scenes"
          value={spec.preset}
          options={PRESETS}
          onChange={(preset) => edit({ preset })}
          hint="Grid: nine equal cells. Clutter: flags of different sizes, partly hidden."
        />
      </fieldset>
      <fieldset>
        <legend>How long, how much</legend>
        <NumberField label="Seed" value={spec.seed} min={0} max={999999} step={1} onChange={(seed) => edit({ seed })} />
        <NumberField label="Updates" value={spec.updates} min={1} max={10000} step={1} onChange={(updates) => edit({ updates })} />
        <NumberField label="Prompts an update" value={spec.prompts} min={1} max={256} step={1} onChange={(prompts) => edit({ prompts })} />
        <NumberField
          label="Group size G"
          value={spec.groupSize}
          min={1}
          max={64}
          step={1}
          onChange={(groupSize) => edit({ groupSize })}
          hint="Rollouts of each prompt. Advantages compare them with each other."
        />
        <NumberField label="Learning rate" value={spec.learningRate} min={0} max={0.1} step={0.00001} onChange={(learningRate) => edit({ learningRate })} />
      </fieldset>
      <fieldset disabled={spec.rule !== 'tapo'}>
        <legend>Credit transfer</legend>
        <Slider
          label="β strength"
          value={spec.beta}
          min={0}
          max={1.5}
          onChange={(beta) => edit({ beta })}
          hint="Share of the transferred credit that is added. Published: 0.8."
        />
        <Slider
          label="θ similarity"
          value={spec.theta}
          min={0}
          max={1}
          onChange={(theta) => edit({ theta })}
          hint="Least similarity of two calls: overlap of boxes, shared words of queries (a script without spaces counts as one word). Ours: the paper gives no number."
        />
        <Slider
          label="α_min confidence"
          value={spec.alphaMin}
          min={0}
          max={1}
          onChange={(alphaMin) => edit({ alphaMin })}
          hint="Least similarity · support. Ours: the paper gives no number."
        />
      </fieldset>
      <fieldset>
        <legend>Where</legend>
        <Choice label="Backend" value={backend} options={BACKENDS} onChange={chooseBackend} hint="auto: WebGPU on a graphics chip, else wasm." />
      </fieldset>
      <div className="buttons">
        <button type="button" onClick={() => edit(DEFAULT_SPEC)}>
          Default setting
        </button>
        <button type="button" onClick={() => edit(TINY_SPEC)}>
          Tiny setting
        </button>
      </div>
    </form>
  );
}

type Options<T extends string> = readonly (readonly [value: T, label: string])[];

const ALGORITHMS: Options<FormSpec['algorithm']> = [
  ['grpo', 'GRPO'],
  ['dr-grpo', 'Dr. GRPO'],
  ['dapo', 'DAPO'],
  ['gspo', 'GSPO'],
  ['sapo', 'SAPO'],
];
const RULES: Options<FormSpec['rule']> = [
  ['tapo', 'TAPO credit transfer'],
  ['none', 'none: one advantage a rollout'],
  ['gigpo', 'GiGPO: advantages by state'],
  ['delta-belief', 'ΔBelief: advantages by belief'],
];
const PRESETS: Options<string> = [
  ['grid', 'grid'],
  ['clutter', 'clutter'],
];
const BACKENDS: Options<BackendChoice> = [
  ['auto', 'auto'],
  ['webgpu', 'WebGPU'],
  ['wasm', 'wasm'],
  ['cpu', 'plain JavaScript'],
];

const FIELDS = ['algorithm', 'rule', 'preset', 'seed', 'updates', 'prompts', 'groupSize', 'learningRate', 'theta', 'alphaMin', 'beta'] as const;

function currentValue(config: NonNullable<ReturnType<typeof useRunConfig>>, name: (typeof FIELDS)[number]): unknown {
  return name === 'rule' || name === 'theta' || name === 'alphaMin' || name === 'beta' ? config.credit[name] : config[name];
}

const useRunConfig = () => useNotebook((state) => state.run.config);

interface FieldProps<T> {
  readonly label: string;
  readonly value: T;
  readonly hint?: string;
  readonly onChange: (value: T) => void;
}

function Choice<T extends string>({ label, value, options, hint, onChange }: FieldProps<T> & { readonly options: Options<T> }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value as T)} aria-describedby={hint ? `${id}-hint` : undefined}>
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
      {hint && (
        <small id={`${id}-hint`} className="hint">
          {hint}
        </small>
      )}
    </div>
  );
}

interface Range {
  readonly min: number;
  readonly max: number;
}

function NumberField({ label, value, min, max, step, hint, onChange }: FieldProps<number> & Range & { readonly step: number }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="number"
        value={value}
        min={min}
        max={max}
        step={step}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => {
          const next = event.target.valueAsNumber;
          if (Number.isFinite(next)) onChange(Math.min(max, Math.max(min, next)));
        }}
      />
      {hint && (
        <small id={`${id}-hint`} className="hint">
          {hint}
        </small>
      )}
    </div>
  );
}

function Slider({ label, value, min, max, hint, onChange }: FieldProps<number> & Range) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>
        {label} <output htmlFor={id}>{value.toFixed(2)}</output>
      </label>
      <input
        id={id}
        type="range"
        value={value}
        min={min}
        max={max}
        step={0.05}
        onChange={(event) => onChange(event.target.valueAsNumber)}
        aria-describedby={`${id}-hint`}
      />
      {hint && (
        <small id={`${id}-hint`} className="hint">
          {hint}
        </small>
      )}
    </div>
  );
}
