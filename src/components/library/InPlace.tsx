// A text that is edited where it stands: Enter or leaving the field keeps it, Escape takes it back.
import { type KeyboardEvent, useEffect, useRef } from 'react';

interface InPlaceProps {
  readonly value: string;
  /** What it is, for those who do not see its place. */
  readonly label: string;
  readonly onCommit: (value: string) => void;
  readonly lines?: number;
  readonly placeholder?: string;
  /** An empty text is no value: the former one comes back. */
  readonly required?: boolean;
}

export function InPlace({ value, label, onCommit, lines = 1, placeholder, required = false }: InPlaceProps) {
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  useEffect(() => {
    if (field.current && field.current !== document.activeElement) field.current.value = value;
  }, [value]);
  const commit = (): void => {
    const text = (field.current?.value ?? value).trim();
    if (required && text === '' && field.current) field.current.value = value;
    else if (text !== value) onCommit(text);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation(); // letters here are no commands
    if (event.key === 'Escape' && field.current) field.current.value = value;
    if (event.key === 'Escape' || (event.key === 'Enter' && lines === 1)) field.current?.blur();
  };
  const shared = { ref: field, className: 'in-place', 'aria-label': label, defaultValue: value, placeholder, onBlur: commit, onKeyDown };
  return lines === 1 ? <input type="text" title={value} {...shared} /> : <textarea rows={lines} {...shared} />;
}
