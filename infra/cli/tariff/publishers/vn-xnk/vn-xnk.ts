import type { PublishedRate, ScheduleHeader } from '../../../../../shared/duties/schedules/schedule.ts';
import type { Country } from '../../../../../shared/kernel/country.ts';
import { readTable } from '../../../files/read-table.ts';
import { BadFile } from '../../../terminal/bad-file.ts';
import { fileText } from '../../file-text.ts';
import { unreadable } from '../../rates/express-rate.ts';
import { goodsUnder } from '../goods-under.ts';
import type { PublishedFile, Publisher, ReadLines } from '../publisher.ts';

const AGREEMENTS = {
  acfta: { agreement: 'acfta', origins: ['CN'] },
  cptpp: { agreement: 'cptpp', origins: ['AU', 'BN', 'CA', 'CL', 'JP', 'MX', 'MY', 'NZ', 'PE', 'SG'] },
  evfta: {
    agreement: 'eu-vn-fta',
    origins: [
      ...(['AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU'] as const),
      ...(['IE', 'IT', 'LT', 'LU', 'LV', 'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK'] as const),
    ],
  },
  ukvfta: { agreement: 'gb-vn-fta', origins: ['GB'] },
} as const satisfies NonNullable<ScheduleHeader['agreements']>;

const COLUMNS = {
  code: ['Mã hàng', 'hs_code'],
  description: ['Mô tả hàng hóa - Tiếng Anh', 'description_en'],
  rate: ['NK ưu đãi', 'mfn_rate'],
  acfta: ['ACFTA'],
  cptpp: ['CPTPP'],
  evfta: ['EVFTA'],
  ukvfta: ['UKVFTA'],
} as const;

/**
 * The tariff of Viet Nam as the table "Biểu thuế xuất nhập khẩu" has it, which brokers keep from the decrees: its sheet
 * as CSV. Read are the preferential rate (NK ưu đãi), which is that for goods of members of the World Trade
 * Organization, and the rates of four agreements. Chapter 98 repeats goods for declared uses and is left out.
 */
export const vnXnk: Publisher = {
  name: 'vn-xnk',
  tariff: 'vn',
  title: 'Viet Nam, Biểu thuế xuất nhập khẩu: its sheet (CSV) with code, description, NK ưu đãi, agreements',
  header: {
    hs: 'HS2022',
    law: 'Decree 26/2023/ND-CP Annex II as amended by Decrees 144/2024, 73/2025 and 199/2025: preferential import duty',
    provenance: 'reported',
    confidence: 'medium',
    agreements: AGREEMENTS,
  },
  read: (files) => linesOf(files.flatMap(rowsOf)),
};

type Row = Readonly<Record<keyof typeof COLUMNS, string>>;

const rowsOf = (file: PublishedFile): Row[] =>
  readTable({ name: file.name, text: fileText(file) }, COLUMNS).map(({ cells, line }) => {
    const code = cells.code.replace(/\D/g, '');
    if (code.length % 2 === 1 && !code.startsWith(DECLARED_USES))
      throw new BadFile(`${file.name}:${line}: no code of the tariff: ${cells.code}`);
    return { ...cells, code };
  });

function linesOf(rows: readonly Row[]): ReadLines {
  const goods = goodsUnder(rows.map(({ code, description }) => ({ code, text: description })));
  const lines: ReadLines['lines'][number][] = [];
  const unparsed: ReadLines['unparsed'][number][] = [];
  for (const [at, row] of rows.entries()) {
    const { code, rate: text } = row;
    if (code.length !== LINE_DIGITS || code.startsWith(DECLARED_USES) || text === '') continue;
    const rate = PERCENTAGE.test(text) ? text : undefined;
    if (rate === undefined) unparsed.push({ code, text, reason: unreadable.words });
    lines.push({ code, goods: goods[at] ?? '', text: `${text}%`, rate, preferences: preferencesOf(row) });
  }
  return { lines, unparsed, read: rows.length };
}

const LINE_DIGITS = 8;
const DECLARED_USES = '98';
const PERCENTAGE = /^\d{1,3}(\.\d{1,4})?$/;

/** A rate, and countries of the agreement whose goods do not have it: `3,7`, `0 (-KH, ID)`. */
const EXCEPT = /^(\d{1,3}(?:[.,]\d{1,4})?)(?:\s*\((-[^)]*)\))?$/;

function preferencesOf(row: Row): Record<string, PublishedRate> {
  const keys = ['acfta', 'cptpp', 'evfta', 'ukvfta'] as const;
  const found = keys.flatMap((key): [string, PublishedRate][] => {
    const [, rate, except = ''] = EXCEPT.exec(row[key]) ?? [];
    if (rate === undefined || isExcepted(except, AGREEMENTS[key].origins)) return [];
    return [[key, { text: `${row[key]}%`, rate: rate.replace(',', '.') }]];
  });
  return Object.fromEntries(found);
}

/** Whether one of the countries is named; then the rate is given to none of them. */
const isExcepted = (except: string, origins: readonly Country[]): boolean =>
  origins.some((country) => except.split(/\W+/).includes(country));
