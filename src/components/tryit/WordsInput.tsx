// Words of the policy's vocabulary, typed; the last one is completed from the list.
import { useId } from 'react';
import { completions } from '../../notebook/completions.ts';
import type { ControlProps } from '../experiment/Field.tsx';
import { useWords } from './useTryIt.ts';

interface WordsInputProps extends ControlProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
}

export function WordsInput({ value, onChange, ...props }: WordsInputProps) {
  const list = useId();
  const words = useWords();
  return (
    <>
      <input {...props} type="text" list={list} autoComplete="off" spellCheck={false} value={value} onChange={({ target }) => onChange(target.value)} />
      <datalist id={list}>
        {completions(value, words).map((text) => (
          <option key={text} value={text} />
        ))}
      </datalist>
    </>
  );
}
