// Who answers the tools that the model calls: the sandbox, others in its place, and whole MCP servers beside it.
import { parseToolConfig, type ToolConfig } from '../../env/live/toolConfig.ts';
import { serverAddresses } from '../../notebook/chatForm.ts';
import { BENCHMARK_TOOLS } from '../../notebook/toolChoices.ts';
import { type BenchmarkName, transportsOf } from '../../train/config.ts';
import { CassetteFields } from '../experiment/CassetteFields.tsx';
import { KeyField } from '../experiment/KeyField.tsx';
import { TextField } from '../experiment/TextField.tsx';
import { ToolRow } from '../experiment/ToolRow.tsx';
import { ToolTest } from '../experiment/ToolTest.tsx';
import '../styles/tools.css';
import { useChat, useChatActions, useChatStore } from './useChat.ts';

export function ChatTools({ fault }: { readonly fault: string | undefined }) {
  const { change } = useChatActions();
  const chat = useChatStore();
  const { spec, servers } = useChat((state) => state.form);
  const addresses = serverAddresses(servers);
  return (
    <details className="chat-tools">
      <summary>Who answers its tools</summary>
      <div className="tool-rows">
        {BENCHMARK_TOOLS[spec.benchmark].map((tool) => (
          <ToolRow
            key={`${spec.benchmark} ${tool.name}`}
            {...tool}
            benchmark={spec.benchmark}
            transports={transportsOf(spec.tools)}
            chooseTools={(tools) => change({ spec: { ...spec, tools: [...tools] } })}
          />
        ))}
      </div>
      <fieldset className="tool-session">
        <legend>Beside them</legend>
        <TextField
          label="MCP servers"
          hint="Addresses of servers over Streamable HTTP, parted by spaces: the model gets all of their tools under their own names."
          inputMode="url"
          placeholder="http://localhost:8000/mcp"
          value={servers}
          fault={fault}
          onChange={(typed) => change({ servers: typed })}
        />
        {addresses.map((address) => (
          <ServerKeyAndTest key={address} address={address} benchmark={spec.benchmark} named={addresses.length > 1} />
        ))}
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

interface ServerProps {
  readonly address: string;
  readonly benchmark: BenchmarkName;
  /** There are others beside it. */
  readonly named: boolean;
}

function ServerKeyAndTest({ address, benchmark, named }: ServerProps) {
  const configure = (): ToolConfig | null => {
    try {
      return parseToolConfig(`mcp:${address}`);
    } catch {
      return null; // said by the field
    }
  };
  return (
    <>
      {named && <code>{address}</code>}
      <KeyField url={address} />
      <ToolTest benchmark={benchmark} configure={configure} />
    </>
  );
}
