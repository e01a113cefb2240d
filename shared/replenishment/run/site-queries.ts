import * as z from 'zod';
import { type CalendarDate, dayAfter } from '../../kernel/time.ts';
import { instantAt } from '../../kernel/zoned-time.ts';
import { timestamp } from '../../lake/views/join-days.ts';
import { stockMoves } from '../../lake/views/stock-moves.ts';
import { joinLocalDays } from '../demand/demand-queries.ts';
import type { SiteRow } from './site-history.ts';

interface Asked {
  /** Both included, in the time zone of the merchant. */
  readonly firstDay: CalendarDate;
  readonly lastDay: CalendarDate;
  readonly timeZone: string;
}

const cells = z.tuple([z.string(), z.string(), z.iso.date(), z.string(), z.int(), z.int(), z.string()]);

/** Reads a row of {@link siteRowsQuery}. Throws for a row that does not fit. */
export function readSiteRow(row: readonly unknown[]): SiteRow {
  const [sku, warehouseId, day, orderId, units, added, market] = cells.parse(row);
  return { sku, warehouseId, day, orderId, units, added, market };
}

/** Orders that ended without a sale: what they took was not wanted. */
const NOT_SOLD = `SELECT e.order_id FROM order_events e WHERE e.name IN ('order.cancelled', 'order.expired')`;

/**
 * What each order took of each SKU at each warehouse, and how its sellable units changed by day. By SKU, warehouse and
 * day, so that one SKU after another can be read. What changed before the first day is on the day before it.
 */
export function siteRowsQuery(asked: Asked): string {
  const join = joinLocalDays(asked);
  return `
  WITH moves AS (${stockMoves.sql}),
  stock AS (
    SELECT DATE '${dayAfter(asked.firstDay, -1)}' AS day, m.sku, m.warehouse_id, m.units
    FROM moves m
    WHERE m.state = 'available' AND m.occurred_at < ${timestamp(instantAt(asked.timeZone, asked.firstDay, '00:00'))}
    UNION ALL
    SELECT days.day, m.sku, m.warehouse_id, m.units
    FROM moves m
    ${join('m.occurred_at')}
    WHERE m.state = 'available'
  )
  SELECT sku, warehouse_id, CAST(day AS VARCHAR) AS day, order_id, units, added, market FROM (
    SELECT l.sku, l.warehouse_id, days.day, l.order_id, CAST(SUM(l.quantity) AS BIGINT) AS units,
      CAST(0 AS BIGINT) AS added, l.country AS market
    FROM lines l
    ${join('l.occurred_at')}
    WHERE l.order_id NOT IN (${NOT_SOLD})
    GROUP BY l.sku, l.warehouse_id, days.day, l.order_id, l.country
    UNION ALL
    SELECT s.sku, s.warehouse_id, s.day, '' AS order_id, CAST(SUM(s.units) AS BIGINT) AS units,
      CAST(SUM(CASE WHEN s.units > 0 THEN s.units ELSE 0 END) AS BIGINT) AS added, '' AS market
    FROM stock s
    WHERE s.warehouse_id IS NOT NULL
    GROUP BY s.sku, s.warehouse_id, s.day
  ) r
  ORDER BY sku, warehouse_id, day, order_id`;
}

const values = z.tuple([z.string(), z.number(), z.number(), z.number()]);

/** What the classes of a SKU are made of. */
export interface SkuValue {
  readonly sku: string;
  /** Units of the last days at the base price, in minor units. */
  readonly valueMinor: number;
  /** Units of a week, from the first sale on. */
  readonly weeklyMean: number;
  readonly weeklyDeviation: number;
}

/** Reads a row of {@link skuValuesQuery}. Throws for a row that does not fit. */
export function readSkuValue(row: readonly unknown[]): SkuValue {
  const [sku, valueMinor, weeklyMean, weeklyDeviation] = values.parse(row);
  return { sku, valueMinor, weeklyMean, weeklyDeviation };
}

/**
 * The value and the weekly units of each SKU that was sold. The value is that of the units at the last base price,
 * where that is in the currency that most products have; in another currency it is none.
 */
export function skuValuesQuery(asked: Asked): string {
  const join = joinLocalDays(asked);
  return `
  WITH prices AS (
    SELECT sku, base_price_minor AS price, base_price_currency AS currency FROM (
      SELECT p.*, ROW_NUMBER() OVER (PARTITION BY p.sku ORDER BY p.occurred_at DESC) AS place FROM products p
    ) q WHERE place = 1
  ),
  usual AS (SELECT currency FROM prices GROUP BY currency ORDER BY COUNT(*) DESC, currency LIMIT 1),
  weekly AS (
    SELECT l.sku, DATE_DIFF('day', days.day, DATE '${asked.lastDay}') // 7 AS week, SUM(l.quantity) AS units
    FROM lines l
    ${join('l.occurred_at')}
    WHERE l.order_id NOT IN (${NOT_SOLD})
    GROUP BY 1, 2
  ),
  sums AS (
    SELECT sku, SUM(units) AS units, SUM(units * units) AS squares, MAX(week) + 1 AS weeks FROM weekly GROUP BY sku
  )
  SELECT s.sku, CAST(s.units * COALESCE(p.price, 0) AS DOUBLE) AS value,
    CAST(s.units AS DOUBLE) / s.weeks AS mean,
    SQRT(GREATEST(0, CAST(s.squares AS DOUBLE) / s.weeks - (CAST(s.units AS DOUBLE) / s.weeks) ** 2)) AS deviation
  FROM sums s
  LEFT JOIN prices p ON p.sku = s.sku AND p.currency = (SELECT currency FROM usual)
  ORDER BY s.sku`;
}

/** The tables that the queries read. */
export const tablesRead: readonly string[] = [
  'lines',
  'order_events',
  'stock_movements',
  'parcels',
  'parcel_events',
  'products',
];
