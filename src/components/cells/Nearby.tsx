// Shows its content once it is near what is looked at: what lies far below is neither loaded nor drawn.
import { type ReactNode, useEffect, useRef, useState } from 'react';

export function Nearby({ children }: { readonly children: ReactNode }) {
  const [near, setNear] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (near || !place.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setNear(true), { rootMargin: '150px' });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [near]);
  return near ? children : <div ref={place} className="nearby" />;
}
