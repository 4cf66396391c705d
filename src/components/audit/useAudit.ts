// Gives the audit's components its state, piece by piece, and its actions.
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { AuditState, AuditStore } from '../../notebook/audit.ts';

export const AuditContext = createContext<AuditStore | null>(null);

/** Part of the state; the component renders again only when that part changes. */
export function useAudit<T>(select: (state: AuditState) => T): T {
  return useStore(useAuditStore(), select);
}

export function useAuditActions(): AuditStore['actions'] {
  return useAuditStore().actions;
}

function useAuditStore(): AuditStore {
  const store = useContext(AuditContext);
  if (!store) throw new Error('useAudit: expected an AuditContext around this component');
  return store;
}
