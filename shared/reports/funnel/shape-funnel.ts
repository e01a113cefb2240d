import type * as z from 'zod';
import { type Money, money, zero } from '../../kernel/money.ts';
import { later, secondMs } from '../../kernel/time.ts';
import { localStampIn } from '../../kernel/zoned-time.ts';
import type { ReportRow } from '../answer/columns.ts';
import { Converter } from '../lake/converter.ts';
import { KeyedSums, partOf } from '../lake/keyed-sums.ts';
import type { ShapeContext } from '../lake/lake-report.ts';
import { rateBook, type ratesQuery } from '../lake/rate-book.ts';
import type { ReportPeriod } from '../period/report-period.ts';
import {
  type baskets,
  type orders,
  type reasons,
  SLOT_SECONDS,
  type steps,
  type visitors,
} from './funnel-queries.ts';
import type { FunnelTables } from './funnel-tables.ts';

type Rows<Query extends { readonly row: z.ZodType }> = readonly z.infer<Query['row']>[];

interface Found {
  readonly steps: Rows<typeof steps>;
  readonly visitors: Rows<typeof visitors>;
  readonly baskets: Rows<typeof baskets>;
  readonly orders: Rows<typeof orders>;
  readonly reasons: Rows<typeof reasons>;
  readonly rates: Rows<typeof ratesQuery>;
}

/** The figures of a row while they are added up. */
interface Sums extends Readonly<Record<string, number | Money>> {
  readonly visitors: number;
  readonly withCart: number;
  readonly views: number;
  readonly carts: number;
  readonly quotes: number;
  readonly refused: number;
  readonly orders: number;
  readonly paid: number;
  readonly delivered: number;
  readonly charged: Money;
}

type Table = Exclude<keyof FunnelTables, 'refusals'>;
type Add = (place: Place, more: Partial<Sums>) => void;

interface Place {
  readonly day: string;
  readonly slot: number;
  readonly storefront_id: string;
  readonly country: string | null;
}

const HOUR_SECONDS = 3_600;

/** The rows of the funnel report, from what the lake has. */
export function shapeFunnel(found: Found, { period, currency }: ShapeContext<unknown>) {
  const counts = { visitors: 0, withCart: 0, views: 0, carts: 0, quotes: 0, refused: 0 };
  const sums = new KeyedSums<Table, Sums>({
    ...counts,
    ...{ orders: 0, paid: 0, delivered: 0, charged: zero(currency) },
  });
  const add: Add = (place, more) => {
    for (const [table, key] of rowsOf(place)) sums.add(table, key, more);
  };
  const converter = new Converter(rateBook(found.rates), currency);
  addVisits(found, add);
  addOrders(found, add, converter);
  const row = (table: Table, key: string) => figuresOf(sums.of(table, key));
  const slots = (table: 'by-hour' | 'by-minute', keys: readonly string[]) =>
    keys.map((key) => ({ at: stampOf(key, period), ...row(table, key) }));
  const byOrders = (table: Table) => sums.keysBy(table, (each) => each.orders);
  const slotSeconds = SLOT_SECONDS[period.kind];
  return {
    rows: {
      summary: [row('summary', '')],
      'by-market': byOrders('by-market').map((market) => ({
        market: market || null,
        ...row('by-market', market),
      })),
      'by-storefront': byOrders('by-storefront').map((storefront) => ({
        storefront,
        ...row('by-storefront', storefront),
      })),
      'by-day': period.days.map(({ day }) => ({ day, ...row('by-day', day) })),
      'by-hour': slotSeconds === undefined ? [] : slots('by-hour', hoursOf(period)),
      'by-minute': slotSeconds === 60 ? slots('by-minute', sums.keys('by-minute')) : [],
      refusals: refusalRows(found, sums),
    } satisfies { [Name in keyof FunnelTables]: readonly ReportRow<FunnelTables[Name]['columns']>[] },
    notCounted: converter.notCounted(),
  };
}

function addVisits(found: Found, add: Add): void {
  for (const row of found.steps) add(row, { views: row.views, carts: row.carts });
  for (const row of found.visitors) add(row, { visitors: row.visitors, withCart: row.with_cart });
  for (const row of found.baskets) add(row, { quotes: row.given, refused: row.refused });
}

function addOrders({ orders }: Found, add: Add, converter: Converter): void {
  for (const row of orders) {
    const { orders: placed, paid, delivered } = row;
    const day = { lockedDay: row.locked_day, placedDay: row.placed_day };
    const charged = { charged: money(row.charged, row.currency) };
    const made =
      paid === 0 ? undefined : converter.convert(charged, day, { what: 'paid orders', count: paid });
    add(row, { orders: placed, paid, delivered, ...made });
  }
}

/** The seconds are padded, so that the keys of a day are in the order of time. */
const slotKey = (day: string, seconds: number) => `${day} ${String(seconds).padStart(5, '0')}`;

const rowsOf = ({ day, slot, storefront_id, country }: Place): readonly [Table, string][] => [
  ['summary', ''],
  ['by-market', country ?? ''],
  ['by-storefront', storefront_id],
  ['by-day', day],
  ['by-hour', slotKey(day, slot - (slot % HOUR_SECONDS))],
  ['by-minute', slotKey(day, slot)],
];

const hoursOf = ({ days }: ReportPeriod): string[] =>
  days.flatMap(({ day, startsAt, endsAt }) => {
    const seconds = (Date.parse(endsAt) - Date.parse(startsAt)) / secondMs;
    return Array.from({ length: Math.ceil(seconds / HOUR_SECONDS) }, (_, hour) =>
      slotKey(day, hour * HOUR_SECONDS),
    );
  });

function stampOf(key: string, { days, timeZone }: ReportPeriod): string {
  const [day, seconds] = key.split(' ');
  const startsAt = days.find((each) => each.day === day)?.startsAt ?? '';
  return localStampIn(timeZone, later(startsAt, Number(seconds) * secondMs));
}

function figuresOf({ withCart, ...sums }: Sums) {
  const { visitors, views, carts, quotes, refused, orders, paid, delivered, charged } = sums;
  return {
    ...{ visitors, views, carts, quotes, refused, orders, paid, delivered, charged },
    toCart: partOf(withCart, visitors),
    toOrder: partOf(orders, quotes),
    toPaid: partOf(paid, orders),
    toDelivered: partOf(delivered, paid),
    refusedPart: partOf(refused, quotes + refused),
  };
}

function refusalRows({ reasons }: Found, sums: KeyedSums<Table, Sums>) {
  return reasons
    .map(({ reason, country, baskets }) => {
      const { quotes, refused } = sums.of('by-market', country);
      return { reason, market: country, baskets, part: partOf(baskets, quotes + refused) };
    })
    .sort((a, b) => b.baskets - a.baskets);
}
