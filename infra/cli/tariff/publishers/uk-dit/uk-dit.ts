import type { ScheduleLine } from '../../../../../shared/duties/schedules/schedule.ts';
import type { Currency } from '../../../../../shared/kernel/currency.ts';
import { readTable } from '../../../files/read-table.ts';
import { fileText } from '../../file-text.ts';
import { isUnreadable, unreadable } from '../../rates/express-rate.ts';
import { splitSeasons } from '../../rates/seasons.ts';
import { readDutyExpression } from '../../rates/taric-duty.ts';
import { goodsText } from '../goods-text.ts';
import type { Publisher, ReadLines, Unparsed } from '../publisher.ts';

const COLUMNS = {
  code: ['commodity', 'Commodity code'],
  goods: ['description', 'Product description'],
  cet: ['cet_duty_rate', 'CET duty rate'],
  ukgt: ['ukgt_duty_rate', 'UKGT duty rate'],
} as const;

const ADDRESS =
  'CSV of the Department for International Trade, rates of Great Britain and the Union side by side, December 2020';

/** The UK Global Tariff, from the table that the Department for International Trade published beside the Union's. */
export const ukDitUkgt: Publisher = {
  name: 'uk-dit-ukgt',
  tariff: 'gb',
  title: `UK Global Tariff: ${ADDRESS}`,
  header: {
    hs: 'HS2017',
    law: 'UK Global Tariff, Customs Tariff (Establishment) (EU Exit) Regulations 2020',
    provenance: 'published',
    confidence: 'medium',
  },
  read: (files) => read(files, 'ukgt', 'GBP'),
};

/** The Common Customs Tariff of the Union, from the same table. */
export const euDitCet: Publisher = {
  name: 'eu-dit-cet',
  tariff: 'eu',
  title: `Common Customs Tariff of the Union: ${ADDRESS}`,
  header: {
    hs: 'HS2017',
    law: 'Common Customs Tariff, Reg. (EEC) 2658/87 Annex I, third-country duty',
    provenance: 'published',
    confidence: 'medium',
  },
  read: (files) => read(files, 'cet', 'EUR'),
};

function read(
  files: Parameters<Publisher['read']>[0],
  column: 'cet' | 'ukgt',
  currency: Currency,
): ReadLines {
  const rows = files
    .flatMap((file) => readTable({ name: file.name, text: fileText(file) }, COLUMNS))
    .map(({ cells }) => ({ code: codeOf(cells.code), goods: cells.goods, text: cells[column] }));
  const ofEight = new Set(rows.flatMap(({ code }) => (code.length === 8 ? [code] : [])));
  const lines: ScheduleLine[] = [];
  const unparsed: Unparsed[] = [];
  for (const { code, goods, text } of rows) {
    // Under a line of eight digits a longer code names goods of a suspension or of another measure of their own. All
    // other goods of the line bear its rate, which is the duty without such measures.
    if (code.length > 8 && ofEight.has(code.slice(0, 8))) continue;
    const own = linesOf({ code, goods: goodsText([goods.replace(/\s+/g, ' ').trim()]), text }, currency);
    lines.push(...own.lines);
    if (own.reason !== undefined) unparsed.push({ code, text, reason: own.reason });
  }
  return { lines, unparsed, read: rows.length };
}

/** The first zero of a code is lost in the table: codes have eight or ten digits. */
const codeOf = (code: string) => code.padStart(code.length > 8 ? 10 : 8, '0');

interface Given {
  readonly code: string;
  readonly goods: string;
  readonly text: string;
}

function linesOf(
  { code, goods, text }: Given,
  currency: Currency,
): { readonly lines: ScheduleLine[]; readonly reason?: string } {
  const seasons = splitSeasons(text);
  if (seasons === undefined)
    return { lines: [{ code, goods, text, rate: undefined }], reason: unreadable.words };
  let reason: string | undefined;
  const lines = seasons.flatMap((part): ScheduleLine[] => {
    const rate = readDutyExpression(part.text, currency, { bare: true });
    if (isUnreadable(rate)) reason = rate.unreadable;
    const own = { code, goods, text, rate: isUnreadable(rate) ? undefined : rate };
    return part.seasons.length === 0 ? [own] : part.seasons.map((season) => ({ ...own, season }));
  });
  return reason === undefined ? { lines } : { lines, reason };
}
