// Saves the notebook: its source, its outputs beside it, or as a Jupyter notebook; and links to it.
import { useRef } from 'react';
import { download } from '../download.ts';
import { useActions, useNotebook } from '../useNotebook.ts';

export function ExportMenu() {
  const actions = useActions();
  const menu = useRef<HTMLDetailsElement>(null);
  const title = useNotebook(({ open }) => open?.log.state.document.title ?? 'notebook');
  const name =
    title
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '') || 'notebook';
  const item = (label: string, hint: string, act: () => void) => (
    <li>
      <button
        type="button"
        className="link"
        onClick={() => {
          if (menu.current) menu.current.open = false;
          act();
        }}
      >
        {label}
      </button>{' '}
      <span className="hint">{hint}</span>
    </li>
  );
  return (
    <details className="menu" ref={menu} name="head-menu">
      <summary>Save, share</summary>
      <ul className="menu-body notebook-list">
        {item('Notebook (.html)', 'opens here and in Notebook Kit', () => download(`${name}.html`, new Blob([actions.file()], { type: 'text/html' })))}
        {item('Outputs (.zip)', 'metrics, rollouts and policies of its runs', () => void actions.outputs().then((zip) => download(`${name}.outputs.zip`, zip)))}
        {item(
          'Jupyter notebook (.ipynb)',
          'text and code',
          () => void actions.ipynb().then((text) => download(`${name}.ipynb`, new Blob([text], { type: 'application/json' }))),
        )}
        {item('Copy a link to what I see', 'notebook, place and selection', () => void actions.copyLink({}))}
        {item('Copy a lesson link', 'the same with the controls locked', () => void actions.copyLink({ lock: ['bar', 'cells'] }))}
      </ul>
    </details>
  );
}
