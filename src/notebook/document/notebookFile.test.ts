import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptDocument } from './keptDocument.ts';
import { CELL_MODES, type NotebookDocument, newCell } from './notebookDocument.ts';
import { byteLength, fileFault, NOTEBOOK_LIMITS, NotebookFileError, parseNotebook, serializeNotebook } from './notebookFile.ts';
import { isReadableElsewhere } from './scriptText.ts';
import { hostileNotebook } from './testing/arbitraryNotebook.ts';
import { kitDeserialize, kitSerialize } from './testing/notebookKit.ts';

const notebook = (...cells: NotebookDocument['cells']): NotebookDocument => ({ title: 'A <b> & c', theme: 'air', readOnly: false, cells });

const WRITTEN = `<!doctype html>
<notebook theme="air">
  <title>A &lt;b&gt; &amp; c</title>
  <script id="1" type="text/markdown">
    # Hello

    *x*
  </script>
  <script id="4" type="module" pinned="" output="run">
    const s = "<\\/script>";
  </script>
</notebook>
`;

/** Notebook Kit's own writer makes a file of it that no reader of its kind takes apart again: see `writeScriptText`. */
const endsInEndTag = ({ cells }: NotebookDocument): boolean => cells.some(({ source }) => /<\\*\/script$/i.test(source));
const readableElsewhere = ({ cells }: NotebookDocument): boolean => cells.every(({ source }) => isReadableElsewhere(source));
/** Notebook Kit's reader takes these two for `buffer`, though its types allow them. */
const forgottenFormat = ({ cells }: NotebookDocument): boolean => cells.some(({ attributes }) => ['svg', 'xml'].includes(attributes.format ?? ''));

describe('serializeNotebook(document)', () => {
  const document = notebook(newCell(1, 'md', '# Hello\n  \n*x*'), { ...newCell(4, 'js', 'const s = "</script>";'), attributes: { output: 'run' } });
  it('writes Notebook Kit’s HTML', () => {
    expect(serializeNotebook(document)).toBe(WRITTEN);
    expect(serializeNotebook(notebook())).toBe('<!doctype html>\n<notebook theme="air">\n  <title>A &lt;b&gt; &amp; c</title>\n</notebook>\n');
  });
  it('writes what Notebook Kit writes, byte for byte, in every mode', () => {
    const all = notebook(...CELL_MODES.map((mode, i) => ({ ...newCell(i + 1, mode, 'x'), attributes: { output: 'y', database: 'z', format: 'json' } })));
    expect(serializeNotebook(all)).toBe(kitSerialize(keptDocument(all)));
  });
  it('has nothing for attributes that the mode lacks, and Notebook Kit’s defaults for those that it needs', () => {
    const { cells } = parseNotebook(
      serializeNotebook(notebook(newCell(1, 'sql'), newCell(2, 'r'), { ...newCell(3, 'js'), attributes: { database: 'x', onclick: 'y' } })),
    );
    expect(cells.map(({ attributes }) => attributes)).toEqual([{ database: 'var:db' }, { format: 'buffer' }, {}]);
  });
});

describe('fileFault(document)', () => {
  it('measures the file to the byte', () => {
    const bytes = byteLength(WRITTEN);
    const filled = (more: number): NotebookDocument => {
      const { cells, ...document } = parseNotebook(WRITTEN);
      return {
        ...document,
        cells: cells.map((cell, i) => (i === 0 ? { ...cell, source: cell.source + 'x'.repeat(NOTEBOOK_LIMITS.bytes - bytes + more) } : cell)),
      };
    };
    expect(byteLength(serializeNotebook(filled(0)))).toBe(NOTEBOOK_LIMITS.bytes);
    expect(fileFault(filled(0))).toBe(null);
    expect(fileFault(filled(1))).toBe('expected a notebook of at most 1000000 bytes, got 1000001; keep data in files of their own, or split the notebook');
  });
});

describe('parseNotebook(text)', () => {
  it('reads what was written', () => {
    expect(parseNotebook(WRITTEN)).toEqual({
      title: 'A <b> & c',
      theme: 'air',
      readOnly: false,
      cells: [newCell(1, 'md', '# Hello\n\n*x*'), { ...newCell(4, 'js', 'const s = "</script>";'), attributes: { output: 'run' } }],
    });
  });
  it.each([
    ['empty', '', ''],
    ['one line end', '\n', '\n'],
    ['line ends after', 'a\n\n', 'a\n\n'],
    ['line ends before', '\n\na', '\n\na'],
    ['spaces before', '      a\n\tb', '      a\n\tb'],
    ['spaces alone', '  \n a\n   ', '\n a\n'],
    ['CRLF and CR', 'a\r\nb\rc', 'a\nb\nc'],
    ['NUL', 'a\0', 'a\uFFFD'],
    ['end tags', '</script></SCRIPT ><\\/script></script\n</script', '</script></SCRIPT ><\\/script></script\n</script'],
    ['a comment that hides end tags from HTML', '<!-- <script>', '<!-- <script>'],
    ['an end tag with a slash', 'a</script/>b', 'a</script/>b'],
    ['beyond ASCII', 'é 日本 😀\u2028\ufeffx', 'é 日本 😀\u2028\ufeffx'],
  ])('keeps a source: %s', (_, source, kept) => {
    const text = serializeNotebook(notebook(newCell(1, 'js', source), newCell(2, 'js', 'after')));
    expect(parseNotebook(text).cells.map((cell) => cell.source)).toEqual([kept, 'after']);
    expect(serializeNotebook(parseNotebook(text))).toBe(text);
  });

  it('of what was written is what the format keeps, and writes the same bytes again', () => {
    fc.assert(
      fc.property(hostileNotebook, (document) => {
        const text = serializeNotebook(document);
        expect(parseNotebook(text)).toEqual(keptDocument(document));
        expect(serializeNotebook(parseNotebook(text))).toBe(text);
      }),
      { numRuns: 400 },
    );
  });
  it('loses nothing of what Notebook Kit wrote: the same bytes come back', () => {
    fc.assert(
      fc.property(hostileNotebook.map(keptDocument), (document) => {
        fc.pre(!endsInEndTag(document));
        const text = kitSerialize(document);
        expect(serializeNotebook(document)).toBe(text);
        expect(serializeNotebook(parseNotebook(text))).toBe(text);
      }),
      { numRuns: 150 },
    );
  });
  it('reads and writes what Notebook Kit’s reader understands alike', () => {
    fc.assert(
      fc.property(hostileNotebook, (document) => {
        fc.pre(readableElsewhere(document) && !forgottenFormat(document));
        const text = serializeNotebook(document);
        expect(kitDeserialize(text)).toEqual(parseNotebook(text));
      }),
      { numRuns: 150 },
    );
  });
  it('reads files written by hand as Notebook Kit does', () => {
    const space = fc.constantFrom('', ' ', '\n\t', '\r\n', '<!-- no -->', '<!-->', '<p class=x>text</p>', '<br/>', 'a < b');
    const id = fc.constantFrom('', 'id=3', "id='3'", 'ID="5"', 'id=x', 'id=" 8 "', 'id=1e1', 'id=2.7', 'id', 'id=4 id=9', 'id=-1');
    const type = fc.constantFrom(
      '',
      'type=module',
      'type="text/markdown"',
      'TYPE = text/x-python',
      'type=application/sql database="a&amp;b"',
      "type='text/nonsense'",
    );
    const rest = fc.constantFrom(
      '',
      ' pinned',
      ' hidden=""',
      ' output=a&quot;&#65;&#x42;&unknown;',
      ' onclick="alert(1)"',
      ' __proto__=x constructor=y',
      ' format=json',
    );
    const source = fc.constantFrom(
      '',
      'a',
      '\n  a\n',
      '\n    a\n      b\n\n    c\n  ',
      '<!-- <script>x</script> -->y',
      '<!--x',
      '\r\n    a\r\n',
      '<\\/script>',
      '</scripture>',
      '&amp;',
    );
    const cell = fc.tuple(id, type, rest, source, space).map(([i, t, r, s, w]) => `<script ${i} ${t}${r}>${s}</script>${w}`);
    const head = fc.constantFrom(
      '',
      '<!DOCTYPE html>\n',
      '<html><head><title>One</title></head><body>',
      '\ufeff',
      '<style>notebook { }</style>',
      '<!-- <notebook> -->',
    );
    const tag = fc.constantFrom('<notebook>', '<NOTEBOOK theme="Ink" readonly>', "<notebook theme='light-dark(air,ink)'>", '<notebook theme>');
    const title = fc.constantFrom('', '<title>A &lt; B &amp;amp; <b></title>', '<title></title>', '<Title >\nx</Title >');
    fc.assert(
      fc.property(
        head,
        tag,
        title,
        fc.array(cell, { minLength: 1, maxLength: 4 }),
        fc.constantFrom('', '</notebook>', '</notebook><script>x</script>'),
        (...parts) => {
          const text = parts.flat().join('');
          expect(parseNotebook(text)).toEqual(kitDeserialize(text));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('gives ids anew where they are missing, bad or used twice', () => {
    const text = `<notebook>${['7', '7', '', '3', '-2', '99999999999999999999'].map((id) => `<script id="${id}"></script>`).join('')}</notebook>`;
    expect(parseNotebook(text).cells.map(({ id }) => id)).toEqual([7, 8, 9, 3, 10, 11]);
  });
  it('says what is wrong with a text that is no notebook', () => {
    const fault = (text: string): string => {
      try {
        parseNotebook(text);
      } catch (error) {
        expect(error).toBeInstanceOf(NotebookFileError);
        return (error as Error).message;
      }
      return 'none';
    };
    expect(fault('')).toBe('expected a notebook: HTML with a <notebook> element, got an empty file');
    expect(fault('{"cells": []}')).toBe('expected a notebook: HTML with a <notebook> element, got "{"cells": []}"');
    expect(fault('<script>\n"<notebook>"</script>')).toContain('<notebook> element');
    expect(fault('<notebook><h1>Prose</h1></notebook>')).toContain('expected cells: <script> elements in <notebook>, got <h1>');
    expect(fault('<notebook># Prose</notebook><script>x</script>')).toContain('got "# Prose"');
    expect(fault('<notebook></notebook>')).toBe('none');
    expect(fault(`<notebook>${'<script></script>'.repeat(NOTEBOOK_LIMITS.cells + 1)}`)).toBe('expected a notebook of at most 10000 cells, got more; split it');
    expect(fault(`<notebook>${'<script></script>'.repeat(NOTEBOOK_LIMITS.cells)}`)).toBe('none');
    expect(fault(`<notebook>${'é'.repeat(500_000)}`)).toBe(
      'expected a notebook of at most 1000000 bytes, got 1000010; keep data in files of their own, or split the notebook',
    );
    expect(fault(`<notebook><script>${'a\n'.repeat(200_000)}</script>`)).toContain('at most 1000000 bytes, got 1200'); // indented, it is more
    expect(byteLength('é😀')).toBe(6);
  });

  it('makes a notebook or a clear error of any text, quickly, and changes no prototype', () => {
    const pieces = [
      '<notebook',
      '<script',
      '</script',
      '>',
      '<!--',
      '-->',
      '"',
      "'",
      '=',
      ' ',
      '/',
      '<',
      '&',
      '&#',
      ';',
      'id',
      '1',
      '\n',
      '\0',
      'x',
      '<title',
      '<template>',
      '<svg>',
      '<plaintext>',
    ];
    const corpus = [
      ...['<div>', '<!--', '<![CDATA[', '<p a="', "<p a='", '</', '<title>', '<notebook>', '<script>', '<a b=', '&#', '<!-- <script>'].map((piece) =>
        piece.repeat(50_000),
      ),
      `<notebook><script onload="alert(1)" __proto__="x" constructor="y" id="__proto__" type="constructor">x</script><img src=x onerror=alert(1)></notebook>`,
      `<notebook ${'a=1 '.repeat(100_000)}><script>x`,
      `<notebook>${' '.repeat(900_000)}<`,
    ];
    const tryOut = (text: string): void => {
      let document: NotebookDocument;
      try {
        document = parseNotebook(text);
      } catch (error) {
        expect(error).toBeInstanceOf(NotebookFileError);
        return;
      }
      const again = serializeNotebook(document);
      expect(parseNotebook(again)).toEqual(document);
      expect(serializeNotebook(parseNotebook(again))).toBe(again);
    };
    const start = performance.now();
    for (const text of corpus) tryOut(text);
    expect(performance.now() - start).toBeLessThan(10_000);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), (parts) => tryOut(parts.join(''))),
      { numRuns: 1000 },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(parseNotebook(corpus[12] as string).cells).toEqual([{ ...newCell(1, 'js', 'x'), pinned: false }]);
  });
});
