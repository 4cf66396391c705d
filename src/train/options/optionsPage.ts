// docs/options.md as text: every option of a run, group by group. A test holds the file against it.
import { EVIDENCE, type Evidence } from './evidence.ts';
import { ALL_OPTIONS, expectedOf, OPTION_GROUPS, type OptionDefinition, writtenValue } from './optionTable.ts';

export function optionsPage(): string {
  return [
    '# Options',
    '',
    'Everything that a run can be told: on the command line (`npx tapo train --theta 0.8`), in the form of the page, and in a configuration',
    '(`trainConfig({ credit: { theta: 0.8 } })`, `config.json`, `--config FILE`). One table feeds all three',
    '([`src/train/options/optionTable.ts`](../src/train/options/optionTable.ts)), and a test holds this page to it: `npx vitest run --project unit src/train/optionsPage.test.ts -u`',
    'writes it anew. A switch has two flags, `--clamp` and `--no-clamp`.',
    '',
    'The last column says how sure we are of option and default:',
    '',
    ...(Object.keys(EVIDENCE) as Evidence[]).map((tag) => `- **[${tag}]** ${EVIDENCE[tag].meaning}`),
    '',
    ...OPTION_GROUPS.flatMap((group) => [
      `## ${group}`,
      '',
      '| option | in a configuration | what it does | values | default | evidence |',
      '| --- | --- | --- | --- | --- | --- |',
      ...ALL_OPTIONS.filter((option) => option.group === group).map(row),
      '',
    ]),
  ].join('\n');
}

function row(option: OptionDefinition): string {
  const { label, flag, path, help, tag, source, none, initial, kind } = option;
  const flags = path === 'tools' ? '' : kind === 'switch' ? `\`--${flag}\` \`--no-${flag}\`` : `\`--${flag}\``;
  const by = none && initial === null ? ` (${none.meaning})` : '';
  const cells = [`${label} ${flags}`.trimEnd(), `\`${path}\``, help, valuesOf(option), `\`${writtenValue(option, initial)}\`${by}`, `**[${tag}]** ${source}`];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function valuesOf(option: OptionDefinition): string {
  const { choices, none, path } = option;
  if (path === 'tools') return 'a list of what [`train.tool({…})`](code-cells.md#tools-and-rewards-of-your-own) gives; no flag';
  if (!choices) return expectedOf(option);
  const named = Object.keys(choices).map((value) => (choices[value] === value ? `\`${value}\`` : `\`${value}\` ${choices[value]}`));
  return [...named, ...(none ? [`\`${none.word}\` ${none.meaning}`] : [])].join(' · ');
}
