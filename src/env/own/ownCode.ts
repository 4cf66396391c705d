// Code of one's own that a run takes along: the text that declares a tool or a reward, and what it is called.
import { mix32 } from '../../tapo/random.ts';

/** `source` is a script; `name` is what it declares the tool or the reward as. */
export interface OwnCode {
  readonly name: string;
  readonly source: string;
}

/** Characters of a source at most. */
export const MOST_SOURCE = 100_000;

/** "brief#0f3a…": the name, and a hash of the source, so that equal names of different code are told apart. */
export function codeName({ name, source }: OwnCode): string {
  return `${name}#${sourceHash(source)}`;
}

/** 16 hexadecimal digits. It tells sources apart; nothing is kept safe by it. */
export function sourceHash(source: string): string {
  let [a, b] = [0x811c9dc5, 0x9e3779b9];
  for (let i = 0; i < source.length; i++) {
    const unit = source.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193); // FNV-1a
    b = mix32(b ^ unit);
  }
  return [mix32(a), b].map((half) => half.toString(16).padStart(8, '0')).join('');
}
