// The correction formula with the numbers of one step under its symbols; every term can be pointed at.
import type { Term, TermValues } from '../../notebook/credit/terms.ts';
import { TERM_NAMES } from '../../notebook/credit/termWords.ts';
import type { TrainConfig } from '../../train/config.ts';
import type { StepReport } from '../../train/report.ts';
import { signed } from '../format.ts';
import { type Pointing, pointerProps } from './pointing.ts';
import { Tex } from './Tex.tsx';

interface FormulaProps {
  readonly step: StepReport;
  readonly values: TermValues;
  readonly credit: TrainConfig['credit'];
  readonly pointing: Pointing;
}

export default function Formula({ step, values, credit, pointing }: FormulaProps) {
  const applied = step.reason === 'transferred';
  const term = (name: Term, tex: string, value: string) => <FormulaTerm term={name} tex={tex} value={value} pointing={pointing} />;
  return (
    <>
      <div className="formula-line">
        {term('corrected', '\\tilde{A}', signed(values.corrected))}
        <Operator tex="=" text="=" />
        {credit.clamp && term('clamp', '\\min(0,', 'min(0,')}
        {term('advantage', 'A', signed(values.advantage))}
        <span className={applied ? 'formula-added' : 'formula-added idle'}>
          <Operator tex="+" text="+" />
          {term('beta', '\\beta', credit.beta.toFixed(2))}
          <Operator tex="\cdot" text="·" />
          <span className="formula-transfer">
            <span className="formula-factors">
              {term('similarity', '\\mathrm{sim}(O,C^{*})', number(values.similarity))}
              <Operator tex="\cdot" text="·" />
              {term('support', '\\mathrm{sup}(C^{*})', number(values.support))}
              <Operator tex="\cdot" text="·" />
              {term('clusterAdvantage', '\\mathrm{Adv}(C^{*})', number(values.clusterAdvantage))}
            </span>
            <FormulaTerm term="transfer" tex="F" value={number(values.transfer)} pointing={pointing} inline />
          </span>
        </span>
        {credit.clamp && <Operator tex=")" text=")" />}
      </div>
      <ul className="gates" aria-label="Conditions">
        <Gate met={values.similarity === null ? null : values.similarity >= credit.theta}>
          <FormulaTerm term="similarity" tex="\mathrm{sim}" value={number(values.similarity)} pointing={pointing} inline />
          <Operator tex="\ge" text="" />
          <FormulaTerm term="theta" tex="\theta" value={credit.theta.toFixed(2)} pointing={pointing} inline />
        </Gate>
        <Gate met={values.confidence === null ? null : values.confidence >= credit.alphaMin}>
          <FormulaTerm term="confidence" tex="\mathrm{sim}\cdot\mathrm{sup}" value={number(values.confidence)} pointing={pointing} inline />
          <Operator tex="\ge" text="" />
          <FormulaTerm term="alphaMin" tex="\alpha_{\min}" value={credit.alphaMin.toFixed(2)} pointing={pointing} inline />
        </Gate>
        {credit.minSuccess > 1 && (
          <Gate met={values.successes >= credit.minSuccess}>
            <FormulaTerm term="minSuccess" tex="\text{successes}" value={`${values.successes} of ${credit.minSuccess} needed`} pointing={pointing} inline />
          </Gate>
        )}
        {!applied && <li className="not-applied">nothing is added</li>}
      </ul>
    </>
  );
}

interface FormulaTermProps {
  readonly term: Term;
  readonly tex: string;
  readonly value: string;
  readonly pointing: Pointing;
  /** Symbol and number beside each other instead of one above the other. */
  readonly inline?: boolean;
}

function FormulaTerm({ term, tex, value, pointing, inline = false }: FormulaTermProps) {
  return (
    <button type="button" className={`term ${inline ? 'inline' : ''}`} data-term={term} {...pointerProps({ kind: 'term', term }, pointing)}>
      <span className="unseen">{TERM_NAMES[term]} </span>
      <Tex tex={tex} />
      <span className="term-value">
        {inline && '= '}
        {value}
      </span>
    </button>
  );
}

function Operator({ tex, text }: { readonly tex: string; readonly text: string }) {
  return (
    <span className="operator" aria-hidden="true">
      <Tex tex={tex} />
      {text && <span className="term-value">{text}</span>}
    </span>
  );
}

/** `met` null: the step is no candidate, so nothing is asked. */
function Gate({ met, children }: { readonly met: boolean | null; readonly children: React.ReactNode }) {
  return (
    <li className={`gate ${met === null ? 'idle' : met ? 'met' : 'failed'}`}>
      {children}
      <span className="gate-mark">
        {met === null ? '' : met ? '✓' : '✗'}
        <span className="unseen">{met === null ? 'not asked' : met ? 'met' : 'not met'}</span>
      </span>
    </li>
  );
}

function number(value: number | null): string {
  return value === null ? '–' : value.toFixed(2).replace('-', '−');
}
