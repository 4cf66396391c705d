// A function that stays the same and does what the newest one does: handing it down draws nothing anew.
import { useEffect, useRef, useState } from 'react';

export function useEvent<A extends readonly unknown[]>(handler: (...args: A) => void): (...args: A) => void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  const [stable] = useState(
    () =>
      (...args: A) =>
        latest.current(...args),
  );
  return stable;
}
