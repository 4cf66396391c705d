// How sure we are of an option: a word, its meaning on pointing at it. The panel of all options explains every word in text.
import { EVIDENCE, type Evidence } from '../../train/options/evidence.ts';

export function EvidenceChip({ tag, source }: { readonly tag: Evidence; readonly source?: string }) {
  const { chip, meaning } = EVIDENCE[tag];
  return (
    <span className={`evidence ${tag}`} title={source ? `${meaning}. ${source}` : meaning}>
      {chip}
    </span>
  );
}
