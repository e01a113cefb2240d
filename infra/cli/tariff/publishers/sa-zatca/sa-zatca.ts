import type { PublishedRate, ScheduleLine } from '../../../../../shared/duties/schedules/schedule.ts';
import type { CalendarDate } from '../../../../../shared/kernel/time.ts';
import { BadFile } from '../../../terminal/bad-file.ts';
import { plain, unreadable } from '../../rates/express-rate.ts';
import { readTableFile } from '../../read-table-file.ts';
import { goodsUnder } from '../goods-under.ts';
import type { PublishedFile, Publisher, ReadLines, Unparsed } from '../publisher.ts';

const COLUMNS = {
  code: ['رمز النظام المنسق Harmonized Code', 'Harmonized Code'],
  goods: ['الصنف باللغة الانجليزية Item English Name', 'Item English Name'],
  rate: ['فئة الرسم باللغة الانجليزية English Duty Rate', 'English Duty Rate'],
  from: ['التاريخ Date', 'Date'],
} as const;

/**
 * The integrated tariff of Saudi Arabia as the Zakat, Tax and Customs Authority gives it: a workbook with a row for
 * each heading and each line of twelve digits. Products have codes of eight to ten digits: a line of an edition is
 * that of the common tariff, eight digits, or of ten where the lines under it have several rates.
 */
export const saZatca: Publisher = {
  name: 'sa-zatca',
  tariff: 'sa',
  title:
    'Zakat, Tax and Customs Authority of Saudi Arabia, integrated tariff (التعرفة الجمركية المتكاملة), XLSX or CSV',
  header: {
    hs: 'HS2022',
    law: 'Common Customs Law of the GCC states (Royal Decree M/41); Cabinet Decision 559 of 2020 and its amendments',
    provenance: 'published',
    confidence: 'high',
  },
  read: (files, on) => linesOf(files.flatMap(rowsOf), on),
};

interface Row extends PublishedRate {
  readonly code: string;
  readonly goods: string;
  /** The first day of its rate; empty where none is given. */
  readonly from: string;
}

const DIGITS = 12;
const COMMON = 8;
const LONGEST = 10;

function rowsOf(file: PublishedFile): Row[] {
  const rows = readTableFile(file, COLUMNS).filter(({ cells }) => cells.code.length === DIGITS);
  const goods = goodsUnder(rows.map(({ cells }) => ({ code: cells.code, text: cells.goods })));
  return rows.map(({ cells, line }, at): Row => {
    if (!/^\d+$/.test(cells.code))
      throw new BadFile(`${file.name}:${line}: no code of the tariff: ${cells.code}`);
    const { code, rate: text } = cells;
    return { code, goods: goods[at] ?? '', text, rate: rateOf(text), from: dayOf(cells.from) };
  });
}

/** `5 %`, `6.5 %`, or `Exempted`. */
function rateOf(text: string): string | undefined {
  if (text === 'Exempted') return '0';
  const [, percent] = /^(\d{1,3}(?:\.\d{1,2})?) ?%$/.exec(text) ?? [];
  return percent === undefined ? undefined : plain(percent);
}

/** `11/27/2025 12:00:00 AM` is 2025-11-27. */
function dayOf(text: string): string {
  const [, month = '', day = '', year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})\b/.exec(text) ?? [];
  return year === undefined ? '' : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function linesOf(rows: readonly Row[], on: CalendarDate): ReadLines {
  const rated = rows.filter(({ text }) => text !== '');
  const headings = new Map(rows.map(({ code, goods }) => [code, goods]));
  const unparsed: Unparsed[] = [];
  const lineOf = (code: string, own: readonly Row[]): ScheduleLine => {
    const [first] = own;
    const goods = own.length === 1 ? first?.goods : headings.get(code.padEnd(DIGITS, '0'));
    const { reason, ...rate } = rateOfAll(own, on);
    if (reason !== undefined) unparsed.push({ code, text: rate.text, reason });
    return { code, goods: goods ?? first?.goods ?? '', ...rate };
  };
  const lines = [...Map.groupBy(rated, ({ code }) => code.slice(0, COMMON))].flatMap(([common, own]) =>
    ratesOf(own).size < 2
      ? [lineOf(common, own)]
      : [...Map.groupBy(own, ({ code }) => code.slice(0, LONGEST))].map(([code, part]) => lineOf(code, part)),
  );
  return { lines, unparsed, read: rows.length };
}

const NO_IMPORT = 'Prohibited from Importing';

const ratesOf = (rows: readonly Row[]): ReadonlySet<string> =>
  new Set(rows.filter(({ text }) => text !== NO_IMPORT).map(({ text }) => text));

/** The one rate of rows. Goods that may not be imported bear no duty, so the others of the line decide. */
function rateOfAll(rows: readonly Row[], on: CalendarDate): PublishedRate & { readonly reason?: string } {
  const text = [...new Set(rows.map((row) => row.text))].join(' | ');
  const [one, another] = ratesOf(rows);
  const rate = rows.find((row) => row.text === one)?.rate;
  if (one === undefined) return { text, rate: undefined, reason: 'goods that may not be imported' };
  if (another !== undefined) return { text, rate: undefined, reason: 'several rates under ten digits' };
  if (rate === undefined) return { text, rate, reason: unreadable.words };
  return rows.some(({ from }) => from > on)
    ? { text, rate: undefined, reason: 'a rate of a later day than the edition' }
    : { text, rate };
}
