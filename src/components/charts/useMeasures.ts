// What an element's surroundings say of it: whether it is in sight, how large it is, whether it fills the screen.
import { type RefObject, useEffect, useState } from 'react';
import type { Size } from './geometry.ts';

/** Whether the element is in the window, or close to it. */
export function useInSight(element: RefObject<Element | null>): boolean {
  const [inSight, setInSight] = useState(false);
  useEffect(() => {
    if (!element.current) return;
    const observer = new IntersectionObserver((entries) => setInSight(entries[entries.length - 1]?.isIntersecting ?? false), { rootMargin: '100px' });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return inSight;
}

/** Its inner size in whole pixels; null before it is known, or while it is not laid out. */
export function useSize(element: RefObject<Element | null>, large: boolean): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry?.contentRect ?? { width: 0, height: 0 };
      if (width > 0 && height > 0) setSize({ width: Math.floor(width), height: Math.floor(height), large });
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element, large]);
  return size;
}

/** Whether the element fills the screen. */
export function useFullScreen(element: RefObject<Element | null>): boolean {
  const [full, setFull] = useState(false);
  useEffect(() => {
    const onChange = (): void => setFull(document.fullscreenElement !== null && document.fullscreenElement === element.current);
    document.addEventListener('fullscreenchange', onChange);
    return () => document.removeEventListener('fullscreenchange', onChange);
  }, [element]);
  return full;
}
