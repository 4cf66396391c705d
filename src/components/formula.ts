// Formulas by KaTeX, built node by node. Loaded when the first one is shown.
import katex from 'katex';
import 'katex/dist/katex.min.css';

/** Draws a formula into an element; one that cannot be read is shown as its source, in the colour of errors. */
export function renderFormula(element: HTMLElement, tex: string, displayMode = false): void {
  katex.render(tex, element, { displayMode, throwOnError: false, output: 'htmlAndMathml', trust: false, maxExpand: 200, maxSize: 20 });
}
