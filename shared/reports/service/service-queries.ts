import * as z from 'zod';
import { lakeQuery, wholeCell } from '../lake/lake-report.ts';
import type { LakeTables } from '../lake/lake-tables.ts';
import { sold } from '../lake/sold-orders.ts';

const lane = { warehouse: z.string(), country: z.string(), carrier: z.string() };

const seconds = (from: string, to: string) =>
  `CASE WHEN ${to} >= ${from} THEN date_diff('second', date_trunc('second', ${from}), date_trunc('second', ${to})) END`;

const had = (event: string, and = '') =>
  `MAX(CASE WHEN e.event = '${event}'${and} THEN 1 ELSE 0 END) AS had_${event}`;

/** The parcels of sold orders, one row each, with what became of them until now. */
const measured = (tables: LakeTables) => `
  ${sold(tables)},
  accepted_at AS (
    SELECT p.order_id AS order_id, MIN(p.occurred_at) AS paid_at
    FROM ${tables.since('payments')} p
    WHERE p.event IN ('authorised', 'captured')
    GROUP BY p.order_id
  ),
  steps AS (
    SELECT e.parcel_id AS parcel_id, MIN(CASE WHEN e.event = 'booked' THEN e.occurred_at END) AS booked_at,
      ${had('delivered')}, ${had('promise_broken')}, ${had('dispatch_short')},
      ${had('closed', " AND e.outcome IN ('lost', 'returned')")}
    FROM ${tables.since('parcel_events')} e
    GROUP BY e.parcel_id
  ),
  customs AS (
    SELECT e.parcel_id AS parcel_id, MIN(CASE WHEN e.event = 'filed' THEN e.occurred_at END) AS filed_at,
      MIN(CASE WHEN e.event = 'released' THEN e.occurred_at END) AS released_at,
      ${had('queried')}, ${had('refused')}
    FROM ${tables.since('declarations')} e
    GROUP BY e.parcel_id
  ),
  measured AS (
    SELECT p.warehouse_id AS warehouse, p.country AS country, p.carrier AS carrier,
      COALESCE(s.had_delivered, 0) AS delivered, COALESCE(s.had_promise_broken, 0) AS broken,
      COALESCE(s.had_dispatch_short, 0) AS short, COALESCE(s.had_closed, 0) AS lost,
      COALESCE(c.had_queried, 0) AS queried, COALESCE(c.had_refused, 0) AS refused,
      ${seconds('a.paid_at', 's.booked_at')} AS to_tracking, ${seconds('c.filed_at', 'c.released_at')} AS at_customs
    FROM placed o
    JOIN ${tables.within('parcels')} p ON p.order_id = o.order_id
    LEFT JOIN accepted_at a ON a.order_id = p.order_id
    LEFT JOIN steps s ON s.parcel_id = p.parcel_id
    LEFT JOIN customs c ON c.parcel_id = p.parcel_id
    WHERE o.is_sold = 1
  )`;

const sumOf = (column: string, where = `m.${column} = 1`) =>
  `CAST(SUM(CASE WHEN ${where} THEN 1 ELSE 0 END) AS BIGINT) AS ${column}`;

/** How many parcels of each lane and carrier arrived, kept their promise, or met an exception. */
export const laneParcels = lakeQuery(
  {
    ...lane,
    ...{ parcels: wholeCell, delivered: wholeCell, kept: wholeCell, broken: wholeCell },
    ...{ queried: wholeCell, refused: wholeCell, short: wholeCell, lost: wholeCell, exceptions: wholeCell },
  },
  (tables) => `
    WITH ${measured(tables)}
    SELECT m.warehouse AS warehouse, m.country AS country, m.carrier AS carrier, COUNT(*) AS parcels,
      ${sumOf('delivered')}, ${sumOf('kept', 'm.delivered = 1 AND m.broken = 0')}, ${sumOf('broken')},
      ${sumOf('queried')}, ${sumOf('refused')}, ${sumOf('short')}, ${sumOf('lost')},
      ${sumOf('exceptions', 'm.queried + m.refused + m.short + m.lost > 0')}
    FROM measured m
    GROUP BY m.warehouse, m.country, m.carrier
    ORDER BY m.warehouse, m.country, m.carrier`,
);

/**
 * How long the steps took, by lane and carrier, and for all parcels together (the lane is then empty): the smallest
 * time that at least half, or nine of ten, of the parcels did not exceed (nearest rank).
 */
export const laneTimes = lakeQuery(
  {
    ...lane,
    ...{ step: z.enum(['tracking', 'customs']), median: wholeCell, ninth: wholeCell },
  },
  (tables) => `
    WITH ${measured(tables)},
    pairs AS (
      SELECT m.warehouse AS warehouse, m.country AS country, m.carrier AS carrier, m.to_tracking AS to_tracking,
        m.at_customs AS at_customs, COUNT(*) AS parcels
      FROM measured m
      GROUP BY m.warehouse, m.country, m.carrier, m.to_tracking, m.at_customs
    ),
    times AS (
      SELECT p.warehouse AS warehouse, p.country AS country, p.carrier AS carrier, 'tracking' AS step,
        p.to_tracking AS took, p.parcels AS parcels
      FROM pairs p WHERE p.to_tracking IS NOT NULL
      UNION ALL
      SELECT p.warehouse AS warehouse, p.country AS country, p.carrier AS carrier, 'customs' AS step,
        p.at_customs AS took, p.parcels AS parcels
      FROM pairs p WHERE p.at_customs IS NOT NULL
    ),
    keyed AS (
      SELECT t.warehouse AS warehouse, t.country AS country, t.carrier AS carrier, t.step AS step, t.took AS took,
        SUM(t.parcels) AS parcels
      FROM times t
      GROUP BY t.warehouse, t.country, t.carrier, t.step, t.took
      UNION ALL
      SELECT '' AS warehouse, '' AS country, '' AS carrier, t.step AS step, t.took AS took, SUM(t.parcels) AS parcels
      FROM times t
      GROUP BY t.step, t.took
    ),
    ranked AS (
      SELECT k.warehouse AS warehouse, k.country AS country, k.carrier AS carrier, k.step AS step, k.took AS took,
        SUM(k.parcels) OVER (PARTITION BY k.warehouse, k.country, k.carrier, k.step ORDER BY k.took) AS place,
        SUM(k.parcels) OVER (PARTITION BY k.warehouse, k.country, k.carrier, k.step) AS many
      FROM keyed k
    )
    SELECT r.warehouse AS warehouse, r.country AS country, r.carrier AS carrier, r.step AS step,
      MIN(CASE WHEN r.place * 2 >= r.many THEN r.took END) AS median,
      MIN(CASE WHEN r.place * 10 >= r.many * 9 THEN r.took END) AS ninth
    FROM ranked r
    GROUP BY r.warehouse, r.country, r.carrier, r.step
    ORDER BY r.warehouse, r.country, r.carrier, r.step`,
);
