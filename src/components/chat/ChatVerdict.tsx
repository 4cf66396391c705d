// What a test showed, or why there is nothing to show.
import type { ChatCheck } from '../../env/live/index.ts';
import { useChat } from './useChat.ts';

export function ChatVerdict() {
  const stage = useChat((state) => state.stage);
  return (
    <div className="chat-verdict" role="status">
      {stage.kind === 'failed' && <p className="hint fault">{stage.message}</p>}
      {stage.kind === 'tested' &&
        (stage.check.ok ? (
          <>
            <p className="hint">
              It answers. Asked “{stage.check.question}”, {didOf(stage.check)}
            </p>
            {stage.check.said !== '' && <blockquote>{cut(stage.check.said)}</blockquote>}
          </>
        ) : (
          <p className="hint fault">{stage.check.explanation}</p>
        ))}
    </div>
  );
}

function didOf({ action }: ChatCheck & { readonly ok: true }): string {
  switch (action.kind) {
    case 'call':
      return `it called ${action.tool} ${cut(JSON.stringify(action.arguments))}.`;
    case 'answer':
      return 'it called no tool and answered at once. Where no tool is called there is nothing to credit.';
    case 'malformed':
      return `it made a call that cannot be carried out: ${action.reason}.`;
    default:
      return action satisfies never;
  }
}

/** Characters of the model's words that are shown. */
const EXCERPT = 300;

function cut(text: string): string {
  return text.length > EXCERPT ? `${text.slice(0, EXCERPT)}…` : text;
}
