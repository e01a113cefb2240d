import * as z from 'zod';
import { type CalendarDate, dayAfter } from '../../kernel/time.ts';
import { dayOf, instantAt } from '../../kernel/zoned-time.ts';
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

const place = { day: z.iso.date(), sku: z.string() };
const orderRow = z.strictObject({ ...place, orderId: z.string(), market: z.string(), units: z.int() });
const returnRow = z.strictObject({ ...place, market: z.string(), units: z.int() });
const stockRow = z.strictObject({ ...place, change: z.int(), added: z.int() });

/** Asks the lake for the rows of {@link DemandRows}. Throws for rows that do not fit the query. */
export async function askDemand(lake: DemandLake, asked: Asked): Promise<DemandRows> {
  const days = localDays(asked);
  return {
    orders: z.array(orderRow).parse(await lake.ask(orderQuery(days))),
    returns: z.array(returnRow).parse(await lake.ask(returnQuery(days))),
    stock: z.array(stockRow).parse(await lake.ask(stockQuery(asked, days))),
  };
}

/** What each order took of each SKU, without orders that were cancelled or that expired. */
const orderQuery = (days: string): string => `
  SELECT CAST(days.day AS VARCHAR) AS "day", l.order_id AS "orderId", l.sku AS "sku", l.country AS "market",
    CAST(SUM(l.quantity) AS BIGINT) AS "units"
  FROM lines l
  JOIN ${days} ON l.occurred_at >= days.starts_at AND l.occurred_at < days.ends_at
  WHERE l.order_id NOT IN (
    SELECT e.order_id FROM order_events e WHERE e.name IN ('order.cancelled', 'order.expired')
  )
  GROUP BY days.day, l.order_id, l.sku, l.country
  ORDER BY days.day, l.order_id, l.sku, l.country`;

/** Units that came back, by the day on which the parcel was closed. */
const returnQuery = (days: string): string => `
  SELECT CAST(days.day AS VARCHAR) AS "day", m.sku AS "sku", o.country AS "market",
    CAST(SUM(-m.units) AS BIGINT) AS "units"
  FROM stock_movements m
  JOIN orders o ON o.order_id = m.order_id
  JOIN ${days} ON m.occurred_at >= days.starts_at AND m.occurred_at < days.ends_at
  WHERE m.kind = 'restock' AND m.state = 'shipped'
  GROUP BY days.day, m.sku, o.country
  ORDER BY days.day, m.sku, o.country`;

/** How the sellable units of each SKU changed by day. What changed before the first day is on the day before it. */
const stockQuery = ({ firstDay, timeZone }: Asked, days: string): string => `
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
    JOIN ${days} ON m.occurred_at >= days.starts_at AND m.occurred_at < days.ends_at
    WHERE m.state = 'available'
  ) s
  GROUP BY s.day, s.sku
  ORDER BY s.day, s.sku`;

/** `days (day, starts_at, ends_at)`: the local days, as instants in UTC. A day has 23, 24 or 25 hours. */
export function localDays({ firstDay, lastDay, timeZone }: Asked): string {
  const count = dayOf(lastDay) - dayOf(firstDay) + 1;
  const rows = Array.from({ length: count }, (_, index) => {
    const day = dayAfter(firstDay, index);
    const [from, to] = [day, dayAfter(day, 1)].map((each) => timestamp(instantAt(timeZone, each, '00:00')));
    return `(DATE '${day}', ${from}, ${to})`;
  });
  return `(VALUES ${rows.join(', ')}) AS days (day, starts_at, ends_at)`;
}

/** An instant as a literal: a TIMESTAMP of the lake is UTC and has no zone. */
export const timestamp = (instant: string): string =>
  `TIMESTAMP '${instant.replace('T', ' ').replace('Z', '')}'`;
