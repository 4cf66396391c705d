import { expect, it } from 'vitest';
import { optionsPage } from './optionsPage.ts';
import { OPTIONS } from './optionTable.ts';

it('docs/options.md is what the option table says', async () => {
  await expect(optionsPage()).toMatchFileSnapshot('../../../docs/options.md');
});

it('optionsPage() has a row for every option, with its tag', () => {
  const rows = optionsPage().split('\n');
  for (const { flag, path, tag } of OPTIONS) {
    const own = rows.filter((row) => row.includes(`\`--${flag}\``) && row.includes(`| \`${path}\` |`));
    expect(own).toEqual([expect.stringContaining(`**[${tag}]**`)]);
  }
});
