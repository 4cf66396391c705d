// A number for a text, for draws that depend on what was written.
import { mix32 } from '../tapo/index.ts';

/** An unsigned 32-bit hash of a text: FNV-1a over its UTF-16 units, its bits mixed. */
export function textHash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix32(h);
}
