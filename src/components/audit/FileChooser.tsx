// Where a file is dropped or chosen, and the sample for those who have none at hand.
import { type DragEvent, useRef, useState } from 'react';
import { useAudit, useAuditActions } from './useAudit.ts';
import { bytes } from './words.ts';

const SAMPLE = 'samples/rollouts.jsonl';

export function FileChooser() {
  const actions = useAuditActions();
  const file = useAudit((state) => state.file);
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (chosen: File | undefined): void => {
    if (chosen) void actions.open(chosen, chosen.name);
  };
  const drag = (isOver: boolean) => (event: DragEvent) => {
    event.preventDefault(); // else the browser leaves the page for the file
    setOver(isOver);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button does the same by keyboard
    <div
      className={`audit-drop ${over ? 'over' : ''}`}
      onDragEnter={drag(true)}
      onDragOver={drag(true)}
      onDragLeave={drag(false)}
      onDrop={(event) => {
        drag(false)(event);
        take(event.dataTransfer.files[0]);
      }}
    >
      <p>
        {file ? (
          <>
            <b>{file.title}</b>
            {file.bytes > 0 && `, ${bytes(file.bytes)}`}
          </>
        ) : (
          'Drop a file here: .jsonl, .jsonl.gz or .parquet'
        )}
      </p>
      <div className="buttons">
        <button type="button" className="primary" onClick={() => input.current?.click()}>
          {file ? 'Open another file…' : 'Open a file…'}
        </button>
        <button type="button" onClick={() => void actions.fetchAndOpen(new URL(SAMPLE, document.baseURI).href)}>
          Open the small sample file
        </button>
        {file && (
          <button type="button" onClick={() => actions.close()}>
            Close the file
          </button>
        )}
      </div>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="Rollout file"
        onChange={({ target }) => {
          take(target.files?.[0]);
          target.value = ''; // the same file can be chosen again
        }}
      />
    </div>
  );
}
