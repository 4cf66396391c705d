// Arcs between calls, drawn over the cards. What they say is in the story and the list of clusters, in words.
import { useLayoutEffect, useState } from 'react';
import type { Arc } from '../../notebook/credit/arcs.ts';
import { type Place, placeKey } from '../../notebook/rollouts/places.ts';

interface ArcsProps {
  /** What the arcs are drawn over; it holds the steps. Null before it is there. */
  readonly frame: HTMLElement | null;
  readonly arcs: readonly Arc[];
  /** They are measured anew when this changes. */
  readonly of: unknown;
}

interface Drawn {
  readonly key: string;
  readonly path: string;
  readonly name: string;
}

export function Arcs({ frame, arcs, of }: ArcsProps) {
  const [drawn, setDrawn] = useState<readonly Drawn[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `of` stands for what the frame holds
  useLayoutEffect(() => {
    if (!frame) return;
    const draw = (): void => setDrawn(arcs.flatMap((arc) => drawArc(frame, arc)));
    draw();
    const observer = new ResizeObserver(draw);
    observer.observe(frame);
    return () => observer.disconnect();
  }, [frame, arcs, of]);
  return (
    <svg className="arcs" aria-hidden="true">
      {drawn.map(({ key, path, name }) => (
        <path key={key} d={path} className={name} />
      ))}
    </svg>
  );
}

function drawArc(frame: HTMLElement, { from, to, witness, credits }: Arc): Drawn[] {
  const [start, end] = [pointOf(frame, from), pointOf(frame, to)];
  return start && end
    ? [{ key: `${placeKey(from)} ${placeKey(to)}`, path: curve(start, end), name: `arc ${witness ? 'witness' : ''} ${credits ? '' : 'refused'}` }]
    : [];
}

type Point = readonly [x: number, y: number];

/** Where a step's call stands, relative to the frame: the middle of its left edge. */
function pointOf(frame: HTMLElement, place: Place): Point | null {
  const head = frame.querySelector(`[data-anchor="${placeKey(place)}"] .step-head`);
  if (!head) return null;
  const [outer, inner] = [frame.getBoundingClientRect(), head.getBoundingClientRect()];
  return [inner.left - outer.left, inner.top - outer.top + inner.height / 2];
}

/** Bulges to the left, the more the further it goes; between neighbours it rises above the text. */
function curve([x1, y1]: Point, [x2, y2]: Point): string {
  const [across, down] = [Math.abs(x2 - x1), Math.abs(y2 - y1)];
  const bulge = 18 + 0.16 * Math.hypot(across, down);
  const rise = 0.22 * Math.max(0, across - down);
  return `M ${x1} ${y1} C ${x1 - bulge} ${y1 - rise}, ${x2 - bulge} ${y2 - rise}, ${x2} ${y2}`;
}
