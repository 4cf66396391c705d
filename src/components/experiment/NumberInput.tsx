// A number, typed. What cannot be taken is said at once, and the value stays what it was.
import { useState } from 'react';
import { expectedOf, type OptionDefinition, type OptionValue, parseOption } from '../../train/options/optionTable.ts';
import type { ControlProps } from './Field.tsx';

interface NumberInputProps extends ControlProps {
  readonly option: OptionDefinition;
  readonly value: OptionValue;
  readonly onChange: (value: OptionValue) => void;
}

export function NumberInput({ option, value, onChange, ...props }: NumberInputProps) {
  const [draft, setDraft] = useState<string | null>(null); // what is being typed
  const [fault, setFault] = useState<string | null>(null);
  const { kind, least, most, none, initial } = option;
  const type = (text: string): void => {
    setDraft(text);
    try {
      onChange(parseOption(option, text === '' && none ? none.word : text));
      setFault(null);
    } catch (error) {
      setFault((error as Error).message);
    }
  };
  return (
    <>
      <input
        {...props}
        type="number"
        value={draft ?? (value === null ? '' : String(value))}
        step={kind === 'whole' ? 1 : stepOf(initial)}
        {...(least === Number.NEGATIVE_INFINITY ? {} : { min: least })}
        {...(most === Number.POSITIVE_INFINITY ? {} : { max: most })}
        placeholder={none?.meaning}
        aria-invalid={fault !== null}
        onChange={({ target }) => (target.validity.badInput ? setFault(`expected ${expectedOf(option)}`) : type(target.value))}
        onBlur={() => setDraft(null)}
      />
      {fault && (
        <small className="hint fault" role="alert">
          {fault}
        </small>
      )}
    </>
  );
}

/** One unit of the default's first digit, and 0.1 at most: 0.00001 for 0.00003. */
function stepOf(initial: OptionValue): number {
  return typeof initial === 'number' && initial > 0 ? Math.min(0.1, 10 ** Math.floor(Math.log10(initial))) : 0.1;
}
