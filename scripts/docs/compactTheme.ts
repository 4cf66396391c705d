// The look of the pages: typedoc-plugin-markdown's, less what a reader of a small library does not need.
import type { Reflection } from 'typedoc';
import { type MarkdownPageEvent, MarkdownTheme, type MarkdownThemeContext } from 'typedoc-plugin-markdown';

export class CompactTheme extends MarkdownTheme {
  override getRenderContext(page: MarkdownPageEvent<Reflection>): MarkdownThemeContext {
    const context = super.getRenderContext(page);
    context.partials = { ...context.partials, signatureReturns: () => '', hierarchy: () => '', inheritance: () => '' }; // signatures and tables have it all
    return context;
  }

  override render(page: MarkdownPageEvent): string {
    const text = super
      .render(page)
      .replaceAll(/<a id="[^"]*"><\/a> /g, '') // nothing links to single properties
      .replaceAll(/[ \t]+$/gm, '')
      .replaceAll(/\n{3,}/g, '\n\n');
    return `${text.trim()}\n`;
  }
}
