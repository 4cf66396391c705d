// Sliders that credit the shown rollouts under other options, at once: what would the rule make of them?
import { useId } from 'react';
import { countCredit, type WhatIf } from '../../notebook/whatIf.ts';
import type { TrainConfig } from '../../train/config.ts';
import type { GroupReport } from '../../train/report.ts';
import { count, signed } from '../format.ts';
import { useActions } from '../useNotebook.ts';

interface WhatIfBarProps {
  /** The options of the run. */
  readonly credit: TrainConfig['credit'];
  readonly whatIf: WhatIf | null;
  /** The group as the run credited it, and under the options that are tried. */
  readonly recorded: GroupReport;
  readonly shown: GroupReport;
}

export function WhatIfBar({ credit, whatIf, recorded, shown }: WhatIfBarProps) {
  const { tryCredit } = useActions();
  const values = whatIf ?? credit;
  const change = (part: Partial<WhatIf>): void => tryCredit({ ...pick(values), ...part });
  const now = countCredit(shown);
  const before = countCredit(recorded);
  return (
    <fieldset className="what-if">
      <legend>What if</legend>
      <Slider label="θ" value={values.theta} most={1} onChange={(theta) => change({ theta })} />
      <Slider label="α_min" value={values.alphaMin} most={1} onChange={(alphaMin) => change({ alphaMin })} />
      <Slider label="β" value={values.beta} most={1.5} onChange={(beta) => change({ beta })} />
      <Switch label="support" value={values.support} onChange={(support) => change({ support })} />
      <Switch label="clamp" value={values.clamp} onChange={(clamp) => change({ clamp })} />
      <TextChoice value={values.text} onChange={(text) => change({ text })} />
      <button type="button" disabled={!whatIf} onClick={() => tryCredit(null)}>
        As the run
      </button>
      <output className="what-if-count">
        {now.candidates === 0
          ? 'No failing rollout made a call here: nothing to correct.'
          : `${now.corrected} of ${count(now.candidates, 'failing call')} corrected, by ${signed(now.meanShift)} on average${
              whatIf ? ` (the run: ${before.corrected}, by ${signed(before.meanShift)})` : ''
            }.`}
      </output>
    </fieldset>
  );
}

function pick({ theta, alphaMin, beta, support, clamp, minSuccess, text, region }: WhatIf): WhatIf {
  return { theta, alphaMin, beta, support, clamp, minSuccess, text, region };
}

interface ControlProps<T> {
  readonly label: string;
  readonly value: T;
  readonly onChange: (value: T) => void;
}

function Slider({ label, value, most, onChange }: ControlProps<number> & { readonly most: number }) {
  const id = useId();
  return (
    <span className="what-if-control">
      <label htmlFor={id}>
        {label} <output htmlFor={id}>{value.toFixed(2)}</output>
      </label>
      <input id={id} type="range" min={0} max={most} step={0.05} value={value} onChange={(event) => onChange(event.target.valueAsNumber)} />
    </span>
  );
}

function Switch({ label, value, onChange }: ControlProps<boolean>) {
  const id = useId();
  return (
    <span className="what-if-control">
      <input id={id} type="checkbox" checked={value} onChange={(event) => onChange(event.target.checked)} />
      <label htmlFor={id}>{label}</label>
    </span>
  );
}

const TEXTS: readonly (readonly [WhatIf['text'], string])[] = [
  ['tokenF1', 'token F1'],
  ['jaccard', 'Jaccard'],
  ['levenshtein', 'Levenshtein'],
  ['exact', 'equal words'],
];

function TextChoice({ value, onChange }: Omit<ControlProps<WhatIf['text']>, 'label'>) {
  const id = useId();
  return (
    <span className="what-if-control">
      <label htmlFor={id}>queries by</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value as WhatIf['text'])}>
        {TEXTS.map(([text, words]) => (
          <option key={text} value={text}>
            {words}
          </option>
        ))}
      </select>
    </span>
  );
}
