// An audit of one's own rollout file: choose a file, see its rates, histograms and credit, save it corrected; or let another's model play. A file does not leave the page.
import { useEffect, useState } from 'react';
import { createAudit } from '../../notebook/audit.ts';
import { ChatSection } from '../chat/ChatSection.tsx';
import { AuditOptionsBar } from './AuditOptionsBar.tsx';
import { BadLines } from './BadLines.tsx';
import { FileChooser } from './FileChooser.tsx';
import { FormatHelp } from './FormatHelp.tsx';
import { GroupCredit } from './GroupCredit.tsx';
import { GroupList } from './GroupList.tsx';
import { Progress } from './Progress.tsx';
import { ReadingNote } from './ReadingNote.tsx';
import { Summary } from './Summary.tsx';
import { AuditContext, useAudit } from './useAudit.ts';
import '../styles/audit.css';

export function AuditView() {
  const [audit] = useState(() => createAudit());
  useEffect(() => () => audit.actions.close(), [audit]);
  return (
    <AuditContext value={audit}>
      <section className="card audit" aria-label="Your own rollouts">
        <h2>Your own rollouts</h2>
        <p className="hint">
          Drop a rollout file here and see which calls of failing rollouts a successful one made too, and what credit transfer would make of their penalty.{' '}
          <b>The file does not leave this page</b>: a worker in this browser reads it, and no server hears of it.
        </p>
        <FileChooser />
        <ChatSection />
        <Stage />
      </section>
    </AuditContext>
  );
}

function Stage() {
  const stage = useAudit((state) => state.stage);
  switch (stage.kind) {
    case 'empty':
      return <FormatHelp open={false} />;
    case 'working':
      return <Progress progress={stage.progress} />;
    case 'faulty':
      return <BadLines reading={stage.reading} />;
    case 'failed':
      return (
        <>
          <p className="audit-note bad" role="alert">
            {stage.message}
          </p>
          <FormatHelp open={true} />
        </>
      );
    case 'open':
      return (
        <>
          <ReadingNote reading={stage.reading} />
          <AuditOptionsBar summary={stage.summary} />
          <Summary summary={stage.summary} />
          <div className="audit-groups">
            <GroupList />
            <GroupCredit />
          </div>
        </>
      );
    default:
      return stage satisfies never;
  }
}
