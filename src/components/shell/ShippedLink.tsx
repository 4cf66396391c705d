// A link to a notebook that ships. It opens the author's version even where the address names it already.
import type { ReactNode } from 'react';
import { useActions } from '../useNotebook.ts';

export function ShippedLink({ name, className, onOpen, children }: { name: string; className?: string; onOpen?: () => void; children: ReactNode }) {
  const actions = useActions();
  return (
    <a
      className={className}
      href={`#v=1&nb=${name}`}
      onClick={({ currentTarget }) => {
        onOpen?.();
        if (currentTarget.hash === location.hash) void actions.openShipped(name);
      }}
    >
      {children}
    </a>
  );
}
