// A number between bounds, with its value beside it.

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly range: readonly [least: number, most: number, step: number];
  readonly digits: number;
  readonly onChange: (value: number) => void;
}

export function Slider({ label, value, range: [least, most, step], digits, onChange }: SliderProps) {
  return (
    <label className="slider">
      <span>{label}</span>
      <input type="range" min={least} max={most} step={step} value={value} onChange={(event) => onChange(Number(event.target.value))} />
      <output aria-live="off">{value.toFixed(digits)}</output>
    </label>
  );
}
