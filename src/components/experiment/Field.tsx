// The frame of a form's field: its name, the control, and what it means.
import { type ReactNode, useId } from 'react';

export interface ControlProps {
  readonly id: string;
  /** Id of the text that describes the control; undefined without one. */
  readonly 'aria-describedby': string | undefined;
}

interface FieldProps {
  readonly label: string;
  /** Beside the label, and no part of it. */
  readonly aside?: ReactNode;
  readonly hint?: ReactNode;
  readonly children: (props: ControlProps) => ReactNode;
}

export function Field({ label, aside, hint, children }: FieldProps) {
  const id = useId();
  return (
    <div className="field">
      <span className="field-name">
        <label htmlFor={id}>{label}</label> {aside}
      </span>
      {children({ id, 'aria-describedby': hint ? `${id}-hint` : undefined })}
      {hint && (
        <small id={`${id}-hint`} className="hint">
          {hint}
        </small>
      )}
    </div>
  );
}

export type Choices<T extends string> = readonly (readonly [value: T, label: string])[];

interface ChoiceProps<T extends string> extends ControlProps {
  readonly disabled?: boolean;
  readonly value: T;
  readonly choices: Choices<T>;
  readonly onChange: (value: T) => void;
}

export function Choice<T extends string>({ value, choices, onChange, ...props }: ChoiceProps<T>) {
  return (
    <select {...props} value={value} onChange={(event) => onChange(event.target.value as T)}>
      {choices.map(([choice, text]) => (
        <option key={choice} value={choice}>
          {text}
        </option>
      ))}
    </select>
  );
}
