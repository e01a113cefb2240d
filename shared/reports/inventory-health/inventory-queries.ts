import * as z from 'zod';
import { currencySchema } from '../../kernel/currency.ts';
import { dayCell, lakeQuery, wholeCell } from '../lake/lake-report.ts';
import type { LakeTables } from '../lake/lake-tables.ts';

/** The days before the cut whose shipments say how long the stock lasts. */
export const COVER_DAYS = 28;
/** Stock is dead if nothing of it was shipped for this number of days, and it is older. */
export const DEAD_DAYS = 90;

const place = { warehouse: z.string(), sku: z.string() };

/** All movements of stock before the end of the period. */
const moves = ({ until, to }: LakeTables) => `
  moves AS (
    SELECT m.sku AS sku, m.warehouse_id AS warehouse, m.state AS state, m.units AS units, m.kind AS kind,
      m.occurred_at AS at, m.day AS day
    FROM ${until('stock_moves')} m
    WHERE m.occurred_at < ${to}
  )`;

const sumOf = (state: string, and = '') =>
  `CAST(SUM(CASE WHEN m.state = '${state}'${and} THEN m.units ELSE 0 END) AS BIGINT)`;

/** What was shipped from an instant on. Goods that come back are not taken off. */
const shippedSince = (from: string) => sumOf('shipped', ` AND m.kind = 'ship' AND m.at >= ${from}`);

/** The units of a SKU at a warehouse at the end of the period, and what left before. */
export const positions = lakeQuery(
  {
    ...place,
    ...{ on_hand: wholeCell, reserved: wholeCell, quarantined: wholeCell, in_transit: wholeCell },
    ...{ opening: wholeCell, shipped: wholeCell, shipped_lately: wholeCell, shipped_long: wholeCell },
  },
  (tables) => `
    WITH ${moves(tables)}
    SELECT m.warehouse AS warehouse, m.sku AS sku, ${sumOf('on_hand')} AS on_hand,
      ${sumOf('reserved')} AS reserved, ${sumOf('quarantined')} AS quarantined, ${sumOf('in_transit')} AS in_transit,
      ${sumOf('on_hand', ` AND m.at < ${tables.from}`)} AS opening, ${shippedSince(tables.from)} AS shipped,
      ${shippedSince(`${tables.to} - INTERVAL '${COVER_DAYS}' DAY`)} AS shipped_lately,
      ${shippedSince(`${tables.to} - INTERVAL '${DEAD_DAYS}' DAY`)} AS shipped_long
    FROM moves m
    WHERE m.warehouse IS NOT NULL
    GROUP BY m.warehouse, m.sku
    ORDER BY m.warehouse, m.sku`,
);

/**
 * The units that are left of what arrived on each day (UTC). The oldest units leave first, so that what is left are the
 * units that arrived last: of each day, what later arrivals leave of the units on hand.
 */
export const layers = lakeQuery(
  { ...place, arrived: dayCell, units: wholeCell },
  (tables) => `
    WITH ${moves(tables)},
    daily AS (
      SELECT m.warehouse AS warehouse, m.sku AS sku, m.day AS day, SUM(m.units) AS net,
        SUM(CASE WHEN m.units > 0 THEN m.units ELSE 0 END) AS units
      FROM moves m
      WHERE m.state = 'on_hand' AND m.warehouse IS NOT NULL
      GROUP BY m.warehouse, m.sku, m.day
    ),
    stacked AS (
      SELECT d.warehouse AS warehouse, d.sku AS sku, d.day AS day, d.units AS units,
        SUM(d.net) OVER (PARTITION BY d.warehouse, d.sku) - (SUM(d.units) OVER (PARTITION BY d.warehouse, d.sku
          ORDER BY d.day DESC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) - d.units) AS room
      FROM daily d
    )
    SELECT s.warehouse AS warehouse, s.sku AS sku, CAST(s.day AS VARCHAR) AS arrived,
      CAST(CASE WHEN s.room < s.units THEN s.room ELSE s.units END AS BIGINT) AS units
    FROM stacked s
    WHERE s.room > 0 AND s.units > 0
    ORDER BY s.warehouse, s.sku, s.day`,
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
