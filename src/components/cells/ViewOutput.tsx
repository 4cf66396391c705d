// The view that a cell opened: finds its runs, hands them over with what is looked at, and says when they are stale.
import { lazy, type ReactNode, Suspense } from 'react';
import type { View } from '../../notebook/cells/cellValue.ts';
import type { Cell } from '../../notebook/document/notebookDocument.ts';
import { Nearby } from './Nearby.tsx';
import { RunPanel } from './RunPanel.tsx';
import { RunsPanel } from './RunsPanel.tsx';

const Charts = lazy(() => import('../charts/Charts.tsx'));
const TrajectoriesView = lazy(() => import('../trajectory/TrajectoriesView.tsx').then(({ TrajectoriesView }) => ({ default: TrajectoriesView })));
const CreditView = lazy(() => import('../credit/CreditView.tsx').then(({ CreditView }) => ({ default: CreditView })));
const RulesCell = lazy(() => import('../rules/RulesCell.tsx'));
const QuestionCell = lazy(() => import('../question/QuestionCell.tsx'));
const ComparisonView = lazy(() => import('../comparison/ComparisonView.tsx').then(({ ComparisonView }) => ({ default: ComparisonView })));
const TruthPanel = lazy(() => import('../truth/TruthPanel.tsx'));
const ExperimentView = lazy(() => import('../experiment/ExperimentView.tsx'));
const TryItCell = lazy(() => import('../tryit/TryItCell.tsx'));
const AuditView = lazy(() => import('../audit/AuditView.tsx').then(({ AuditView }) => ({ default: AuditView })));
const RunLibraryCell = lazy(() => import('../library/RunLibraryCell.tsx'));

export function ViewOutput({ cell, view }: { readonly cell: Cell; readonly view: View }) {
  const shown = <Suspense fallback={<p className="loading view-coming">Loading the view…</p>}>{viewOf(cell, view)}</Suspense>;
  return view.kind === 'experiment' ? shown : <Nearby>{shown}</Nearby>; // the experiment decides what the bar drives
}

function viewOf(cell: Cell, view: View): ReactNode {
  switch (view.kind) {
    case 'experiment':
      return <ExperimentView cell={cell} runs={view.runs} />;
    case 'charts':
      return (
        <RunsPanel runs={view.runs}>
          {({ runs, selection, onSelect, toolFree }) => (
            <Charts runs={runs} selection={selection} onSelect={onSelect} toolFree={toolFree} {...(view.charts.length > 0 ? { charts: view.charts } : {})} />
          )}
        </RunsPanel>
      );
    case 'trajectories':
      return (
        <RunPanel cell={cell.id} reference={view.run}>
          {(panel) => <TrajectoriesView {...panel} />}
        </RunPanel>
      );
    case 'credit':
      return (
        <RunPanel cell={cell.id} reference={view.run} first={view.selection}>
          {(panel) => <CreditView {...panel} />}
        </RunPanel>
      );
    case 'rules':
      return (
        <RunPanel cell={cell.id} reference={view.run} first={view.selection}>
          {(panel) => <RulesCell {...panel} first={view.rules} />}
        </RunPanel>
      );
    case 'question':
      return (
        <RunPanel cell={cell.id} reference={view.run}>
          {(panel) => <QuestionCell {...panel} first={view.group} />}
        </RunPanel>
      );
    case 'truth':
      return <TruthPanel />;
    case 'comparison':
      return <RunsPanel runs={view.runs}>{({ runs }) => <ComparisonView runs={runs} />}</RunsPanel>;
    case 'try':
      return <TryItCell run={view.run} />;
    case 'audit':
      return <AuditView />;
    case 'library':
      return <RunLibraryCell />;
    default:
      return view satisfies never;
  }
}
