import type * as z from 'zod';
import type { Currency } from '../../kernel/currency.ts';
import { divide, type Money, money, subtract, sum, zero } from '../../kernel/money.ts';
import type { ReportRow } from '../answer/columns.ts';
import type { NotCounted } from '../answer/report-answer.ts';
import { Converter } from '../lake/converter.ts';
import { KeyedSums } from '../lake/keyed-sums.ts';
import type { ShapeContext } from '../lake/lake-report.ts';
import { rateBook, type ratesQuery } from '../lake/rate-book.ts';
import { notPaid } from '../lake/sold-orders.ts';
import type { paidRefunds, soldLines, soldOrders } from './sales-queries.ts';
import type { SalesTables } from './sales-tables.ts';

type Rows<Query extends { readonly row: z.ZodType }> = readonly z.infer<Query['row']>[];

interface Found {
  readonly orders: Rows<typeof soldOrders>;
  readonly lines: Rows<typeof soldLines>;
  readonly refunds: Rows<typeof paidRefunds>;
  readonly rates: Rows<typeof ratesQuery>;
}

const CHARGED = ['goods', 'shipping', 'duty', 'tax', 'fees'] as const;
type Charged = (typeof CHARGED)[number];
type Amounts = Readonly<Record<Charged | 'refunds', Money>>;

/** The figures of one row of a table while they are added up. */
type Sums = Amounts & {
  readonly orders: number;
  /** Orders whose amounts are in the sums; others had no rate. */
  readonly converted: number;
  readonly units: number;
  readonly refunded: number;
};

type Table = 'summary' | 'by-day' | 'by-market' | 'by-storefront' | 'by-channel' | 'by-sku';

/** The sums of the rows of each table, by the first cell of the row. */
type SalesSums = KeyedSums<Table, Sums>;

function salesSums(currency: Currency): SalesSums {
  const no = zero(currency);
  const amounts = { goods: no, shipping: no, duty: no, tax: no, fees: no, refunds: no };
  return new KeyedSums({ orders: 0, converted: 0, units: 0, refunded: 0, ...amounts });
}

/** The keys of a table, the one with the highest price of goods first. */
const keysOf = (sums: SalesSums, table: Table): string[] =>
  sums.keysBy(table, ({ goods }) => goods.amountMinor);

/** The rows of the sales report, from what the lake has. */
export function shapeSales(found: Found, { period, currency }: ShapeContext<unknown>) {
  const sums = salesSums(currency);
  const converter = new Converter(rateBook(found.rates), currency);
  addOrders(found, sums, converter);
  addLines(found, sums, converter);
  const orphans = addRefunds(found, sums, converter);
  const keyed = (table: Table) =>
    keysOf(sums, table).map((key) => ({ key, row: figuresOf(sums.of(table, key)) }));
  return {
    rows: {
      summary: [summaryOf(sums.of('summary', ''))],
      'by-day': period.days.map(({ day }) => ({ day, ...figuresOf(sums.of('by-day', day)) })),
      'by-market': keyed('by-market').map(({ key, row }) => ({ market: key, ...row })),
      'by-storefront': keyed('by-storefront').map(({ key, row }) => ({ storefront: key, ...row })),
      'by-channel': keyed('by-channel').map(({ key, row }) => ({ channel: key, ...row })),
      'by-sku': keysOf(sums, 'by-sku').map((sku) => ({ sku, ...skuFigures(sums.of('by-sku', sku)) })),
      'by-currency': asCharged(found),
    } satisfies { [Name in keyof SalesTables]: readonly ReportRow<SalesTables[Name]['columns']>[] },
    notCounted: [...converter.notCounted(), ...leftOut(found, orphans)],
  };
}

function addOrders({ orders }: Found, sums: SalesSums, converter: Converter): void {
  for (const row of soldIn(orders)) {
    const amounts = {
      goods: money(row.goods, row.currency),
      shipping: money(row.shipping, row.currency),
      duty: money(row.duty, row.currency),
      tax: money(row.tax, row.currency),
      fees: money(row.fees, row.currency),
    };
    const made = converter.convert(amounts, rateDayOf(row), { what: 'orders', count: row.orders });
    const more = { orders: row.orders, ...(made === undefined ? {} : { ...made, converted: row.orders }) };
    for (const [table, key] of placesOf(row)) sums.add(table, key, more);
  }
}

function addLines({ lines }: Found, sums: SalesSums, converter: Converter): void {
  for (const row of lines) {
    for (const [table, key] of placesOf(row)) sums.add(table, key, { units: row.units });
    const goods = converter.quietly({ goods: money(row.goods, row.currency) }, rateDayOf(row));
    sums.add('by-sku', row.sku, { orders: row.orders, units: row.units, ...goods });
  }
}

/** Gives the number of refunds whose order is not in the lake. */
function addRefunds({ refunds }: Found, sums: SalesSums, converter: Converter): number {
  let orphans = 0;
  for (const { storefront_id, channel, country, placed_day, ...row } of refunds) {
    if (storefront_id === null || country === null || placed_day === null) {
      orphans += row.refunds;
      continue;
    }
    const given = { refunds: money(row.refunded, row.currency) };
    const day = rateDayOf({ ...row, placed_day });
    const made = converter.convert(given, day, { what: 'refunds', count: row.refunds });
    for (const [table, key] of placesOf({ day: row.day, storefront_id, channel, country }))
      sums.add(table, key, { refunded: row.refunds, ...made });
  }
  return orphans;
}

const rateDayOf = (row: { readonly locked_day: string | null; readonly placed_day: string }) => ({
  lockedDay: row.locked_day,
  placedDay: row.placed_day,
});

interface Place {
  readonly day: string;
  readonly storefront_id: string;
  readonly channel: string | null;
  readonly country: string;
}
const placesOf = ({ day, storefront_id, channel, country }: Place): readonly [Table, string][] => [
  ['summary', ''],
  ['by-day', day],
  ['by-market', country],
  ['by-storefront', storefront_id],
  ['by-channel', channel ?? ''],
];

function figuresOf({ orders, units, refunds, ...sums }: Sums) {
  const { goods, shipping, duty, tax, fees } = sums;
  const gross = sum([goods, shipping, duty, tax, fees], goods.currency);
  const discounts = zero(goods.currency);
  const net = subtract(subtract(gross, discounts), refunds);
  return { orders, units, goods, shipping, duty, tax, fees, gross, discounts, refunds, net };
}

function summaryOf(sums: Sums) {
  const figures = figuresOf(sums);
  return { ...figures, average: meanOf(figures.gross, sums.converted), refunded: sums.refunded };
}

const meanOf = (all: Money, orders: number): Money | null =>
  orders === 0
    ? null
    : money(Number(divide(BigInt(all.amountMinor), BigInt(orders), 'half-up')), all.currency);

const skuFigures = ({ orders, units, goods }: Sums) => ({ orders, units, goods });

/** The groups in which an order was sold. */
const soldIn = (orders: Found['orders']) => orders.filter((row) => row.orders > 0);

/** By currency without conversion: what a payment provider's statement can be compared with. */
function asCharged({ orders: found, refunds }: Found) {
  const orders = soldIn(found);
  const currencies = [...new Set([...orders, ...refunds].map(({ currency }) => currency))].sort();
  return currencies.map((currency) => {
    const own = orders.filter((row) => row.currency === currency);
    const back = refunds.filter((row) => row.currency === currency);
    const gross = own.flatMap((row) => CHARGED.map((figure) => money(row[figure], currency)));
    return {
      currency,
      orders: own.reduce((all, row) => all + row.orders, 0),
      gross: sum(gross, currency),
      refunds: sum(
        back.map(({ refunded }) => money(refunded, currency)),
        currency,
      ),
    };
  });
}

const leftOut = ({ orders }: Found, orphans: number): NotCounted[] => [
  ...notPaid([{ orders: orders.reduce((all, { unsold }) => all + unsold, 0) }]),
  ...(orphans === 0
    ? []
    : [{ code: 'no-order', says: 'refunds of orders that the lake does not have', count: orphans }]),
];
