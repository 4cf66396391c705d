// The outline where there is no room for it beside the text.
import { useRef } from 'react';
import { Outline } from './Outline.tsx';

export function ContentsMenu() {
  const menu = useRef<HTMLDetailsElement>(null);
  return (
    <details className="menu contents" ref={menu} name="head-menu">
      <summary>Contents</summary>
      <div className="menu-body">
        <Outline
          onGo={() => {
            if (menu.current) menu.current.open = false;
          }}
        />
      </div>
    </details>
  );
}
