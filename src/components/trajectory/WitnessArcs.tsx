// Arcs from the chosen call to its witness, and to the other calls of the witness's cluster. Where they lead is in the credit note, in words.
import { type RefObject, useLayoutEffect, useState } from 'react';
import type { GroupReport } from '../../train/report.ts';
import { rolloutIndex } from './words.ts';

interface WitnessArcsProps {
  /** What the arcs are drawn over; it holds the steps. */
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly group: GroupReport;
  readonly selected: readonly [number, number] | null;
}

interface Arc {
  readonly key: string;
  readonly path: string;
  readonly witness: boolean;
}

export function WitnessArcs({ frame, group, selected }: WitnessArcsProps) {
  const [arcs, setArcs] = useState<readonly Arc[]>([]);
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const draw = (): void => setArcs(arcsOf(element, group, selected));
    draw();
    const observer = new ResizeObserver(draw);
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame, group, selected]);
  return (
    <svg className="arcs" aria-hidden="true">
      {arcs.map(({ key, path, witness }) => (
        <path key={key} d={path} className={witness ? 'arc witness' : 'arc'} />
      ))}
    </svg>
  );
}

function arcsOf(frame: HTMLElement, group: GroupReport, selected: readonly [number, number] | null): Arc[] {
  const step = selected ? group.rollouts[selected[0]]?.steps[selected[1]] : undefined;
  const from = selected && pointOf(frame, selected[0], selected[1]);
  if (!from || !step?.witness || step.cluster === null) return [];
  const [witnessRollout, witnessStep] = step.witness;
  const members = group.clusters[step.cluster]?.members ?? [];
  return members.flatMap(([rollout, s]) => {
    const to = pointOf(frame, rolloutIndex(group, rollout), s);
    return to ? [{ key: `${rollout} ${s}`, path: arc(from, to), witness: rollout === witnessRollout && s === witnessStep }] : [];
  });
}

type Point = readonly [x: number, y: number];

/** Where a step's call stands, relative to the frame: the middle of its left edge. */
function pointOf(frame: HTMLElement, rollout: number, step: number): Point | null {
  const head = frame.querySelector(`[data-anchor="${rollout}/${step}"] .step-head`);
  if (!head) return null;
  const [outer, inner] = [frame.getBoundingClientRect(), head.getBoundingClientRect()];
  return [inner.left - outer.left, inner.top - outer.top + inner.height / 2];
}

/** Bulges to the left, the more the further it goes; between neighbours it rises above the text. */
function arc([x1, y1]: Point, [x2, y2]: Point): string {
  const [across, down] = [Math.abs(x2 - x1), Math.abs(y2 - y1)];
  const bulge = 24 + 0.18 * Math.hypot(across, down);
  const rise = 0.22 * Math.max(0, across - down);
  return `M ${x1} ${y1} C ${x1 - bulge} ${y1 - rise}, ${x2 - bulge} ${y2 - rise}, ${x2} ${y2}`;
}
