// Who answers the tools that the model calls: the sandbox, others in its place, and whole MCP servers beside it.
import { useMemo } from 'react';
import { parseToolConfig, type ToolConfig } from '../../env/live/toolConfig.ts';
import { changeOption } from '../../notebook/form.ts';
import { BENCHMARK_TOOLS } from '../../notebook/toolChoices.ts';
import { CassetteFields } from '../experiment/CassetteFields.tsx';
import { type Experiment, ExperimentContext } from '../experiment/experimentContext.ts';
import { Field } from '../experiment/Field.tsx';
import { ToolRow } from '../experiment/ToolRow.tsx';
import { ToolTest } from '../experiment/ToolTest.tsx';
import '../styles/tools.css';
import { FieldFault } from './FieldFault.tsx';
import { useChat, useChatActions, useChatStore } from './useChat.ts';

export function ChatTools({ fault }: { readonly fault: string | undefined }) {
  const { change } = useChatActions();
  const chat = useChatStore();
  const { spec, servers } = useChat((state) => state.form);
  const experiment = useMemo(
    (): Experiment => ({
      spec,
      choose: (path, value) => change({ spec: changeOption(spec, path, value) }),
      chooseTools: (tools) => change({ spec: { ...spec, tools: [...tools] } }),
      fill: (whole) => change({ spec: whole }),
    }),
    [change, spec],
  );
  const [first, ...others] = servers.split(/\s+/).filter((address) => address !== '');
  const configure = (): ToolConfig | null => {
    try {
      return parseToolConfig(`mcp:${first}`);
    } catch {
      return null; // said by the field
    }
  };
  return (
    <details className="chat-tools">
      <summary>Who answers its tools</summary>
      <ExperimentContext value={experiment}>
        <div className="tool-rows">
          {BENCHMARK_TOOLS[spec.benchmark].map((tool) => (
            <ToolRow key={`${spec.benchmark} ${tool.name}`} {...tool} />
          ))}
        </div>
      </ExperimentContext>
      <fieldset className="tool-session">
        <legend>Beside them</legend>
        <Field label="MCP servers" hint="Addresses of servers over Streamable HTTP, parted by spaces: the model gets all of their tools under their own names.">
          {(props) => (
            <input
              {...props}
              type="text"
              inputMode="url"
              spellCheck={false}
              placeholder="http://localhost:8000/mcp"
              value={servers}
              aria-invalid={fault !== undefined}
              onChange={({ target }) => change({ servers: target.value })}
            />
          )}
        </Field>
        <FieldFault>{fault}</FieldFault>
        {first !== undefined && others.length === 0 && <ToolTest key={first} benchmark={spec.benchmark} configure={configure} />}
      </fieldset>
      <fieldset className="tool-session">
        <legend>For live tools</legend>
        <CassetteFields
          hint="It holds what live tools answered, not what the model said. It holds no key."
          next="the next play"
          recorded={async () => chat.getState().played?.cassette ?? ''}
        />
      </fieldset>
    </details>
  );
}
