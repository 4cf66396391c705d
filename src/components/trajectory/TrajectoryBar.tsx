// What tokens are tinted by, and which rollouts are shown in which order.
import { type ReactNode, useId } from 'react';
import { type RolloutFilter, reasonsOf, type Sort, toolsOf } from '../../notebook/rollouts/arrange.ts';
import { hasQuantity, QUANTITY_WORDS, type Quantity, quantitiesOf } from '../../notebook/rollouts/quantities.ts';
import type { TrainConfig } from '../../train/config.ts';
import type { GroupReport } from '../../train/report.ts';
import { count } from '../format.ts';

interface TrajectoryBarProps {
  readonly group: GroupReport;
  /** Without one there is nothing to be said of transfer. */
  readonly rule: TrainConfig['credit']['rule'];
  readonly quantity: Quantity;
  readonly filter: RolloutFilter;
  readonly sort: Sort;
  readonly shown: number;
  /** Steps that the filter asked for; null while it asks for none. */
  readonly matches: number | null;
  readonly onQuantity: (quantity: Quantity) => void;
  readonly onFilter: (change: Partial<RolloutFilter>) => void;
  readonly onSort: (sort: Sort) => void;
}

export function TrajectoryBar({ group, rule, quantity, filter, sort, shown, matches, onQuantity, onFilter, onSort }: TrajectoryBarProps) {
  return (
    <search className="trajectory-bar">
      <Labelled label="tint">
        {(id) => (
          <select id={id} value={quantity} onChange={(event) => onQuantity(event.target.value as Quantity)}>
            {quantitiesOf(rule).map((each) => (
              <option key={each} value={each} disabled={!hasQuantity(group, each)}>
                {QUANTITY_WORDS[each].label}
                {hasQuantity(group, each) ? '' : ' (not recorded)'}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <Labelled label="outcome">
        {(id) => (
          <select id={id} value={filter.outcome} onChange={(event) => onFilter({ outcome: event.target.value as RolloutFilter['outcome'] })}>
            <option value="">any</option>
            <option value="success">success</option>
            <option value="failure">failure</option>
            <option value="neutral">neither</option>
          </select>
        )}
      </Labelled>
      {rule === 'tapo' && (
        <Labelled label="reason">
          {(id) => (
            <select id={id} value={filter.reason} onChange={(event) => onFilter({ reason: event.target.value as RolloutFilter['reason'] })}>
              <option value="">any</option>
              {[...new Set([...reasonsOf(group), ...(filter.reason ? [filter.reason] : [])])].map((reason) => (
                <option key={reason} value={reason}>
                  {reason}
                </option>
              ))}
            </select>
          )}
        </Labelled>
      )}
      <Labelled label="tool">
        {(id) => (
          <select id={id} value={filter.tool} onChange={(event) => onFilter({ tool: event.target.value })}>
            <option value="">any</option>
            {[...new Set([...toolsOf(group), ...(filter.tool ? [filter.tool] : [])])].map((tool) => (
              <option key={tool} value={tool}>
                {tool}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <Labelled label="sort">
        {(id) => (
          <select id={id} value={sort} onChange={(event) => onSort(event.target.value as Sort)}>
            <option value="order">as rolled out</option>
            <option value="reward">reward</option>
            <option value="advantage">advantage</option>
            {rule === 'tapo' && <option value="corrected">most corrected</option>}
          </select>
        )}
      </Labelled>
      <Labelled label="search">
        {(id) => (
          <input id={id} type="search" value={filter.text} placeholder="in words and results" onChange={(event) => onFilter({ text: event.target.value })} />
        )}
      </Labelled>
      <p className="hint" role="status">
        {shown} of {count(group.rollouts.length, 'rollout')}
        {matches !== null && `, ${count(matches, 'matching step')}`}
      </p>
    </search>
  );
}

function Labelled({ label, children }: { readonly label: string; readonly children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <span className="bar-field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </span>
  );
}
