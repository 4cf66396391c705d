// Light, dark, or as the system has it. What a link asks for counts until the reader chooses, and is not kept.
import { useEffect, useState } from 'react';
import { useActions, useNotebook } from '../useNotebook.ts';

type Theme = 'system' | 'light' | 'dark';

export function ThemeSwitch() {
  const actions = useActions();
  const linked = useNotebook((state) => state.linkedTheme);
  const [own, setOwn] = useState<Theme>(() => (localStorage.getItem('theme') as Theme | null) ?? 'system');
  const theme = linked ?? own;
  const choose = (chosen: Theme): void => {
    localStorage.setItem('theme', chosen);
    setOwn(chosen);
    actions.leaveLinkedTheme();
  };
  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const apply = (): void => {
      document.documentElement.dataset.theme = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
    };
    apply();
    dark.addEventListener('change', apply);
    return () => dark.removeEventListener('change', apply);
  }, [theme]);
  return (
    <label className="theme">
      Theme
      <select value={theme} onChange={(event) => choose(event.target.value as Theme)}>
        <option value="system">system</option>
        <option value="light">light</option>
        <option value="dark">dark</option>
      </select>
    </label>
  );
}
