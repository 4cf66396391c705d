// Every option that the short form leaves out, group by group, each with its evidence.
import { DEFAULT_SPEC, differingOptions, OTHER_OPTIONS } from '../../notebook/form.ts';
import { EVIDENCE, type Evidence } from '../../train/options/evidence.ts';
import { OPTION_GROUPS } from '../../train/options/optionTable.ts';
import { EvidenceChip } from './EvidenceChip.tsx';
import { useExperiment } from './experimentContext.ts';
import { FullOptionField } from './OptionField.tsx';

export function AllOptions() {
  const spec = useExperiment().spec;
  const changed = differingOptions(spec, DEFAULT_SPEC).filter((option) => OTHER_OPTIONS.includes(option));
  return (
    <form className="card all-options" aria-label="All options" onSubmit={(event) => event.preventDefault()}>
      <details>
        <summary>
          <h2>All options</h2>{' '}
          <span className="hint">
            {changed.length === 0
              ? 'similarity, objective, sampling and the rest, all at their defaults'
              : `not at their defaults: ${changed.map(({ label }) => label).join(', ')}`}
          </span>
        </summary>
        <p className="hint">They take effect with the next run. The word beside an option says how sure we are of it and of its default:</p>
        <dl className="tags">
          {TAGS.map((tag) => (
            <div key={tag} className={tag}>
              <dt>
                <EvidenceChip tag={tag} />
              </dt>
              <dd>{EVIDENCE[tag].meaning}</dd>
            </div>
          ))}
        </dl>
        {OPTION_GROUPS.map((group) => (
          <fieldset key={group}>
            <legend>{group}</legend>
            <div className="option-grid">
              {OTHER_OPTIONS.filter((option) => option.group === group).map((option) => (
                <FullOptionField key={option.path} option={option} />
              ))}
            </div>
          </fieldset>
        ))}
      </details>
    </form>
  );
}

const TAGS = (Object.keys(EVIDENCE) as Evidence[]).filter((tag) => OTHER_OPTIONS.some((option) => option.tag === tag));
