// For each tool of the benchmark who answers it, and for all of them the proxy and the cassette.
import { useState } from 'react';
import { BENCHMARK_TOOLS } from '../../notebook/toolChoices.ts';
import { transportsOf } from '../../train/config.ts';
import { useActions } from '../useNotebook.ts';
import { CassetteFields } from './CassetteFields.tsx';
import { useExperiment } from './experimentContext.ts';
import { Field } from './Field.tsx';
import { ToolRow } from './ToolRow.tsx';
import '../styles/tools.css';

export default function ToolsForm() {
  const { spec } = useExperiment();
  const actions = useActions();
  const [proxy, setProxy] = useState(() => actions.liveSetup().proxy !== null);
  const takeProxy = (on: boolean): void => {
    setProxy(on);
    actions.changeLiveSetup({ proxy: on ? new URL('/proxy', location.origin).href : null });
  };
  const servers = transportsOf(spec.tools).filter((text) => text.startsWith('mcp:'));
  return (
    <>
      <p className="hint">
        A tool keeps its name, its arguments and the form of its answers, whoever answers it. The addresses are part of the run and stand in the code; keys are
        not: they stay in this page’s memory until it is closed, and go to their own host alone.
      </p>
      <div className="tool-rows">
        {BENCHMARK_TOOLS[spec.benchmark].map((tool) => (
          <ToolRow key={tool.name} {...tool} />
        ))}
      </div>
      {servers.length > 0 && (
        <p className="hint">
          {servers.join(', ')}: a policy of ours has no words for a server’s own tools, so this run will call none of them. They serve another’s model, as npx
          tapo chat plays it.
        </p>
      )}
      <fieldset className="tool-session">
        <legend>For live tools</legend>
        <Field label="Through the proxy" hint="For hosts that send no CORS headers: npm start -- --proxy ORIGIN passes calls on.">
          {(props) => <input {...props} type="checkbox" checked={proxy} onChange={({ target }) => takeProxy(target.checked)} />}
        </Field>
        <CassetteFields />
      </fieldset>
    </>
  );
}
