import * as z from 'zod';
import { currencySchema } from '../../kernel/currency.ts';
import { dayCell, lakeQuery, wholeCell } from '../lake/lake-report.ts';
import type { LakeTables } from '../lake/lake-tables.ts';

/** The days before the cut whose shipments say how long the stock lasts. */
export const COVER_DAYS = 28;
/** Stock is dead if nothing of it was shipped for this number of days, and it is older. */
export const DEAD_DAYS = 90;

const place = { warehouse: z.string(), sku: z.string() };

const sumOf = (state: string, and = '') =>
  `SUM(CASE WHEN m.state = '${state}'${and} THEN m.units ELSE 0 END)`;

/** What was shipped from an instant on. Goods that come back are not taken off. */
const shippedSince = (from: string) => sumOf('shipped', ` AND m.kind = 'ship' AND m.occurred_at >= ${from}`);

const FIGURES = [
  ...['on_hand', 'reserved', 'quarantined', 'in_transit'],
  ...['opening', 'shipped', 'shipped_lately', 'shipped_long'],
] as const;

/** All movements of stock before the end of the period, added up by day (UTC). */
const daily = ({ until, from, to }: LakeTables) => `
  daily AS (
    SELECT m.warehouse_id AS warehouse, m.sku AS sku, m.day AS day, ${sumOf('on_hand')} AS on_hand,
      ${sumOf('reserved')} AS reserved, ${sumOf('quarantined')} AS quarantined, ${sumOf('in_transit')} AS in_transit,
      ${sumOf('on_hand', ` AND m.occurred_at < ${from}`)} AS opening, ${shippedSince(from)} AS shipped,
      ${shippedSince(`${to} - INTERVAL '${COVER_DAYS}' DAY`)} AS shipped_lately,
      ${shippedSince(`${to} - INTERVAL '${DEAD_DAYS}' DAY`)} AS shipped_long,
      ${sumOf('on_hand', ' AND m.units > 0')} AS arrived
    FROM ${until('stock_moves')} m
    WHERE m.occurred_at < ${to} AND m.warehouse_id IS NOT NULL
    GROUP BY m.warehouse_id, m.sku, m.day
  )`;

/**
 * The units of a SKU at a warehouse at the end of the period, and what left before: a row for each day (UTC) on which
 * units arrived that are still there, or one row without a day. The oldest units leave first, so that what is left are
 * the units that arrived last: of each day, what later arrivals leave of the units on hand.
 *
 * It is one query, because the movements of a year are joined and added up once. They are what takes the memory.
 */
export const stock = lakeQuery(
  {
    ...place,
    ...{ on_hand: wholeCell, reserved: wholeCell, quarantined: wholeCell, in_transit: wholeCell },
    ...{ opening: wholeCell, shipped: wholeCell, shipped_lately: wholeCell, shipped_long: wholeCell },
    ...{ arrived: dayCell.nullable(), units: wholeCell.nullable() },
  },
  (tables) => `
    WITH ${daily(tables)},
    positions AS (
      SELECT d.warehouse AS warehouse, d.sku AS sku,
        ${FIGURES.map((figure) => `CAST(SUM(d.${figure}) AS BIGINT) AS ${figure}`).join(', ')}
      FROM daily d
      GROUP BY d.warehouse, d.sku
    ),
    stacked AS (
      SELECT d.warehouse AS warehouse, d.sku AS sku, d.day AS day, d.arrived AS units,
        SUM(d.on_hand) OVER (PARTITION BY d.warehouse, d.sku) - (SUM(d.arrived) OVER (PARTITION BY d.warehouse, d.sku
          ORDER BY d.day DESC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) - d.arrived) AS room
      FROM daily d
    ),
    layers AS (
      SELECT s.warehouse AS warehouse, s.sku AS sku, CAST(s.day AS VARCHAR) AS arrived,
        CAST(CASE WHEN s.room < s.units THEN s.room ELSE s.units END AS BIGINT) AS units
      FROM stacked s
      WHERE s.room > 0 AND s.units > 0
    )
    SELECT p.warehouse AS warehouse, p.sku AS sku, ${FIGURES.map((figure) => `p.${figure} AS ${figure}`).join(', ')},
      l.arrived AS arrived, l.units AS units
    FROM positions p
    LEFT JOIN layers l ON l.warehouse = p.warehouse AND l.sku = p.sku
    ORDER BY p.warehouse, p.sku, l.arrived`,
);

/** What products cost, by the first day on which it holds. Of one product and day, what was stored last. */
export const costs = lakeQuery(
  {
    ...{ sku: z.string(), valid_from: dayCell, purchase: wholeCell, currency: currencySchema },
    ...{ first_leg: wholeCell.nullable(), first_leg_currency: currencySchema.nullable() },
  },
  ({ all }) => `
    WITH ranked AS (
      SELECT p.*, row_number() OVER (
        PARTITION BY p.sku, p.valid_from ORDER BY p.occurred_at DESC, p.fact_id DESC
      ) AS place
      FROM ${all('purchase_costs')} p
    )
    SELECT r.sku AS sku, CAST(r.valid_from AS VARCHAR) AS valid_from, r.purchase_minor AS purchase,
      r.purchase_currency AS currency, r.first_leg_minor AS first_leg, r.first_leg_currency AS first_leg_currency
    FROM ranked r
    WHERE r.place = 1
    ORDER BY r.sku, r.valid_from`,
);
