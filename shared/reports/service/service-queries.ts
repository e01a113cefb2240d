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

/** The smallest time of a step whose place in the order of times is far enough. */
const rank = (step: 'tracking' | 'customs', isReached: string) =>
  `MIN(CASE WHEN r.step = '${step}' AND r.${isReached} THEN r.took END)`;

const COUNTS = {
  delivered: 'm.delivered = 1',
  kept: 'm.delivered = 1 AND m.broken = 0',
  broken: 'm.broken = 1',
  queried: 'm.queried = 1',
  refused: 'm.refused = 1',
  short: 'm.short = 1',
  lost: 'm.lost = 1',
  exceptions: 'm.queried + m.refused + m.short + m.lost > 0',
} as const;
const counts = ['parcels', ...Object.keys(COUNTS)];
const columnsOf = (alias: string) => counts.map((name) => `${alias}.${name} AS ${name}`).join(', ');
const sumsOf = counts.map((name) => `CAST(SUM(p.${name}) AS BIGINT) AS ${name}`).join(', ');

/**
 * How many parcels of each lane and carrier arrived, kept their promise, or met an exception, and how long their steps
 * took: the smallest time that at least half, or nine of ten, of the parcels did not exceed (nearest rank). A row whose
 * lane is empty is of all parcels together; there is none without parcels.
 *
 * It is one query, so that the parcels are measured once. Parcels of equal times are counted together before they are
 * ranked.
 */
export const laneFigures = lakeQuery(
  {
    ...lane,
    ...{ parcels: wholeCell, delivered: wholeCell, kept: wholeCell, broken: wholeCell },
    ...{ queried: wholeCell, refused: wholeCell, short: wholeCell, lost: wholeCell, exceptions: wholeCell },
    ...{ tracking_half: wholeCell.nullable(), tracking_nine: wholeCell.nullable() },
    ...{ customs_half: wholeCell.nullable(), customs_nine: wholeCell.nullable() },
  },
  (tables) => `
    WITH ${measured(tables)},
    pairs AS (
      SELECT m.warehouse AS warehouse, m.country AS country, m.carrier AS carrier, m.to_tracking AS to_tracking,
        m.at_customs AS at_customs, CAST(COUNT(*) AS INTEGER) AS parcels,
        ${Object.entries(COUNTS)
          .map(([name, where]) => `CAST(SUM(CASE WHEN ${where} THEN 1 ELSE 0 END) AS INTEGER) AS ${name}`)
          .join(',\n        ')}
      FROM measured m
      GROUP BY m.warehouse, m.country, m.carrier, m.to_tracking, m.at_customs
    ),
    counted AS (
      SELECT p.warehouse AS warehouse, p.country AS country, p.carrier AS carrier, ${sumsOf}
      FROM pairs p
      GROUP BY p.warehouse, p.country, p.carrier
      UNION ALL
      SELECT '' AS warehouse, '' AS country, '' AS carrier, ${sumsOf}
      FROM pairs p
      HAVING COUNT(*) > 0
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
    ),
    taken AS (
      SELECT r.warehouse AS warehouse, r.country AS country, r.carrier AS carrier,
        ${rank('tracking', 'place * 2 >= r.many')} AS tracking_half,
        ${rank('tracking', 'place * 10 >= r.many * 9')} AS tracking_nine,
        ${rank('customs', 'place * 2 >= r.many')} AS customs_half,
        ${rank('customs', 'place * 10 >= r.many * 9')} AS customs_nine
      FROM ranked r
      GROUP BY r.warehouse, r.country, r.carrier
    )
    SELECT c.warehouse AS warehouse, c.country AS country, c.carrier AS carrier, ${columnsOf('c')},
      t.tracking_half AS tracking_half, t.tracking_nine AS tracking_nine, t.customs_half AS customs_half,
      t.customs_nine AS customs_nine
    FROM counted c
    LEFT JOIN taken t ON t.warehouse = c.warehouse AND t.country = c.country AND t.carrier = c.carrier
    ORDER BY c.warehouse, c.country, c.carrier`,
);
