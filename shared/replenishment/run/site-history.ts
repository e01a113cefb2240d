import * as z from 'zod';
import { dayAfter } from '../../kernel/time.ts';
import { dateOf, dayOf } from '../../kernel/zoned-time.ts';
import { daysWithoutStock, type StockDay } from '../demand/days-without-stock.ts';
import { demandFromRows } from '../demand/demand-from-rows.ts';
import { ALL_MARKETS, type DemandSeries } from '../demand/demand-series.ts';
import { YOUNG_DAYS } from '../forecast/read-history.ts';
import { classNames } from './class-names.ts';

/** What a run knows of the sales of a SKU at a site: one line of a file of the run. */
export const siteHistorySchema = z.strictObject({
  sku: z.string(),
  warehouseId: z.string(),
  /** By value and by variation, of the SKU at all sites. */
  skuClass: z.enum(classNames),
  serviceLevel: z.number(),
  /** The day of the first unit; absent where nothing was sold. */
  firstDay: z.iso.date().optional(),
  /**
   * Days directly before it on which there was stock and nothing was sold: {@link YOUNG_DAYS} at most. Where nothing
   * was sold at all: the days on which there was stock.
   */
  lead: z.int().min(0).max(YOUNG_DAYS).default(0),
  /** Zero or more; a day with less is named, and the SKU is not planned. */
  units: z.array(z.int()),
  /** The places of days without stock in `units`. */
  without: z.array(z.int().min(0)),
  /** Units of one-off bulk orders: they are in no forecast. */
  bulkUnits: z.int().min(0),
  /** Units of the last ninety days by country of destination. */
  markets: z.record(z.string(), z.int().min(0)).default({}),
  /** Rows of orders with no unit or less: they are in no figure. The first ten. */
  refused: z.array(z.strictObject({ day: z.iso.date(), market: z.string(), units: z.int() })).optional(),
  /** Digits of the Harmonised System, six at most; absent where they are not known. */
  hsCode: z.string().optional(),
  /** Whether the product was stored for the first time in the last ninety days. */
  isNew: z.boolean().optional(),
});

export type SiteHistory = z.infer<typeof siteHistorySchema>;

/** A row of the lake: units of an order, or how the sellable units of a day changed. By SKU, site and day. */
export interface SiteRow {
  readonly sku: string;
  readonly warehouseId: string;
  readonly day: string;
  /** Empty for a change of stock. */
  readonly orderId: string;
  readonly units: number;
  /** Of a change of stock: what was added. */
  readonly added: number;
  /** The country of destination; empty for a change of stock. */
  readonly market: string;
}

const MAX_REFUSED = 10;

/** Days whose orders say to which markets a site sells. */
const MARKET_DAYS = 90;

interface Days {
  readonly firstDay: string;
  readonly lastDay: string;
}

export type Sales = Omit<SiteHistory, 'skuClass' | 'serviceLevel'>;

/** The sales of one SKU at one site from its rows: bulk orders apart, days without stock marked. */
export function salesOfSite(rows: readonly SiteRow[], days: Days): Sales {
  const [{ sku, warehouseId } = { sku: '', warehouseId: '' }] = rows;
  const orders = rows.flatMap(({ day, orderId, units }) =>
    orderId === '' ? [] : [{ day, orderId, sku, market: ALL_MARKETS, units }],
  );
  const stock = rows.flatMap(({ day, orderId, units, added }) =>
    orderId === '' ? [{ day, sku, change: units, added }] : [],
  );
  const { series, bulk } = demandFromRows({ orders, stock }, { ...days, byMarket: false });
  const bulkUnits = bulk.reduce((all, { units }) => all + units, 0);
  const [{ units, censored } = { units: [], censored: [] }] = series;
  const begin = units.findIndex((each) => each > 0);
  const isBad = ({ orderId, units: taken }: SiteRow) => orderId !== '' && taken <= 0;
  const bad = rows.filter(isBad).map(({ day, market, units: taken }) => ({ day, market, units: taken }));
  const refused = bad.length === 0 ? {} : { refused: bad.slice(0, MAX_REFUSED) };
  const good = rows.filter((row) => !isBad(row));
  const markets = marketsOf(good, dateOf(dayOf(days.lastDay) - MARKET_DAYS));
  if (begin < 0)
    return {
      ...{ sku, warehouseId, lead: daysInStock(stock, days), units: [], without: [], bulkUnits, markets },
      ...refused,
    };
  const known = censored.slice(begin);
  return {
    ...{ sku, warehouseId, bulkUnits, markets, units: units.slice(begin), ...refused },
    firstDay: dateOf(dayOf(days.firstDay) + begin),
    lead: leadOf(censored, { begin, inStock: firstInStock(stock, days) }),
    without: known.flatMap((isWithout, at) => (isWithout ? [at] : [])),
  };
}

/** The place of the first day with a change of stock; the first of all where no change is known. */
function firstInStock(stock: readonly { readonly day: string }[], { firstDay }: Days): number {
  const [first = firstDay] = stock.map(({ day }) => day).toSorted();
  return Math.max(0, dayOf(first) - dayOf(firstDay));
}

/** The days on which there was stock of a SKU that was never sold: {@link YOUNG_DAYS} at most. */
function daysInStock(stock: readonly StockDay[], days: Days): number {
  if (stock.length === 0) return 0;
  const all = dayOf(days.lastDay) - dayOf(days.firstDay) + 1 - firstInStock(stock, days);
  return Math.min(YOUNG_DAYS, Math.max(0, all - daysWithoutStock(stock, days).size));
}

/** Days before a place that are known and not before the first stock, one after another. */
function leadOf(
  censored: readonly boolean[],
  { begin, inStock }: { readonly begin: number; readonly inStock: number },
): number {
  let lead = 0;
  while (lead < YOUNG_DAYS && begin - lead > inStock && !censored[begin - lead - 1]) lead += 1;
  return lead;
}

function marketsOf(rows: readonly SiteRow[], after: string): Record<string, number> {
  const units: Record<string, number> = {};
  for (const { market, day, units: sold } of rows)
    if (market !== '' && day > after) units[market] = (units[market] ?? 0) + sold;
  return units;
}

/** The series of a site as a forecast reads it; undefined where nothing was sold. */
export function seriesOfSite({
  sku,
  firstDay,
  lead,
  units: sold,
  without,
}: SiteHistory): DemandSeries | undefined {
  if (firstDay === undefined) return undefined;
  const units = [...new Array<number>(lead).fill(0), ...sold];
  const censored = units.map(() => false);
  for (const at of without) censored[lead + at] = true;
  return { sku, market: ALL_MARKETS, firstDay: dayAfter(firstDay, -lead), units, censored };
}

/** The first day of a history with less than no unit; undefined where there is none. */
export function negativeDay({ firstDay, units }: SiteHistory): { day: string; units: number } | undefined {
  const at = units.findIndex((each) => each < 0);
  if (at < 0 || firstDay === undefined) return undefined;
  return { day: dayAfter(firstDay, at), units: units[at] ?? 0 };
}
