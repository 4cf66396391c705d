// Sliders that credit the whole file anew, and the button that saves it.
import { useId } from 'react';
import type { AuditSummary } from '../../audit/creditTable.ts';
import { type AuditOptions, DEFAULT_AUDIT_OPTIONS } from '../../notebook/audit.ts';
import { optionOf } from '../../train/options/optionTable.ts';
import { download } from '../download.ts';
import { percent, signed } from '../format.ts';
import { useAudit, useAuditActions } from './useAudit.ts';
import { several } from './words.ts';

export function AuditOptionsBar({ summary }: { readonly summary: AuditSummary }) {
  const actions = useAuditActions();
  const options = useAudit((state) => state.options);
  const recrediting = useAudit((state) => state.recrediting);
  const fault = useAudit((state) => state.fault);
  const change = (part: Partial<AuditOptions>): void => void actions.change(part);
  const isDefault = (Object.keys(options) as (keyof AuditOptions)[]).every((name) => options[name] === DEFAULT_AUDIT_OPTIONS[name]);
  return (
    <fieldset className="audit-options">
      <legend>Credit transfer</legend>
      <Slider label="θ" value={options.theta} most={1} onChange={(theta) => change({ theta })} />
      <Slider label="α_min" value={options.alphaMin} most={1} onChange={(alphaMin) => change({ alphaMin })} />
      <Slider label="β" value={options.beta} most={1.5} onChange={(beta) => change({ beta })} />
      <Switch label="support" value={options.support} onChange={(support) => change({ support })} />
      <Switch label="clamp" value={options.clamp} onChange={(clamp) => change({ clamp })} />
      <TextChoice value={options.text} onChange={(text) => change({ text })} />
      <button type="button" disabled={isDefault} onClick={() => change(DEFAULT_AUDIT_OPTIONS)}>
        Defaults
      </button>
      <p className="audit-count" role="status">
        {recrediting === null
          ? `${several(summary.corrected, 'step')} corrected, by ${signed(summary.meanShift)} on average.`
          : `Crediting all groups anew: ${percent(recrediting, 0)}.`}
      </p>
      <SaveCorrected />
      {fault && (
        <p className="audit-note bad" role="alert">
          {fault}
        </p>
      )}
    </fieldset>
  );
}

function SaveCorrected() {
  const actions = useAuditActions();
  const name = useAudit((state) => state.file?.name ?? 'rollouts.jsonl');
  const saving = useAudit((state) => state.saving);
  const save = (): void => {
    actions.corrected().then((blob) => blob && download(`${name.replace(/(\.jsonl|\.json|\.ndjson|\.parquet)?(\.gz)?$/i, '')}.corrected.jsonl`, blob));
  };
  return (
    <button type="button" disabled={saving !== null} onClick={save} title="The file with advantage, corrected and reason added to every step">
      {saving === null ? 'Save corrected file' : `Writing: ${percent(saving, 0)}`}
    </button>
  );
}

interface ControlProps<T> {
  readonly value: T;
  readonly onChange: (value: T) => void;
}

function Slider({ label, value, most, onChange }: ControlProps<number> & { readonly label: string; readonly most: number }) {
  const id = useId();
  return (
    <span className="audit-control">
      <label htmlFor={id}>
        {label} <output htmlFor={id}>{value.toFixed(2)}</output>
      </label>
      <input id={id} type="range" min={0} max={most} step={0.05} value={value} onChange={(event) => onChange(event.target.valueAsNumber)} />
    </span>
  );
}

function Switch({ label, value, onChange }: ControlProps<boolean> & { readonly label: string }) {
  const id = useId();
  return (
    <span className="audit-control">
      <input id={id} type="checkbox" checked={value} onChange={(event) => onChange(event.target.checked)} />
      <label htmlFor={id}>{label}</label>
    </span>
  );
}

function TextChoice({ value, onChange }: ControlProps<AuditOptions['text']>) {
  const id = useId();
  return (
    <span className="audit-control">
      <label htmlFor={id}>texts by</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value as AuditOptions['text'])}>
        {Object.entries(optionOf('credit.text').choices ?? {}).map(([text, words]) => (
          <option key={text} value={text}>
            {words}
          </option>
        ))}
      </select>
    </span>
  );
}
