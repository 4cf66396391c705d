// The editor of a cell's source, loaded with the first edit. Keys: Escape leaves, Shift+Enter leaves and goes on.
import { javascript } from '@codemirror/lang-javascript';
import { markdown } from '@codemirror/lang-markdown';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { basicSetup } from 'codemirror';
import { useEffect, useRef } from 'react';
import type { CellMode } from '../../notebook/document/notebookDocument.ts';

interface EditorProps {
  readonly source: string;
  readonly mode: CellMode;
  /** "Source of cell 3" */
  readonly label: string;
  readonly onChange: (source: string) => void;
  readonly onLeave: () => void;
}

export default function Editor({ source, mode, label, onChange, onLeave }: EditorProps) {
  const frame = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const intents = useRef({ onChange, onLeave });
  intents.current = { onChange, onLeave };

  // biome-ignore lint/correctness/useExhaustiveDependencies: later sources reach the same editor below
  useEffect(() => {
    if (!frame.current) return;
    const leave = (): boolean => {
      intents.current.onLeave();
      return true;
    };
    const editor = new EditorView({
      parent: frame.current,
      state: EditorState.create({
        doc: source,
        extensions: [
          keymap.of([
            { key: 'Escape', run: leave },
            { key: 'Shift-Enter', run: leave },
          ]),
          basicSetup,
          mode === 'md' ? markdown() : javascript(),
          syntaxHighlighting(HIGHLIGHT),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) intents.current.onChange(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    editor.focus();
    return () => editor.destroy();
  }, [mode, label]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const now = editor.state.doc.toString();
    if (now !== source) editor.dispatch({ changes: { from: 0, to: now.length, insert: source } }); // undone, or edited by the form
  }, [source]);

  return <div className="editor" ref={frame} />;
}

const HIGHLIGHT = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: 'var(--series-4)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--series-3)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--series-2)' },
  { tag: [tags.comment], color: 'var(--ink-soft)', fontStyle: 'italic' },
  { tag: [tags.propertyName, tags.function(tags.variableName)], color: 'var(--series-1)' },
  { tag: [tags.heading], fontWeight: '600' },
  { tag: [tags.emphasis], fontStyle: 'italic' },
  { tag: [tags.strong], fontWeight: '600' },
]);
