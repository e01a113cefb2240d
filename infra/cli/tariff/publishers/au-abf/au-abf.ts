import type { CalendarDate } from '../../../../../shared/kernel/time.ts';
import { readTable, type TableRow } from '../../../files/read-table.ts';
import { fileText } from '../../file-text.ts';
import { isUnreadable } from '../../rates/express-rate.ts';
import { goodsUnder } from '../goods-under.ts';
import type { Publisher, ReadLines } from '../publisher.ts';
import { readAustralianRate } from './australian-rate.ts';

const COLUMNS = {
  reference: ['reference', 'Reference Number'],
  description: ['description', 'Goods'],
  rate: ['duty_rate', 'Rate#', 'Rate'],
} as const;

type Column = keyof typeof COLUMNS;

/** `View TCOs for 8462.59`: tariff concession orders. */
const CONCESSIONS = /^View TCOs\b/;

/**
 * Schedule 3 of the Customs Tariff Act 1995 of Australia as the Australian Border Force shows it, in a table (CSV) with
 * its columns. Only the general rate is read: the rates of agreements are in other schedules.
 */
export const auAbf: Publisher = {
  name: 'au-abf',
  tariff: 'au',
  title: 'Australian Border Force, working tariff, Schedule 3: its table (CSV)',
  header: {
    hs: 'HS2022',
    law: 'Customs Tariff Act 1995 (Cth) Sch. 3, general rate',
    provenance: 'published',
    confidence: 'medium',
  },
  read: (files, on) =>
    australianLines(
      files.flatMap((file) => readTable<Column>({ name: file.name, text: fileText(file) }, COLUMNS)),
      on,
    ),
};

function australianLines(rows: readonly TableRow<Column>[], on: CalendarDate): ReadLines {
  const numbers = rows.map(({ cells }) => cells.reference.replace(/\D/g, ''));
  const goods = goodsUnder(
    rows.map(({ cells }, at) => ({ code: numbers[at] ?? '', text: cells.description })),
  );
  const lines = new Map<string, ReadLines['lines'][number]>();
  const unparsed: ReadLines['unparsed'][number][] = [];
  for (const [at, { cells }] of rows.entries()) {
    const code = numbers[at] ?? '';
    const text = cells.rate.replaceAll('\u200b', '').trim();
    // A page that is read twice has its lines twice. A heading can have a link to concessions in place of a rate.
    if (text === '' || CONCESSIONS.test(text) || !/^\d{4,10}$/.test(code) || lines.has(code)) continue;
    const rate = readAustralianRate(text, on);
    if (isUnreadable(rate)) unparsed.push({ code, text, reason: rate.unreadable });
    lines.set(code, { code, goods: goods[at] ?? '', text, rate: isUnreadable(rate) ? undefined : rate });
  }
  return { lines: [...lines.values()], unparsed, read: rows.length };
}
