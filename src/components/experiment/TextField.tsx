// A field of one line of text, with what is wrong with it.
import type { InputHTMLAttributes } from 'react';
import { Field } from './Field.tsx';
import { FieldFault } from './FieldFault.tsx';

interface TextFieldProps extends Pick<InputHTMLAttributes<HTMLInputElement>, 'inputMode' | 'placeholder' | 'onBlur'> {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly fault: string | undefined;
  readonly onChange: (value: string) => void;
}

export function TextField({ label, hint, value, fault, onChange, ...input }: TextFieldProps) {
  return (
    <>
      <Field label={label} {...(hint === undefined ? {} : { hint })}>
        {(props) => (
          <input
            {...props}
            {...input}
            className="text-input"
            type="text"
            spellCheck={false}
            value={value}
            aria-invalid={fault !== undefined}
            onChange={({ target }) => onChange(target.value)}
          />
        )}
      </Field>
      <FieldFault>{fault}</FieldFault>
    </>
  );
}
