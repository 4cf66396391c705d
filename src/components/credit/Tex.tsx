// A symbol, set by KaTeX through the DOM. Words for it stand beside: it is hidden from those who do not see it.
import katex from 'katex';
import 'katex/dist/katex.min.css';
import { useLayoutEffect, useRef } from 'react';

export function Tex({ tex }: { readonly tex: string }) {
  const place = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (place.current) katex.render(tex, place.current, { output: 'html' });
  }, [tex]);
  return <span ref={place} className="tex" aria-hidden="true" />;
}
