import { type Territory, territories } from '../../../shared/kernel/places/territories.ts';
import { lawOf } from './territory-law.ts';

const nameOf = new Intl.DisplayNames('en', { type: 'region' });

/** docs/territories.md: the whole table of territories, one section a country. */
export function territoriesPage(): string {
  const byParent = [...Map.groupBy(territories, ({ parent }) => parent)].toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  );
  return `${[HEAD, ...byParent.map(([parent, rows]) => sectionOf(parent, rows))].join('\n\n')}\n`;
}

const HEAD = `# Territories

This page lists the places whose customs or tax rules differ from those of the country under whose code their addresses are also written. It is written from \`shared/kernel/places/territories.ts\` by \`npm run pages\`.

A place is recognised by its own code, by its postal code, or by its region. It is refused by its name, or priced, in the same way under each of these. A quote names the field that shows the territory. An order checks its address again.

Postal codes are shown as regular expressions over the code without spaces and dashes. The sources were not read again by a lawyer; [known gaps](known-gaps.md) applies.`;

const NO_LAW = { customs: '', vat: '', source: '' };

function sectionOf(parent: string, rows: readonly Territory[]): string {
  return [
    `## ${nameOf.of(parent)} (${parent})`,
    '',
    '| place | own code | postal codes | regions | customs | VAT or sales tax | outcome | source |',
    '|---|---|---|---|---|---|---|---|',
    ...rows.map(rowOf),
  ].join('\n');
}

function rowOf(territory: Territory) {
  const { name, code = '', postalCodes, regions = [], pricedAs } = territory;
  const { customs, vat, source } = lawOf(territory) ?? NO_LAW;
  const codes = postalCodes === undefined ? '' : `\`${postalCodes.replaceAll('|', '\\|')}\``;
  const outcome = pricedAs === undefined ? 'refused' : `priced as ${pricedAs}`;
  return `| ${name} | ${code} | ${codes} | ${regions.join(', ')} | ${customs} | ${vat} | ${outcome} | ${source} |`;
}
