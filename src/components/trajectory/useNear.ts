// Whether an element is near the window: what is far away need not be drawn.
import { useEffect, useState } from 'react';

/** `element` null: not there yet. Once near, near for good. */
export function useNear(element: HTMLElement | null, always: boolean): boolean {
  const [near, setNear] = useState(always);
  useEffect(() => {
    if (near || !element) return;
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && setNear(true), { rootMargin: '800px' });
    observer.observe(element);
    return () => observer.disconnect();
  }, [near, element]);
  return near || always;
}
