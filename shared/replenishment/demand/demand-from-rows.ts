import { type CalendarDate, isCalendarDate } from '../../kernel/time.ts';
import { dateOf, dayOf } from '../../kernel/zoned-time.ts';
import { markBulkOrders } from './bulk-orders.ts';
import { daysWithoutStock, type StockDay } from './days-without-stock.ts';
import { ALL_MARKETS, type DemandSeries } from './demand-series.ts';

/** What one order took of one SKU. Cancelled and expired orders are left out before. */
export interface OrderRow {
  /** The day on which it was placed, in the time zone of the merchant. */
  readonly day: CalendarDate;
  readonly orderId: string;
  readonly sku: string;
  /** The country of destination. */
  readonly market: string;
  readonly units: number;
}

/** Units that came back. They are no negative demand: the shopper did ask for them. */
interface ReturnRow {
  readonly day: CalendarDate;
  readonly sku: string;
  readonly market: string;
  readonly units: number;
}

export interface DemandRows {
  readonly orders: readonly OrderRow[];
  readonly returns?: readonly ReturnRow[];
  /** Changes of stock. A SKU without any is never treated as out of stock. */
  readonly stock?: readonly StockDay[];
}

interface Asked {
  /** The days that the series cover, both included. Rows of other days only show what is usual of an order. */
  readonly firstDay: CalendarDate;
  readonly lastDay: CalendarDate;
  /** Whether each market has a series of its own. */
  readonly byMarket: boolean;
}

type RowProblem = 'day-invalid' | 'units-not-whole' | 'units-not-positive' | 'no-sku' | 'no-order';

export interface Demand {
  /** Of each SKU (and market) that was ordered in these days, in the order of SKU and market. */
  readonly series: readonly DemandSeries[];
  /** One-off bulk orders. They are in no series. */
  readonly bulk: readonly OrderRow[];
  readonly returns: readonly ReturnRow[];
  /** Rows that can't be read. They are in no figure. */
  readonly refused: readonly { readonly row: OrderRow | ReturnRow; readonly code: RowProblem }[];
}

/**
 * The demand of each SKU, day by day, from orders. One-off bulk orders are apart ({@link markBulkOrders}), and so are
 * returns. Days on which a SKU had no stock are censored ({@link daysWithoutStock}). The sequence of the rows does not
 * matter.
 */
export function demandFromRows({ orders, returns = [], stock = [] }: DemandRows, asked: Asked): Demand {
  const refused: { row: OrderRow | ReturnRow; code: RowProblem }[] = [];
  const isGood = <Row extends OrderRow | ReturnRow>(row: Row): boolean => {
    const code = problemOf(row);
    if (code !== undefined) refused.push({ row, code });
    return code === undefined;
  };
  const good = orders.filter(isGood).sort(byDayAndOrder);
  const returned = returns.filter(isGood);
  const stockBySku = Map.groupBy(stock, ({ sku }) => sku);
  const series: DemandSeries[] = [];
  const bulk: OrderRow[] = [];
  const bySku = [...Map.groupBy(good, ({ sku }) => sku)].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [sku, rows] of bySku) {
    const whole = unitsByOrder(rows);
    const marks = markBulkOrders(whole);
    bulk.push(...whole.filter((_, index) => marks[index]));
    const usual = whole.filter((_, index) => !marks[index]);
    const without = daysWithoutStock(stockBySku.get(sku) ?? [], asked);
    series.push(...seriesOf(sku, usual, { ...asked, without }));
  }
  return { series, bulk, returns: returned, refused };
}

function problemOf(row: OrderRow | ReturnRow): RowProblem | undefined {
  if (row.sku === '') return 'no-sku';
  if ('orderId' in row && row.orderId === '') return 'no-order';
  if (!isCalendarDate(row.day)) return 'day-invalid';
  if (!Number.isSafeInteger(row.units)) return 'units-not-whole';
  return row.units > 0 ? undefined : 'units-not-positive';
}

function byDayAndOrder(a: OrderRow, b: OrderRow): number {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1;
  if (a.orderId !== b.orderId) return a.orderId < b.orderId ? -1 : 1;
  return a.market < b.market ? -1 : a.market > b.market ? 1 : 0;
}

/** One row an order: several lines or parcels of an order may carry the same SKU. */
function unitsByOrder(rows: readonly OrderRow[]): OrderRow[] {
  const byOrder = Map.groupBy(rows, ({ day, orderId, market }) => `${day} ${market} ${orderId}`);
  return [...byOrder.values()].flatMap((own) => {
    const units = own.reduce((all, row) => all + row.units, 0);
    return own.slice(0, 1).map((row) => ({ ...row, units }));
  });
}

function seriesOf(
  sku: string,
  rows: readonly OrderRow[],
  { firstDay, lastDay, byMarket, without }: Asked & { readonly without: ReadonlySet<number> },
): DemandSeries[] {
  const first = dayOf(firstDay);
  const days = dayOf(lastDay) - first + 1;
  const censored = Array.from({ length: days }, (_, index) => without.has(first + index));
  const within = rows.filter(({ day }) => day >= firstDay && day <= lastDay);
  const byPlace = Map.groupBy(within, ({ market }) => (byMarket ? market : ALL_MARKETS));
  return [...byPlace]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([market, own]) => {
      const units = new Array<number>(days).fill(0);
      for (const { day, units: more } of own)
        units[dayOf(day) - first] = (units[dayOf(day) - first] ?? 0) + more;
      // Where something was sold, there was stock.
      return {
        sku,
        market,
        firstDay: dateOf(first),
        units,
        censored: censored.map((each, at) => each && units[at] === 0),
      };
    });
}
