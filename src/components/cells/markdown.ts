// Markdown with formulas as nodes of the page: nothing of a notebook's text becomes markup that could act or fetch. Loaded when first needed.
import DOMPurify from 'dompurify';
import MarkdownIt from 'markdown-it';

const markdown = new MarkdownIt({ html: false, linkify: false, typographer: true });

/** `$…$` in a line and `$$…$$` as a block of its own become elements that hold the formula's text. */
markdown.inline.ruler.after('escape', 'formula', (state, silent) => {
  const { src, pos } = state;
  if (src[pos] !== '$') return false;
  const fence = src[pos + 1] === '$' ? '$$' : '$';
  const end = src.indexOf(fence, pos + fence.length);
  const tex = src.slice(pos + fence.length, end);
  if (end < 0 || tex.trim() === '' || (fence === '$' && (/^\s|\s$/.test(tex) || /\d/.test(src[end + 1] ?? '')))) return false;
  if (!silent) state.push(fence === '$' ? 'formula' : 'display_formula', 'span', 0).content = tex;
  state.pos = end + fence.length;
  return true;
});
markdown.renderer.rules.formula = (tokens, i) => `<span class="formula-tex">${markdown.utils.escapeHtml(tokens[i]?.content ?? '')}</span>`;
markdown.renderer.rules.display_formula = (tokens, i) => `<span class="formula-tex display">${markdown.utils.escapeHtml(tokens[i]?.content ?? '')}</span>`;

/** What may stand in a text. Pictures and scripts may not; links lead to places of this page or out, in a new tab. */
const ALLOWED = {
  ALLOWED_TAGS: 'p br hr h1 h2 h3 h4 ul ol li em strong s code pre blockquote table thead tbody tr th td a span'.split(' '),
  ALLOWED_ATTR: ['href', 'class', 'start'],
  ALLOWED_URI_REGEXP: /^(?:https?:|#)/i,
};

/** The text as nodes. Formulas are drawn when KaTeX has come; until then their source is shown. */
export function renderMarkdown(text: string): DocumentFragment {
  const fragment = DOMPurify.sanitize(markdown.render(text), { ...ALLOWED, RETURN_DOM_FRAGMENT: true });
  for (const link of fragment.querySelectorAll('a[href^="http"]')) {
    link.setAttribute('target', '_blank');
    link.setAttribute('rel', 'noopener noreferrer');
  }
  const formulas = [...fragment.querySelectorAll<HTMLElement>('.formula-tex')];
  if (formulas.length > 0) void drawFormulas(formulas);
  return fragment;
}

async function drawFormulas(elements: readonly HTMLElement[]): Promise<void> {
  const { renderFormula } = await import('../formula.ts');
  for (const element of elements) renderFormula(element, element.textContent ?? '', element.classList.contains('display'));
}
