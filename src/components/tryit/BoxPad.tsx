// A box drawn over a picture: by pointer, or by the arrow keys. It lies on the grid that the policy writes on.
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { boxBetween, movedBox, resizedBox } from '../../notebook/gridBox.ts';
import type { Box } from '../../tapo/index.ts';

interface BoxPadProps {
  /** Relative 0–1000. */
  readonly box: Box;
  readonly onChange: (box: Box) => void;
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function BoxPad({ box, onChange }: BoxPadProps) {
  const start = useRef<readonly [number, number] | null>(null);
  const pointOf = ({ currentTarget, clientX, clientY }: PointerEvent): readonly [number, number] => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    return [(1000 * (clientX - left)) / width, (1000 * (clientY - top)) / height];
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = ARROWS[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    onChange((event.shiftKey ? resizedBox : movedBox)(box, ...by));
  };
  return (
    <section
      className="tryit-pad"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the box
      tabIndex={0}
      aria-label={`The box to zoom to: ${box.join(', ')}. Arrow keys move it, with shift they change its size; or draw it.`}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        start.current = pointOf(event);
        event.currentTarget.setPointerCapture(event.pointerId);
        onChange(boxBetween(start.current, start.current));
      }}
      onPointerMove={(event) => start.current && onChange(boxBetween(start.current, pointOf(event)))}
      onPointerUp={() => {
        start.current = null;
      }}
      onPointerCancel={() => {
        start.current = null;
      }}
    >
      <span
        className="tryit-drawn"
        aria-hidden="true"
        style={{ left: `${box[0] / 10}%`, top: `${box[1] / 10}%`, width: `${(box[2] - box[0]) / 10}%`, height: `${(box[3] - box[1]) / 10}%` }}
      />
    </section>
  );
}
