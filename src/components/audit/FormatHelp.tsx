// What a file may hold, with an example, for those whose file was not understood and for those who want to write one.
import { FORMATS } from '../../audit/formats/formats.ts';

const PAGE = new URL('../../../docs/rollouts.md', import.meta.url).href;

const EXAMPLE = `{"group": "q17", "rollout": "q17/0", "reward": 1, "correct": true,
 "steps": [{"tokens": 7, "tool": {"name": "search", "kind": "text",
                                  "arguments": {"query": "capital of Portugal"}}},
           {"tokens": 2, "text": "Lisbon"}]}
{"group": "q17", "rollout": "q17/1", "reward": 0, "correct": false,
 "steps": [{"tokens": 8, "tool": {"name": "search", "kind": "text",
                                  "arguments": {"query": "the capital of Portugal"}}},
           {"tokens": 2, "text": "Porto"}]}`;

export function FormatHelp({ open }: { readonly open: boolean }) {
  return (
    <div className="audit-help">
      <details open={open}>
        <summary>Files that are understood</summary>
        <p>JSON lines, plain or gzip’d, or Parquet: one rollout a line or row, up to 2 GB, a line up to 4 MB. In the form of</p>
        <ul>
          {FORMATS.map(({ name, title }) => (
            <li key={name}>{title}</li>
          ))}
        </ul>
        <p>
          The page says what it took a file for and what it took for granted. All fields are described in{' '}
          <a href={PAGE} target="_blank" rel="noreferrer">
            docs/rollouts.md
          </a>
          .
        </p>
      </details>
      <details>
        <summary>Show me an example</summary>
        <p>Two rollouts of one group, broken here for reading; a file has each on one line.</p>
        <pre>{EXAMPLE}</pre>
      </details>
    </div>
  );
}
