// The settings of a comparison with the seeds that their means are over; pressing one hides or shows it.
import type { SettingCurve } from '../../notebook/comparison.ts';
import { settingLook } from './settingLook.ts';

interface SettingLegendProps {
  readonly curves: readonly SettingCurve[];
  readonly hidden: ReadonlySet<string>;
  readonly onToggle: (key: string) => void;
}

export function SettingLegend({ curves, hidden, onToggle }: SettingLegendProps) {
  return curves.map(({ setting: { key, letter, name }, seeds }, index) => {
    const { colour, dashes } = settingLook(index);
    return (
      <button
        type="button"
        key={key}
        className="setting-key"
        aria-pressed={!hidden.has(key)}
        title={hidden.has(key) ? 'show this setting' : 'hide this setting'}
        onClick={() => onToggle(key)}
      >
        <svg width="30" height="10" aria-hidden="true">
          <rect x="0" y="1" width="30" height="8" fill={colour} opacity="0.18" />
          <line x1="0" y1="5" x2="30" y2="5" stroke={colour} strokeWidth="2.5" strokeDasharray={dashes} />
        </svg>
        <span className="setting-name">
          <b>{letter}</b> {name}
        </span>
        <span className="hint">N = {seeds.length}</span>
      </button>
    );
  });
}
