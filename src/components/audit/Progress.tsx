// How far reading and crediting a file is, and the button that ends it.
import type { AuditProgress } from '../../workers/audit.protocol.ts';
import { useAuditActions } from './useAudit.ts';
import { bytes, several, whole } from './words.ts';

export function Progress({ progress }: { readonly progress: AuditProgress | null }) {
  const actions = useAuditActions();
  const words = progress ? wordsOf(progress) : 'Opening…';
  return (
    <div className="audit-progress">
      <progress aria-label="Progress of the audit" {...(progress ? { value: progress.done, max: progress.total } : {})} />
      <span>{words}</span>
      <button type="button" onClick={() => actions.close()}>
        Stop
      </button>
    </div>
  );
}

function wordsOf(progress: AuditProgress): string {
  switch (progress.kind) {
    case 'reading':
      return progress.unit === 'bytes'
        ? `Reading: ${bytes(progress.done)} of ${bytes(progress.total)}, ${several(progress.lines, 'line')}`
        : `Reading: ${whole(progress.done)} of ${several(progress.total, 'row')}`;
    case 'crediting':
      return `Crediting: ${whole(progress.done)} of ${several(progress.total, 'group')}`;
    case 'writing':
      return `Writing: ${whole(progress.done)} of ${several(progress.total, 'rollout')}`;
    default:
      return progress satisfies never;
  }
}
