// A cell's source as the text of a <script>: indented, with end tags escaped, as Notebook Kit 2.1.8 writes and reads it; and where that
// text ends in a file.

/** The source as the file can keep it: lines end in LF, blank lines are empty, NUL becomes U+FFFD. Everything else comes back as it was. */
export function keptSource(source: string): string {
  return linesOf(source.replaceAll('\0', '\uFFFD'))
    .map((line) => (line.trim() === '' ? '' : line))
    .join('\n');
}

/**
 * The text between <script> and </script>. Differs from Notebook Kit's in one case: "</script" as the very end of a source is escaped
 * too. Its own writer leaves it, and no reader of its kind finds the cell's end again; its reader takes ours back.
 */
export function writeScriptText(source: string): string {
  const escaped = keptSource(source).replace(/<(?=\\*\/script(\s|>|$))/gi, '<\\');
  const lines = escaped.split('\n').map((line) => (line === '' ? '' : `    ${line}`));
  return `\n${lines.join('\n')}\n  `;
}

/** The source of a text between <script> and </script>: end tags unescaped, a first and last blank line and four spaces a line taken off. */
export function readScriptText(text: string): string {
  const lines = linesOf(text.replace(/<\\(?=\\*\/script(\s|>))/gi, '<'));
  if ((lines.at(-1) ?? '').trim() === '') lines.pop();
  if ((lines[0] ?? '').trim() === '') lines.shift();
  return lines.map((line) => line.replace(/^ {4}/, '')).join('\n');
}

/**
 * Where the text of a script ends that begins at `from`: the place of its end tag, or the end of the file.
 *
 * HTML has a trap here: after "<!--" and "<script", an end tag does not end the script. Notebook Kit writes such sources as they are, and
 * what it reads back has swallowed the cells that follow. `strict` does as HTML does. Otherwise an end tag that stands between two lines
 * just as every serializer writes them ends the cell all the same, and "</script/", which no serializer writes as an end tag, does not.
 */
export function scriptEnd(text: string, from: number, { strict = false } = {}): number {
  const marks = new RegExp(MARKS);
  let inside: 'script' | 'comment' | 'script in comment' = 'script';
  marks.lastIndex = from;
  for (let mark = marks.exec(text); mark; mark = marks.exec(text)) {
    const [found, slash] = mark;
    if (found === '<!--') {
      if (inside === 'script') inside = 'comment';
      marks.lastIndex -= 2; // "<!-->" is a comment, closed by the same dashes
    } else if (found === '-->') inside = 'script';
    else if (slash === '') {
      if (inside === 'comment') inside = 'script in comment';
    } else if (inside === 'script in comment') {
      if (!strict && endsWrittenCell(text, mark.index)) return mark.index;
      inside = 'comment';
    } else if (strict || endsCell(text, mark.index)) return mark.index;
  }
  return text.length;
}

/** Whether every reader of HTML finds the end of a cell with this source: see `scriptEnd`. */
export function isReadableElsewhere(source: string): boolean {
  const text = writeScriptText(source);
  return scriptEnd(`${text}</script>`, 0, { strict: true }) === text.length;
}

const MARKS = /<!--|-->|<(\/?)script(?=[\t\n\f\r />])/gi;

const endsCell = (text: string, at: number): boolean => text[at + 8] !== '/' && !text.startsWith('\n  </script>', at + 8);

const endsWrittenCell = (text: string, at: number): boolean =>
  text.startsWith('\n  ', at - 3) && matchesAt(/>\n(?: {2}<script id="\d|<\/notebook>)/y, text, at + 8);

function matchesAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

function linesOf(text: string): string[] {
  return text.split(/\r\n?|\n/);
}
