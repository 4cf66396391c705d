// Copies a text, and says so for a moment.
import { useEffect, useState } from 'react';

interface CopyButtonProps {
  readonly text: string;
  /** What is copied, for those who do not see where the button stands. */
  readonly what: string;
  readonly children?: string;
}

export function CopyButton({ text, what, children = 'copy' }: CopyButtonProps) {
  const [said, say] = useState<string | null>(null);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => say(null), 2000);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = (): void => {
    const { clipboard } = navigator as { clipboard?: Clipboard };
    const copying = clipboard ? clipboard.writeText(text) : Promise.reject(new Error('no clipboard'));
    copying.then(
      () => say('copied ✓'),
      () => say('the browser does not let this page copy'),
    );
  };
  return (
    <button type="button" className="quiet" onClick={copy}>
      <span aria-live="polite">{said ?? children}</span> <span className="unseen">{what}</span>
    </button>
  );
}
