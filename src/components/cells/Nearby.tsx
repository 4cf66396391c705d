// Shows its content once it is near what is looked at: what lies far below is neither loaded nor drawn.
import { type ReactNode, useEffect, useRef, useState } from 'react';

/** `height`: what it will about take, in lines of text. */
export function Nearby({ height = 30, children }: { readonly height?: number; readonly children: ReactNode }) {
  const [near, setNear] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (near || !place.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setNear(true), { rootMargin: '100px' });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [near]);
  return near ? children : <div ref={place} style={{ minHeight: `${height * 1.7}rem` }} />;
}
