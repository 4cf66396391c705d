// What the last play gave: its numbers, what was dropped and why, its file, and the command that plays it again.
import type { ChatState } from '../../notebook/chat.ts';
import { chatCommandOf, titleOf } from '../../notebook/chatForm.ts';
import { CopyButton } from '../comparison/CopyButton.tsx';
import { download } from '../download.ts';
import { count, percent } from '../format.ts';
import { useChat } from './useChat.ts';

type LastPlay = NonNullable<ChatState['played']>;

interface PlayedProps {
  /** What its file is called. */
  readonly file: string;
  readonly onShow: (played: LastPlay) => void;
}

export function Played({ file, onShow }: PlayedProps) {
  const played = useChat((state) => state.played);
  if (!played) return null;
  const { rollouts, correct, dropped, faults, planned, setup } = played;
  const open = planned - rollouts - dropped;
  const command = chatCommandOf(setup);
  return (
    <section className="chat-played" aria-label="What was played">
      <p>
        <b>{titleOf(setup)}</b>: {correct} of {count(rollouts, 'rollout')} right ({percent(correct / rollouts)}), {dropped} dropped
        {open > 0 && `; stopped, so that ${open} of ${planned} were not played and a group may lack some`}.
      </p>
      {faults.length > 0 && (
        <ul className="hint fault">
          {faults.map(([why, times]) => (
            <li key={why}>
              {count(times, 'rollout')} dropped: {why}
            </li>
          ))}
        </ul>
      )}
      <div className="buttons">
        <button type="button" onClick={() => onShow(played)}>
          Show them below
        </button>
        <button type="button" onClick={() => download(file, played.file)}>
          Save the rollouts
        </button>
        <CopyButton text={command} what="the command that plays it">
          copy the command
        </CopyButton>
      </div>
      <code>{command}</code>
    </section>
  );
}
