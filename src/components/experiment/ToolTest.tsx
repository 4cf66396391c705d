// "Test with one call": asks an endpoint once, and shows what it found or why it failed.
import { useState } from 'react';
import type { ToolCheck, ToolConfig } from '../../env/live/index.ts';
import { BENCHMARK_TOOLS } from '../../notebook/toolChoices.ts';
import type { ToolKind } from '../../tapo/index.ts';
import type { BenchmarkName } from '../../train/config.ts';
import type { LiveSetup } from '../../workers/liveTools.ts';
import { useActions } from '../useNotebook.ts';

interface ToolTestProps {
  readonly benchmark: BenchmarkName;
  /** Of the tool. Default text. */
  readonly kind?: ToolKind;
  /** What is to be tested; null: it cannot be. */
  readonly configure: () => ToolConfig | null;
}

export function ToolTest({ benchmark, kind = 'text', configure }: ToolTestProps) {
  const actions = useActions();
  const query = kind === 'image' ? 'a grey square' : '“capital France”';
  const [check, setCheck] = useState<ToolCheck | 'asking' | null>(null);
  const test = async (): Promise<void> => {
    const config = configure();
    if (!config) return;
    setCheck('asking');
    setCheck(await checkOnce(config, benchmark, actions.liveSetup()).catch((error: Error): ToolCheck => ({ ok: false, explanation: error.message })));
  };
  return (
    <div className="tool-test">
      {/* the address keeps the focus: leaving it writes the code, which would move the button away under the press */}
      <button type="button" disabled={check === 'asking'} onMouseDown={(event) => event.preventDefault()} onClick={() => void test()}>
        Test with one call
      </button>
      <div role="status">
        {check === 'asking' ? <p className="hint">Asking for {query}…</p> : check?.ok ? <Found check={check} query={query} /> : null}
        {check !== null && check !== 'asking' && !check.ok && <p className="hint fault">{check.explanation}</p>}
      </div>
    </div>
  );
}

function Found({ check: { documents, tools }, query }: { readonly check: ToolCheck & { readonly ok: true }; readonly query: string }) {
  if (tools.length > 0) return <p className="hint">It answers. Its tools: {tools.join(', ')}.</p>;
  if (documents.length === 0) return <p className="hint">It answers, and found nothing for {query}.</p>;
  return (
    <>
      <p className="hint">It answers. Found for {query}:</p>
      <ol>
        {documents.map(({ title, text }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes
          <li key={i}>
            <b>{title}</b> <span className="hint">{text.length > EXCERPT ? `${text.slice(0, EXCERPT)}…` : text}</span>
          </li>
        ))}
      </ol>
    </>
  );
}

/** Characters of a document that are shown. */
const EXCERPT = 160;

/** The transports' code is loaded for this. */
async function checkOnce(config: ToolConfig, benchmark: BenchmarkName, setup: LiveSetup): Promise<ToolCheck> {
  const [{ checkTool }, { liveClientOf }] = await Promise.all([import('../../env/live/index.ts'), import('../../workers/liveTools.ts')]);
  const tools = BENCHMARK_TOOLS[benchmark].map(({ name, kind }) => ({
    name,
    kind,
    schema: { type: 'function', function: { name, description: '', parameters: {} } } as const,
    call: () => Promise.reject(new Error(`${name}: only its transport is asked here`)),
  }));
  return checkTool(config, { client: liveClientOf(setup), tools });
}
