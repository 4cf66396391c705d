// A run in the library's table, and what unfolds under it: tags, note, command.
import { useId, useState } from 'react';
import type { RunRecord } from '../../notebook/runLibrary/runLibrary.ts';
import { changesOf, tagsFrom } from '../../notebook/runLibrary/shownRecords.ts';
import { commandOf } from '../../train/runKey.ts';
import { CopyButton } from '../comparison/CopyButton.tsx';
import { percent } from '../format.ts';
import { InPlace } from './InPlace.tsx';

export interface RecordIntents {
  readonly onOpen: (id: string) => void;
  readonly onRename: (id: string, name: string) => void;
  readonly onTag: (id: string, tags: readonly string[]) => void;
  readonly onNote: (id: string, note: string) => void;
  readonly onDelete: (ids: readonly string[]) => void;
  readonly onUndo: (ids: readonly string[]) => void;
}

interface RecordRowProps extends RecordIntents {
  readonly record: RunRecord;
  readonly chosen: boolean;
  readonly onChoose: (chosen: boolean) => void;
  readonly onFilter: (tag: string) => void;
}

/** Columns that a row has. */
export const ROW_COLUMNS = 8;

export function RecordRow({ record, chosen, onChoose, onFilter, ...intents }: RecordRowProps) {
  const [open, setOpen] = useState(false);
  const details = useId();
  const { id, name, tags, note, config, update, summary, machine, updated, deleted } = record;
  const changes = changesOf(record);
  return (
    <>
      <tr className={chosen ? 'chosen' : undefined}>
        <td className="library-box">
          {deleted === null && <input type="checkbox" aria-label={`Choose ${name}`} checked={chosen} onChange={(event) => onChoose(event.target.checked)} />}
        </td>
        <th scope="row" data-label="Name">
          {deleted === null ? <InPlace required value={name} label={`Name of ${name}`} onCommit={(text) => intents.onRename(id, text)} /> : name}
          {tags.length > 0 && (
            <span className="library-tags">
              {tags.map((tag) => (
                <button type="button" key={tag} className="library-tag" title={`show only runs with the tag ${tag}`} onClick={() => onFilter(tag)}>
                  {tag}
                </button>
              ))}
            </span>
          )}
          {note !== '' && !open && <span className="hint library-note">{note}</span>}
        </th>
        <td data-label="Changes">{changes.length === 0 ? <span className="hint">none: all defaults</span> : changes.join(', ')}</td>
        <td data-label="Update" className="number">
          {update} of {config.updates}
        </td>
        <td data-label="Validation" className="number">
          {summary.sampled === null ? <span className="hint">none yet</span> : percent(summary.sampled)}
          {summary.greedy !== null && <span className="hint">greedy {percent(summary.greedy)}</span>}
        </td>
        <td data-label="Machine">{machine}</td>
        <td data-label="Date" className="number">
          <time dateTime={new Date(updated).toISOString()}>{dated(updated)}</time>
        </td>
        <td className="library-row-actions">
          {deleted === null ? (
            <>
              <button type="button" aria-label={`Open ${name}`} onClick={() => intents.onOpen(id)}>
                Open
              </button>
              <button
                type="button"
                className="quiet"
                aria-expanded={open}
                aria-controls={details}
                aria-label={`${open ? 'less' : 'more'} about ${name}`}
                onClick={() => setOpen(!open)}
              >
                {open ? 'less' : 'more'}
              </button>
              <button type="button" className="quiet" aria-label={`delete ${name}`} onClick={() => intents.onDelete([id])}>
                delete
              </button>
            </>
          ) : (
            <button type="button" aria-label={`Bring ${name} back`} onClick={() => intents.onUndo([id])}>
              Bring back
            </button>
          )}
        </td>
      </tr>
      {open && deleted === null && (
        <tr className="library-details" id={details}>
          <td colSpan={ROW_COLUMNS}>
            <Details record={record} {...intents} />
          </td>
        </tr>
      )}
    </>
  );
}

function Details({ record: { id, name, tags, note, config, created, summary }, onTag, onNote }: { readonly record: RunRecord } & RecordIntents) {
  const command = commandOf(config);
  return (
    <dl>
      <div>
        <dt>Tags</dt>
        <dd>
          <InPlace
            value={tags.join(', ')}
            label={`Tags of ${name}, parted by commas`}
            placeholder="ablation, β"
            onCommit={(text) => onTag(id, tagsFrom(text))}
          />
        </dd>
      </div>
      <div>
        <dt>Note</dt>
        <dd>
          <InPlace value={note} lines={3} label={`Note on ${name}`} placeholder="What was this run for?" onCommit={(text) => onNote(id, text)} />
        </dd>
      </div>
      <div>
        <dt>Command</dt>
        <dd>
          <code>{command}</code> <CopyButton text={command} what={`the command of ${name}`} />
        </dd>
      </div>
      <div>
        <dt>Newest update</dt>
        <dd>
          {summary.accuracy === null ? 'no training accuracy yet' : `training accuracy ${percent(summary.accuracy)}`}
          {summary.actionRate === null ? '' : `, misassigned tool calls at τ = 0.7 ${percent(summary.actionRate)}`}; begun {dated(created)}
        </dd>
      </div>
    </dl>
  );
}

const DATE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** 3 Jan 2026, 14:05 */
function dated(time: number): string {
  return DATE.format(time);
}
