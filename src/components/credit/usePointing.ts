// The state of pointing: hovering and focus show, a press keeps.
import { useState } from 'react';
import { type Pointed, type Pointing, samePointed } from './pointing.ts';

export function usePointing(): Pointing {
  const [hovered, point] = useState<Pointed | null>(null);
  const [kept, setKept] = useState<Pointed | null>(null);
  return { pointed: hovered ?? kept, kept, point, keep: (pointed) => setKept(samePointed(kept, pointed) ? null : pointed) };
}
