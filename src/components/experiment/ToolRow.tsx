// One tool: who answers it, where, with which key, and whether that works.
import { useState } from 'react';
import { parseToolConfig, type ToolConfig } from '../../env/live/toolConfig.ts';
import { choiceOf, type ToolChoice, type Transport, textOf, transportsFor, withTool } from '../../notebook/toolChoices.ts';
import type { ToolKind } from '../../tapo/index.ts';
import type { BenchmarkName } from '../../train/config.ts';
import { Choice, type Choices, Field } from './Field.tsx';
import { KeyField } from './KeyField.tsx';
import { TextField } from './TextField.tsx';
import { ToolTest } from './ToolTest.tsx';

interface ToolRowProps {
  readonly benchmark: BenchmarkName;
  readonly name: string;
  readonly kind: ToolKind;
  /** Of the run: who answers its tools, as texts of `--tool`. */
  readonly transports: readonly string[];
  readonly chooseTools: (tools: readonly string[]) => void;
}

export function ToolRow({ benchmark, name, kind, transports, chooseTools }: ToolRowProps) {
  const [draft, setDraft] = useState<ToolChoice | null>(null); // what is being filled in
  const [fault, setFault] = useState<string | null>(null);
  const written = choiceOf(transports, name);
  const writtenText = textOf(name, written);
  const [seen, setSeen] = useState(writtenText);
  if (seen !== writtenText) {
    setSeen(writtenText);
    setDraft(null); // the code has it, or says otherwise by now
  }
  const choice = draft ?? written;
  const { transport, rest } = choice;

  /** Takes a choice into the code. Gives its configuration; null where there is none, or a fault, which is then shown. */
  const take = (chosen: ToolChoice): ToolConfig | null => {
    const text = textOf(name, chosen);
    try {
      const config = text === null ? null : parseToolConfig(text);
      if (text !== writtenText) chooseTools(withTool(transports, name, text));
      setDraft(chosen); // until the cell is evaluated
      setFault(null);
      return config;
    } catch (error) {
      setFault((error as Error).message);
      return null;
    }
  };
  const takeTransport = (chosen: Transport): void => {
    setFault(null);
    if (chosen === 'sandbox') take({ transport: chosen, rest: '' });
    else if (chosen === 'stochastic') take({ transport: chosen, rest: '0.2' });
    else setDraft({ transport: chosen, rest: '' });
  };
  const choices: Choices<Transport> = transportsFor(kind).map((each) => [each, LABELS[each]]);
  return (
    <fieldset className="tool-row">
      <legend>{name}</legend>
      <Field
        label="Answered by"
        hint={transport === 'sandbox' && choices.length === 1 ? 'It has no other transport.' : (kind === 'image' && IMAGE_HINTS[transport]) || HINTS[transport]}
      >
        {(props) => <Choice {...props} value={transport} choices={choices} onChange={takeTransport} />}
      </Field>
      {transport !== 'sandbox' && (
        <TextField
          label={transport === 'stochastic' ? 'Rate' : 'Address'}
          inputMode={transport === 'stochastic' ? 'decimal' : 'url'}
          placeholder={PLACEHOLDERS[transport]}
          value={rest}
          fault={fault ?? undefined}
          onChange={(typed) => setDraft({ transport, rest: typed })}
          onBlur={() => draft && draft.rest !== '' && take(draft)}
        />
      )}
      {transport !== 'sandbox' && transport !== 'stochastic' && (
        <>
          <KeyField key={rest} url={rest} />
          <ToolTest key={`${transport} ${rest.trim()}`} benchmark={benchmark} kind={kind} configure={() => take(choice)} />
        </>
      )}
    </fieldset>
  );
}

const LABELS: Readonly<Record<Transport, string>> = {
  sandbox: 'sandbox',
  'search-r1': 'Search-R1',
  mediawiki: 'MediaWiki',
  searxng: 'SearXNG',
  mcp: 'MCP',
  stochastic: 'stochastic',
};

const HINTS: Readonly<Record<Transport, string>> = {
  sandbox: '',
  'search-r1': 'A retriever with POST /retrieve. It sends no CORS headers by itself.',
  mediawiki: 'Any wiki of this software. ADDRESS#extracts gives the beginnings of pages in place of snippets, where the wiki can.',
  searxng: 'An instance with JSON among its formats.',
  mcp: 'A tool of a server over Streamable HTTP: ADDRESS#TOOL, or ADDRESS#TOOL(ARGUMENT).',
  stochastic: 'The sandbox’s tool, which at this rate puts another title first.',
};

/** Where it is another thing for an image search. */
const IMAGE_HINTS: Partial<Record<Transport, string>> = {
  mediawiki: 'Any wiki of this software: its files that are the very picture which the policy saw last, byte for byte as PNG.',
  mcp: 'A tool that takes a picture as Base64 text and gives a title a line: ADDRESS#TOOL, or ADDRESS#TOOL(ARGUMENT).',
};

const PLACEHOLDERS: Readonly<Record<Exclude<Transport, 'sandbox'>, string>> = {
  'search-r1': 'http://localhost:8000',
  mediawiki: 'https://en.wikipedia.org',
  searxng: 'https://search.example.org',
  mcp: 'http://localhost:8000/mcp#search',
  stochastic: '0.2',
};
