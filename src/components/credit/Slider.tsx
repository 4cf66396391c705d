// A slider of the credit view, with a tick where the run's own value is.
import { useId } from 'react';

interface SliderProps {
  readonly label: string;
  /** What it sets, in words. */
  readonly hint: string;
  readonly value: number;
  /** The run's own. */
  readonly own: number;
  readonly least?: number;
  readonly most: number;
  readonly step?: number;
  /** The term that is pointed at comes from here. */
  readonly lit: boolean;
  readonly onChange: (value: number) => void;
}

export function Slider({ label, hint, value, own, least = 0, most, step = 0.01, lit, onChange }: SliderProps) {
  const id = useId();
  const digits = step >= 1 ? 0 : 2;
  return (
    <div className="option-slider" data-lit={lit || undefined}>
      <label htmlFor={id} title={hint}>
        {label}
      </label>
      <span className="option-track">
        <input
          id={id}
          type="range"
          min={least}
          max={most}
          step={step}
          value={value}
          aria-describedby={`${id}-own`}
          onChange={(event) => onChange(event.target.valueAsNumber)}
        />
        {own <= most && <i className="own-tick" style={{ ['--at' as string]: (own - least) / (most - least) }} />}
        <span id={`${id}-own`} className="unseen">
          {hint}; the run has {own.toFixed(digits)}
        </span>
      </span>
      <output htmlFor={id} className={value === own ? '' : 'moved'}>
        {value.toFixed(digits)}
      </output>
    </div>
  );
}
