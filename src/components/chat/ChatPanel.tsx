// Another's model at the benchmark's questions: the form, what is under way, and what was played, which the audit around it then opens.
import { useCallback, useEffect, useState } from 'react';
import type { ChatState } from '../../notebook/chat.ts';
import { type ChatFaults, readChatForm, titleOf } from '../../notebook/chatForm.ts';
import { useAuditActions } from '../audit/useAudit.ts';
import { useActions } from '../useNotebook.ts';
import '../styles/chat.css';
import { ChatFields } from './ChatFields.tsx';
import { ChatProgressLine } from './ChatProgressLine.tsx';
import { ChatTools } from './ChatTools.tsx';
import { ChatVerdict } from './ChatVerdict.tsx';
import { Played } from './Played.tsx';
import { useBusy, useChat, useChatActions, useChatStore } from './useChat.ts';

export default function ChatPanel() {
  const { liveSetup } = useActions();
  const chat = useChatStore();
  const actions = useChatActions();
  const audit = useAuditActions();
  const busy = useBusy();
  const form = useChat((state) => state.form);
  const [told, tell] = useState(false); // nobody is told of what was not asked for
  const read = readChatForm(form);
  const faults: ChatFaults = told && read.kind === 'faults' ? read.faults : {};
  const show = useCallback(({ file, setup }: NonNullable<ChatState['played']>): void => void audit.open(file, FILE, titleOf(setup)), [audit]);
  useEffect(() => chat.subscribe(({ played }, before) => played && played !== before.played && show(played)), [chat, show]);
  const start = (work: typeof actions.test): void => {
    tell(true);
    if (read.kind === 'setup') void work(read.setup, liveSetup());
  };
  return (
    <form aria-label="Another’s model" onSubmit={(event) => event.preventDefault()}>
      <p className="hint">
        A model behind an OpenAI-compatible endpoint plays the benchmark’s questions by its tool calls. Its rollouts are credited and shown below like those of
        a file; it is not trained. Questions, pictures and what tools answered go to the address that you give.
      </p>
      <fieldset className="plain chat-form" disabled={busy}>
        <ChatFields faults={faults} />
        <ChatTools fault={faults.servers} />
      </fieldset>
      <div className="buttons">
        <button type="button" disabled={busy} onClick={() => start(actions.test)}>
          Test with one call
        </button>
        <button type="button" className="primary" disabled={busy} onClick={() => start(actions.play)}>
          Play {form.spec.prompts * form.spec.groupSize} rollouts
        </button>
        <span className="hint">Each is up to seven calls of the model.</span>
      </div>
      <ChatProgressLine />
      <ChatVerdict />
      <Played file={FILE} onShow={show} />
    </form>
  );
}

/** As `tapo chat` names it. */
const FILE = 'chat-rollouts.jsonl';
