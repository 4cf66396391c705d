// A set of things that are switched off, and what switches one.
import { useState } from 'react';

export function useToggles(): readonly [off: ReadonlySet<string>, toggle: (id: string) => void] {
  const [off, setOff] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string): void =>
    setOff((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  return [off, toggle];
}
