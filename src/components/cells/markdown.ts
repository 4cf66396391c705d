// Markdown with formulas as nodes of the page: nothing of a notebook's text becomes markup that could act or fetch. Loaded when first needed.
import DOMPurify from 'dompurify';
import { Marked, type TokenizerAndRendererExtension } from 'marked';

/** `$…$` in a line and `$$…$$` become elements that hold the formula's text. A dollar before a digit after the end is money. */
const formula = (name: string, pattern: RegExp, style: string, level: 'block' | 'inline'): TokenizerAndRendererExtension => ({
  name,
  level,
  start: (source) => source.indexOf(level === 'block' ? '$$' : '$'), // a paragraph is cut where a block may start
  tokenizer(source) {
    const match = pattern.exec(source);
    return match ? { type: name, raw: match[0], tex: match[1] } : undefined;
  },
  renderer: (token) => `<span class="${style}">${escaped(String(token.tex).trim())}</span>`,
});

const marked = new Marked({
  gfm: true,
  async: false,
  renderer: { html: ({ text }) => escaped(text) }, // shown as it was written
  extensions: [
    formula('displayFormula', /^\$\$([^$]+)\$\$/, 'formula-tex display', 'block'),
    formula('formula', /^\$(?![\s$])([^$\n]*[^\s$\\])\$(?!\d)/, 'formula-tex', 'inline'),
  ],
});

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** What may stand in a text. Pictures and scripts may not; links lead to places of this page or out, in a new tab. */
const ALLOWED = {
  ALLOWED_TAGS: 'p br hr h1 h2 h3 h4 ul ol li em strong s del code pre blockquote table thead tbody tr th td a span'.split(' '),
  ALLOWED_ATTR: ['href', 'class', 'start'],
  ALLOWED_URI_REGEXP: /^(?:https?:|#)/i,
};

/** The text as nodes. Formulas are drawn when KaTeX has come; until then their source is shown. */
export function renderMarkdown(text: string): DocumentFragment {
  const fragment = DOMPurify.sanitize(marked.parse(text) as string, { ...ALLOWED, RETURN_DOM_FRAGMENT: true });
  for (const link of fragment.querySelectorAll('a[href^="http"]')) {
    link.setAttribute('target', '_blank');
    link.setAttribute('rel', 'noopener noreferrer');
  }
  for (const block of fragment.querySelectorAll('pre')) block.tabIndex = 0; // a long line scrolls, by keyboard too
  const formulas = [...fragment.querySelectorAll<HTMLElement>('.formula-tex')];
  if (formulas.length > 0) void drawFormulas(formulas);
  return fragment;
}

async function drawFormulas(elements: readonly HTMLElement[]): Promise<void> {
  const { renderFormula } = await import('../formula.ts');
  for (const element of elements) renderFormula(element, element.textContent ?? '', element.classList.contains('display'));
}
