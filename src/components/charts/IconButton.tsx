// A small button with a drawn sign: eight cards of words would be louder than their charts.
import type { Ref } from 'react';

const SIGNS = {
  table: 'M2 3.5h12v9H2zM2 6.5h12M2 9.5h12M7 3.5v9',
  'full screen': 'M6 2.5H2.5V6M10 2.5h3.5V6M6 13.5H2.5V10M10 13.5h3.5V10',
  save: 'M8 2v8M4.8 7 8 10.2 11.2 7M2.5 11.5v2h11v-2',
} as const;

interface IconButtonProps {
  readonly name: keyof typeof SIGNS;
  readonly onPress: () => void;
  readonly pressed?: boolean;
  /** Of a button that opens something. */
  readonly expanded?: boolean;
  readonly opener?: Ref<HTMLButtonElement>;
}

export function IconButton({ name, onPress, pressed, expanded, opener }: IconButtonProps) {
  return (
    <button type="button" className="icon" ref={opener} title={name} aria-label={name} aria-pressed={pressed} aria-expanded={expanded} onClick={onPress}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={SIGNS[name]} />
      </svg>
    </button>
  );
}
