import { BadFile } from '../../../terminal/bad-file.ts';
import { AGREEMENT_COLUMNS, NATIONAL_COLUMNS } from './japanese-columns.ts';
import type { JapaneseLine } from './japanese-lines.ts';
import { narrow } from './japanese-rate.ts';

/** Cells before the rates: subheading, suffix, description. Cells after them: two units, other laws. */
const BEFORE = 3;
const AFTER = 3;
const TITLES = [...NATIONAL_COLUMNS, ...AGREEMENT_COLUMNS.map(({ title }) => title)];

interface Heading {
  readonly level: number;
  readonly number: string;
  readonly goods: string;
  readonly cells: Readonly<Record<string, string>>;
}

/**
 * Reads a page of the schedule as Japan Customs publishes it: a table with the id `datatable`, one row a heading or a
 * line. A row is below the nearest row before it that is less indented. Throws {@link BadFile} if the page has no such
 * table, or other columns than those that are known.
 */
export function readJapanesePage(name: string, html: string): JapaneseLine[] {
  const table = /<table[^>]*id="?datatable"?[^>]*>([\s\S]*?)<\/table>/i.exec(html)?.[1];
  if (table === undefined) throw new BadFile(`${name}: the page has no table "datatable"`);
  const lines: JapaneseLine[] = [];
  const above: Heading[] = [];
  for (const [, row = ''] of table.matchAll(/<tr[^>]*>([\s\S]*?)<\/tr>/gi)) {
    const cells = [...row.matchAll(/<td([^>]*)>([\s\S]*?)<\/td>/gi)].map(
      ([, attributes = '', text = '']) => ({
        attributes,
        text: textOf(text),
      }),
    );
    if (cells.length === 0) continue;
    if (cells.length !== BEFORE + TITLES.length + AFTER)
      throw new BadFile(
        `${name}: a row has ${cells.length} cells, and ${BEFORE + TITLES.length + AFTER} columns are known`,
      );
    const [number, suffix, goods, ...rates] = cells.map(({ text }) => text);
    const level = levelOf(cells[2]?.attributes ?? '', goods ?? '');
    while ((above.at(-1)?.level ?? -1) >= level) above.pop();
    const heading = {
      level,
      number: number === undefined || number === '' ? (above.at(-1)?.number ?? '') : number,
      goods: goods ?? '',
      cells: Object.fromEntries(TITLES.map((title, at) => [title, rates[at] ?? ''])),
    };
    above.push(heading);
    if (/^\d{3}$/.test(suffix ?? '')) lines.push(lineOf(heading.number, `${suffix}`, above));
  }
  return lines;
}

/** The indent of the description, and the dashes before it. */
function levelOf(attributes: string, goods: string): number {
  const [, em = '0'] = /padding-left\s*:\s*([\d.]+)\s*em/.exec(attributes) ?? [];
  return Math.trunc(Number(em)) + (/^−*/.exec(goods)?.[0].length ?? 0);
}

function lineOf(number: string, suffix: string, path: readonly Heading[]): JapaneseLine {
  const placeOf = (title: string) => path.findLastIndex(({ cells }) => narrow(cells[title] ?? '') !== '');
  const cellOf = (title: string) => path[placeOf(title)]?.cells[title] ?? '';
  return {
    code: `${number.replace(/\D/g, '')}${suffix}`,
    goods: path.map(({ goods }) => goods),
    general: cellOf('基本'),
    temporary: cellOf('暫定'),
    wto: cellOf('WTO協定'),
    isWtoFromAbove: placeOf('WTO協定') < Math.max(placeOf('基本'), placeOf('暫定')),
    agreements: Object.fromEntries(AGREEMENT_COLUMNS.map(({ title }) => [title, cellOf(title)])),
  };
}

const ENTITIES: Readonly<Record<string, string>> = { nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"' };

const textOf = (html: string): string =>
  html
    .replace(/<br[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, digits: string) => String.fromCodePoint(Number(digits)))
    .replace(/&(\w+);/g, (whole, entity: string) => ENTITIES[entity] ?? whole)
    .trim();
