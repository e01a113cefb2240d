import type { DutyRate } from '../../../../../shared/duties/rules/duty-rate-schema.ts';
import { readTable, type TableRow } from '../../../files/read-table.ts';
import { fileText } from '../../file-text.ts';
import { isUnreadable, plain, type Unreadable, unreadable } from '../../rates/express-rate.ts';
import { goodsUnder } from '../goods-under.ts';
import type { Publisher, ReadLines } from '../publisher.ts';

const COLUMNS = {
  code: ['NCM', 'ncm'],
  description: ['DESCRICAO', 'DESCRIÇÃO', 'descripcion'],
  rate: ['TEC', 'TEC (%)', 'die_aec', 'AEC'],
} as const;

type Column = keyof typeof COLUMNS;

const EXCEPTION = 'on a list of exceptions of the member, whose rate another list has';

/**
 * Reads a rate of the common external tariff of Mercosur: `35`, `16BIT` and `14BK` (goods of informatics and capital
 * goods, at the same figure). A line with another mark, `30(*)`, is on a member's list of exceptions.
 */
export function readMercosurRate(text: string): DutyRate | Unreadable {
  const [, figure, mark] = /^(\d{1,3}(?:[.,]\d+)?)\s*%?\s*(.*)$/.exec(text.trim()) ?? [];
  if (figure === undefined)
    return { unreadable: text.trim() === '' ? 'no rate is printed' : unreadable.words };
  return /^(?:BK|BIT)?$/.test(mark ?? '') ? plain(figure.replace(',', '.')) : { unreadable: EXCEPTION };
}

function read(rows: readonly TableRow<Column>[]): ReadLines {
  const codes = rows.map(({ cells }) => cells.code.replace(/\D/g, ''));
  const goods = goodsUnder(rows.map(({ cells }, at) => ({ code: codes[at] ?? '', text: cells.description })));
  const found = rows.flatMap(({ cells }, at) => {
    const code = codes[at] ?? '';
    // Rows with fewer digits are headings.
    if (code.length !== NCM_DIGITS || code.startsWith('00')) return [];
    const rate = readMercosurRate(cells.rate);
    const text = cells.rate === '' ? '-' : cells.rate;
    return [{ code, goods: goods[at] ?? '', text, rate: isUnreadable(rate) ? undefined : rate, read: rate }];
  });
  return {
    lines: found.map(({ read: _, ...line }) => line),
    unparsed: found.flatMap(({ code, text, read: rate }) =>
      isUnreadable(rate) ? [{ code, text, reason: rate.unreadable }] : [],
    ),
    read: rows.length,
  };
}

const NCM_DIGITS = 8;

const publisher = (named: Pick<Publisher, 'name' | 'tariff' | 'title'>, law: string): Publisher => ({
  ...named,
  header: { hs: 'HS2022', law, provenance: 'published', confidence: 'medium' },
  read: (files) =>
    read(files.flatMap((file) => readTable<Column>({ name: file.name, text: fileText(file) }, COLUMNS))),
});

/** The common external tariff in Brazil: a table with the columns `NCM`, `DESCRIÇÃO`, `TEC (%)`. */
export const brTec = publisher(
  {
    name: 'br-tec',
    tariff: 'br',
    title: 'Mercosur, Tarifa Externa Comum as Brazil publishes it (TEC): its table (CSV)',
  },
  'Tarifa Externa Comum of Mercosur, Resolução Gecex 272/2021',
);

/** The tariff of Argentina by NCM: a table with the columns `ncm`, `descripcion`, `die_aec`. */
export const arNcm = publisher(
  {
    name: 'ar-ncm',
    tariff: 'ar',
    title: 'Argentina, import duty by NCM (derecho de importación extrazona): a table (CSV)',
  },
  'Nomenclatura Común del Mercosur, Decreto 557/2023 Annex, derecho de importación extrazona',
);
