// The plain sentence above the formula; each number in it points at its term.
import type { StoryPart } from '../../notebook/credit/storyParts.ts';
import { TERM_NAMES } from '../../notebook/credit/termWords.ts';
import { type Pointing, pointerProps } from './pointing.ts';

interface StoryProps {
  readonly parts: readonly StoryPart[];
  readonly pointing: Pointing;
}

export function Story({ parts, pointing }: StoryProps) {
  return (
    <p className="story" aria-live="polite">
      {parts.map((part, i) =>
        typeof part === 'string' ? (
          part
        ) : (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the sentence
            key={i}
            type="button"
            className="story-number"
            data-term={part.term}
            title={TERM_NAMES[part.term]}
            {...pointerProps({ kind: 'term', term: part.term }, pointing)}
          >
            {part.text}
          </button>
        ),
      )}
    </p>
  );
}
