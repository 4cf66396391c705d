// How sure we are that an option is as its authors have it: the tags that command line, page and documents show beside it.

export type Evidence = 'fig' | 'abs' | 'digest' | 'paper' | 'code' | 'ours';

export interface EvidenceMeaning {
  /** One word, as on the page. */
  readonly chip: string;
  readonly meaning: string;
}

/** Of TAPO (arXiv:2606.05784): fig, abs, digest, ours. Of the other methods: paper, code. */
export const EVIDENCE: Readonly<Record<Evidence, EvidenceMeaning>> = {
  fig: { chip: 'figure', meaning: 'drawn in the method figure that a co-author of the TAPO paper published' },
  abs: { chip: 'abstract', meaning: 'said in the abstract of the TAPO paper' },
  digest: { chip: 'digest', meaning: 'reported by a digest of the full TAPO paper, which others wrote' },
  paper: { chip: 'paper', meaning: 'published in the paper of the method that is named' },
  code: { chip: 'code', meaning: 'read in the public code that is named' },
  ours: { chip: 'ours', meaning: 'not published: our choice, so it can be changed' },
};
