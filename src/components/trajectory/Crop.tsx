// A part of a picture on a canvas.
import { useEffect, useRef } from 'react';
import type { Box } from '../../tapo/index.ts';

interface CropProps {
  readonly bitmap: ImageBitmap | null;
  /** Relative 0–1000; the whole picture where absent. */
  readonly box?: Box;
  /** Side on the page, pixels. */
  readonly side: number;
  /** Show the pixels as they are. */
  readonly pixelated?: boolean;
  readonly label: string;
}

export function Crop({ bitmap, box = [0, 0, 1000, 1000], side, pixelated = false, label }: CropProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [x1, y1, x2, y2] = box;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !bitmap) return;
    const { width } = context.canvas;
    const scale = bitmap.width / 1000;
    context.imageSmoothingEnabled = !pixelated;
    context.clearRect(0, 0, width, width);
    context.drawImage(bitmap, x1 * scale, y1 * scale, (x2 - x1) * scale, (y2 - y1) * scale, 0, 0, width, width);
  }, [bitmap, pixelated, x1, y1, x2, y2]);
  const pixels = Math.round(side * (globalThis.devicePixelRatio || 1));
  return <canvas ref={canvas} className="crop" width={pixels} height={pixels} style={{ width: side, height: side }} role="img" aria-label={label} />;
}
