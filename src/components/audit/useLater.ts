// A value, one task of the page's thread later: parts that take long to draw are drawn one after the other.
import { useEffect, useState } from 'react';

/** Null at first. */
export function useLater<T>(value: T): T | null {
  const [later, setLater] = useState<T | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setLater(value));
    return () => clearTimeout(timer);
  }, [value]);
  return later;
}
