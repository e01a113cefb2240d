import * as z from 'zod';
import { type CalendarDate, dayAfter } from '../../kernel/time.ts';
import { dayOf, instantAt } from '../../kernel/zoned-time.ts';
import { joinDays, timestamp } from '../../lake/views/join-days.ts';
import { stockMoves } from '../../lake/views/stock-moves.ts';
import type { DemandRows } from './demand-from-rows.ts';

/** Answers a query with its rows, by the names of their columns. Whole numbers come as numbers, dates as texts. */
export interface DemandLake {
  ask(sql: string): Promise<readonly unknown[]>;
}

interface Asked {
  /** The days that are asked for, both included. */
  readonly firstDay: CalendarDate;
  readonly lastDay: CalendarDate;
  /** IANA: it decides which day is which. */
  readonly timeZone: string;
}

type Join = (instant: string) => string;

const place = { day: z.iso.date(), sku: z.string() };
const orderRow = z.strictObject({ ...place, orderId: z.string(), market: z.string(), units: z.int() });
const returnRow = z.strictObject({ ...place, market: z.string(), units: z.int() });
const stockRow = z.strictObject({ ...place, change: z.int(), added: z.int() });

/** Asks the lake for the rows of {@link DemandRows}. Throws for rows that do not fit the query. */
export async function askDemand(lake: DemandLake, asked: Asked): Promise<DemandRows> {
  const join = joinLocalDays(asked);
  return {
    orders: z.array(orderRow).parse(await lake.ask(orderQuery(join))),
    returns: z.array(returnRow).parse(await lake.ask(returnQuery(join))),
    stock: z.array(stockRow).parse(await lake.ask(stockQuery(asked, join))),
  };
}

/** What each order took of each SKU, without orders that were cancelled or that expired. */
const orderQuery = (join: Join): string => `
  SELECT CAST(days.day AS VARCHAR) AS "day", l.order_id AS "orderId", l.sku AS "sku", l.country AS "market",
    CAST(SUM(l.quantity) AS BIGINT) AS "units"
  FROM lines l
  ${join('l.occurred_at')}
  WHERE l.order_id NOT IN (
    SELECT e.order_id FROM order_events e WHERE e.name IN ('order.cancelled', 'order.expired')
  )
  GROUP BY days.day, l.order_id, l.sku, l.country
  ORDER BY days.day, l.order_id, l.sku, l.country`;

/** Units that came back, by the day on which the parcel was closed. */
const returnQuery = (join: Join): string => `
  SELECT CAST(days.day AS VARCHAR) AS "day", m.sku AS "sku", o.country AS "market",
    CAST(SUM(-m.units) AS BIGINT) AS "units"
  FROM stock_movements m
  JOIN orders o ON o.order_id = m.order_id
  ${join('m.occurred_at')}
  WHERE m.kind = 'restock' AND m.state = 'shipped'
  GROUP BY days.day, m.sku, o.country
  ORDER BY days.day, m.sku, o.country`;

/** How the sellable units of each SKU changed by day. What changed before the first day is on the day before it. */
const stockQuery = ({ firstDay, timeZone }: Asked, join: Join): string => `
  WITH moves AS (${stockMoves.sql})
  SELECT CAST(s.day AS VARCHAR) AS "day", s.sku AS "sku", CAST(SUM(s.units) AS BIGINT) AS "change",
    CAST(SUM(CASE WHEN s.units > 0 THEN s.units ELSE 0 END) AS BIGINT) AS "added"
  FROM (
    SELECT DATE '${dayAfter(firstDay, -1)}' AS day, m.sku AS sku, m.units AS units
    FROM moves m
    WHERE m.state = 'available' AND m.occurred_at < ${timestamp(instantAt(timeZone, firstDay, '00:00'))}
    UNION ALL
    SELECT days.day AS day, m.sku AS sku, m.units AS units
    FROM moves m
    ${join('m.occurred_at')}
    WHERE m.state = 'available'
  ) s
  GROUP BY s.day, s.sku
  ORDER BY s.day, s.sku`;

/** The local days that are asked for, both included: a text that joins them to the instants of a column. */
export function joinLocalDays({ firstDay, lastDay, timeZone }: Asked): (instant: string) => string {
  const startOf = (day: CalendarDate) => instantAt(timeZone, day, '00:00');
  const days = Array.from({ length: dayOf(lastDay) - dayOf(firstDay) + 1 }, (_, index) => {
    const day = dayAfter(firstDay, index);
    return { day, startsAt: startOf(day), endsAt: startOf(dayAfter(day, 1)) };
  });
  return (instant) => joinDays(days, instant);
}
