// Sliders that credit the shown rollouts under other options, at once and without training.
import type { ReactNode } from 'react';
import { useId } from 'react';
import type { CreditOptionsShown } from '../../notebook/credit/terms.ts';
import { tryOptions, type WhatIf } from '../../notebook/whatIf.ts';
import type { TrainConfig } from '../../train/config.ts';
import { Choice, type Choices } from '../experiment/Field.tsx';
import { Slider } from './Slider.tsx';

interface WhatIfPanelProps {
  /** The run's own options. */
  readonly credit: TrainConfig['credit'];
  readonly whatIf: WhatIf | null;
  /** Rollouts of a prompt: as many successes may be asked for. */
  readonly groupSize: number;
  /** The option that the pointed term comes from. */
  readonly lit: keyof CreditOptionsShown | null;
  readonly onWhatIf: (whatIf: WhatIf | null) => void;
}

export function WhatIfPanel({ credit, whatIf, groupSize, lit, onWhatIf }: WhatIfPanelProps) {
  const values = whatIf ?? credit;
  const change = (part: Partial<WhatIf>): void => onWhatIf(tryOptions(credit, whatIf, part));
  return (
    <fieldset className="what-if">
      <legend>What if the rule were different?</legend>
      <Slider
        label="θ"
        hint="least similarity"
        value={values.theta}
        own={credit.theta}
        most={1}
        lit={lit === 'theta'}
        onChange={(theta) => change({ theta })}
      />
      <Slider
        label="α_min"
        hint="least similarity times support"
        value={values.alphaMin}
        own={credit.alphaMin}
        most={1}
        lit={lit === 'alphaMin'}
        onChange={(alphaMin) => change({ alphaMin })}
      />
      <Slider label="β" hint="strength" value={values.beta} own={credit.beta} most={1.5} lit={lit === 'beta'} onChange={(beta) => change({ beta })} />
      <Slider
        label="successes"
        hint="successful rollouts that are needed"
        value={values.minSuccess}
        own={credit.minSuccess}
        least={1}
        most={Math.max(2, groupSize)}
        step={1}
        lit={lit === 'minSuccess'}
        onChange={(minSuccess) => change({ minSuccess })}
      />
      <div className="switches">
        <Switch label="support" value={values.support} own={credit.support} lit={lit === 'support'} onChange={(support) => change({ support })} />
        <Switch label="clamp" value={values.clamp} own={credit.clamp} lit={lit === 'clamp'} onChange={(clamp) => change({ clamp })} />
      </div>
      <Labelled label="queries alike by">
        {(id) => <Choice id={id} aria-describedby={undefined} value={values.text} choices={TEXTS} onChange={(text) => change({ text })} />}
      </Labelled>
      <Labelled label="boxes alike by">
        {(id) => <Choice id={id} aria-describedby={undefined} value={values.region} choices={REGIONS} onChange={(region) => change({ region })} />}
      </Labelled>
      {whatIf && credit.scope === 'batch' && <p className="hint">As tried, witnesses come from this prompt alone; the run took those of the batch.</p>}
      <button type="button" disabled={!whatIf} onClick={() => onWhatIf(null)}>
        Back to the run’s
      </button>
    </fieldset>
  );
}

interface SwitchProps {
  readonly label: string;
  readonly value: boolean;
  readonly own: boolean;
  readonly lit: boolean;
  readonly onChange: (value: boolean) => void;
}

function Switch({ label, value, own, lit, onChange }: SwitchProps) {
  const id = useId();
  return (
    <span className="switch" data-lit={lit || undefined}>
      <input id={id} type="checkbox" checked={value} onChange={(event) => onChange(event.target.checked)} />
      <label htmlFor={id}>{label}</label>
      {value !== own && <span className="moved"> (run: {own ? 'on' : 'off'})</span>}
    </span>
  );
}

function Labelled({ label, children }: { readonly label: string; readonly children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="labelled">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}

const TEXTS: Choices<WhatIf['text']> = [
  ['tokenF1', 'token F1'],
  ['jaccard', 'Jaccard'],
  ['levenshtein', 'Levenshtein'],
  ['exact', 'equal words'],
];
const REGIONS: Choices<WhatIf['region']> = [
  ['iou', 'IoU'],
  ['giou', 'generalised IoU'],
  ['iouLabel', 'IoU · label'],
];
