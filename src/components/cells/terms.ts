// Marks the glossary's terms in a text, each where it comes first: hovering or focusing one says what it means.
import { GLOSSARY } from '../../notebook/glossary.ts';

const MEANINGS = new Map(GLOSSARY.flatMap(({ term, forms, meaning }) => [term, ...forms].map((form) => [form.toLowerCase(), { term, meaning }])));
const PATTERN = new RegExp(`\\b(${[...MEANINGS.keys()].sort((a, b) => b.length - a.length).join('|')})\\b`, 'gi');

/** Headings, links, code and formulas are left as they are. */
const LEFT_ALONE = 'h1, h2, h3, h4, a, code, pre, .formula-tex';

export function markTerms(fragment: DocumentFragment): void {
  const seen = new Set<string>();
  const walker = document.createTreeWalker(fragment, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  for (const text of texts) {
    if (text.parentElement?.closest(LEFT_ALONE)) continue;
    const parts: (string | Node)[] = [];
    let from = 0;
    for (const match of text.data.matchAll(PATTERN)) {
      const known = MEANINGS.get(match[0].toLowerCase());
      if (!known || seen.has(known.term)) continue;
      seen.add(known.term);
      parts.push(text.data.slice(from, match.index), marked(match[0], known.meaning));
      from = match.index + match[0].length;
    }
    if (parts.length > 0) text.replaceWith(...parts, text.data.slice(from));
  }
}

function marked(word: string, meaning: string): HTMLElement {
  const element = document.createElement('dfn');
  element.className = 'glossary-term';
  element.tabIndex = 0;
  element.textContent = word;
  element.dataset.meaning = meaning;
  element.setAttribute('aria-label', `${word}: ${meaning}`);
  element.setAttribute('role', 'note');
  return element;
}
