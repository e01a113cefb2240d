import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { switchesSchema } from '../../../../events/landed-cost.ts';
import { helpTexts } from '../../../../infra/cli/command-line/commands.ts';
import { buildProgram } from '../../../../infra/cli/program.ts';
import { FORMAT_NAMES } from '../../../../infra/cli/rules/convert/format-names.ts';
import { classificationPolicies } from '../../../../shared/duties/index.ts';
import { problemsOf } from '../../../../shared/duties/rules/rule-file.ts';
import { conditionsSchema, provenanceSchema, ruleSchema } from '../../../../shared/duties/rules/schema.ts';
import { defaultSwitches } from '../../../../shared/duties/switches.ts';

const page = readFileSync('docs/trade-rules.md', 'utf8');
const kinds = ruleSchema.options.map(({ shape }) => shape.kind.value);
/** The first cells of the table under a heading, without their marks. */
const firstCells = (heading: string) => {
  const section = page.split(/^## /m).find((text) => text.startsWith(heading)) ?? '';
  return [...section.matchAll(/^\| `([^`]+)`/gm)].map(([, cell]) => cell);
};

describe('the page on trade rules', () => {
  const sections = [...page.matchAll(/^### `([a-z-]+)`.*\n\n```json\n(.*)\n```$/gm)];

  test('describes each kind of row once, with an example', () => {
    expect(sections.map(([, kind]) => kind).toSorted()).toEqual(kinds.toSorted());
  });

  test.each(sections.map(([, kind = '', example = '']) => ({ kind, example })))(
    'has an example of $kind that is a valid rule',
    ({ kind, example }) => {
      const row: unknown = JSON.parse(example);
      expect(problemsOf(row)).toEqual([]);
      expect(row).toMatchObject({ kind });
    },
  );

  test('lists provenances, policies, switches and formats completely', () => {
    expect(firstCells('How far')).toEqual(provenanceSchema.options);
    expect(firstCells('Classification')).toEqual([...classificationPolicies]);
    expect(firstCells('Converting')).toEqual([...FORMAT_NAMES]);
    expect(firstCells('Switches')).toEqual(Object.keys(switchesSchema.shape));
  });

  test.each(Object.entries(defaultSwitches))('names the default of %s', (name, value) => {
    expect(page).toMatch(new RegExp(`^\\| \`${name}\` \\| [^|]*\`${value}\`[^|]* \\| \`${value}\` \\|`, 'm'));
  });

  test('names every condition and every option of the command', () => {
    const help = [...helpTexts(buildProgram())]
      .flatMap(([path, text]) => (/ (rules|tariff)/.test(path) ? [text] : []))
      .join();
    for (const name of Object.keys(conditionsSchema.shape)) expect(page).toContain(`\`${name}\``);
    for (const [, option] of page.matchAll(/(--[a-z]+(-[a-z]+)*)/g)) expect(help).toContain(option);
  });
});
