// For each tool of the benchmark who answers it, and for all of them the proxy and the cassette.
import { BENCHMARK_TOOLS } from '../../notebook/toolChoices.ts';
import { transportsOf } from '../../train/config.ts';
import { useActions } from '../useNotebook.ts';
import { CassetteFields } from './CassetteFields.tsx';
import { useExperiment } from './experimentContext.ts';
import { ProxyField } from './ProxyField.tsx';
import { ToolRow } from './ToolRow.tsx';
import '../styles/tools.css';

export default function ToolsForm() {
  const {
    spec: { benchmark, tools },
    chooseTools,
  } = useExperiment();
  const actions = useActions();
  const transports = transportsOf(tools);
  const servers = transports.filter((text) => text.startsWith('mcp:'));
  return (
    <>
      <p className="hint">
        A tool keeps its name, its arguments and the form of its answers, whoever answers it. The addresses are part of the run and stand in the code; keys are
        not: they stay in this page’s memory until it is closed, and go to their own host alone.
      </p>
      <div className="tool-rows">
        {BENCHMARK_TOOLS[benchmark].map((tool) => (
          <ToolRow key={tool.name} {...tool} benchmark={benchmark} transports={transports} chooseTools={chooseTools} />
        ))}
      </div>
      {servers.length > 0 && (
        <p className="hint">
          {servers.join(', ')}: a policy of ours has no words for a server’s own tools, so this run will call none of them. They serve another’s model.
        </p>
      )}
      <fieldset className="tool-session">
        <legend>For live tools</legend>
        <ProxyField />
        <CassetteFields
          hint="It holds the live calls of a run, so that the run can be made again without the network. It holds no key."
          next="the next run that begins or goes on"
          recorded={actions.cassette}
        />
      </fieldset>
    </>
  );
}
