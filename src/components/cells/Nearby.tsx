// Shows its content once it is near what is looked at: what lies far below is neither loaded nor drawn.
import { type ReactNode, useEffect, useRef, useState } from 'react';

interface NearbyProps {
  /** What it will about take, in lines of text. */
  readonly height?: number;
  readonly children: ReactNode;
}

export function Nearby({ height = 30, children }: NearbyProps) {
  const [near, setNear] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (near || !place.current) return;
    const element = place.current;
    const watch = (margin: string): IntersectionObserver => {
      const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setNear(true), { rootMargin: margin });
      observer.observe(element);
      return observer;
    };
    let observer = watch('0px');
    const ahead = (): void => {
      observer.disconnect();
      observer = watch('500px'); // who has begun to scroll will come here
    };
    addEventListener('scroll', ahead, { once: true, passive: true });
    return () => {
      observer.disconnect();
      removeEventListener('scroll', ahead);
    };
  }, [near]);
  return near ? children : <div ref={place} style={{ minHeight: `${height * 1.7}rem` }} />;
}
