import * as z from 'zod';
import { lakeQuery, wholeCell } from '../lake/lake-report.ts';
import type { LakeTables } from '../lake/lake-tables.ts';

/** Sold goods of the period, and of the time before it that is as long, by market and chapter of the goods. */
const goods = ({ until, all, from, to }: LakeTables) => `
  accepted AS (
    SELECT p.order_id AS order_id
    FROM ${all('payments')} p
    GROUP BY p.order_id
    HAVING SUM(CASE WHEN p.event = 'captured' THEN 1 ELSE 0 END) > 0
      OR (SUM(CASE WHEN p.event = 'authorised' THEN 1 ELSE 0 END) > 0
        AND SUM(CASE WHEN p.event = 'voided' THEN 1 ELSE 0 END) = 0)
  ),
  goods AS (
    SELECT CASE WHEN o.occurred_at >= ${from} THEN 'now' ELSE 'before' END AS span, o.order_id AS order_id,
      o.country AS country, o.storefront_id AS storefront_id, substr(l.hs_code, 1, 2) AS chapter,
      l.quantity AS units, c.nth AS nth
    FROM ${until('orders')} o
    JOIN accepted a ON a.order_id = o.order_id
    JOIN ${until('lines')} l ON l.order_id = o.order_id
    LEFT JOIN ${until('cohorts')} c ON c.order_id = o.order_id AND c.nth <= 200
    WHERE o.occurred_at >= (${from} - (${to} - ${from})) AND o.occurred_at < ${to}
  )`;

/**
 * The cells of the report, with their storefronts, and with a number of buyers that is never too high. A customer has
 * one order of each number (the first, the second …), so the orders of one number are of different customers. Orders
 * whose customer the lake does not know count as none.
 */
export const trendCells = lakeQuery(
  {
    ...{ span: z.enum(['now', 'before']), country: z.string(), chapter: z.string() },
    ...{ orders: wholeCell, units: wholeCell, buyers: wholeCell, storefronts: wholeCell },
  },
  (tables) => `
    WITH ${goods(tables)},
    numbered AS (
      SELECT g.span AS span, g.country AS country, g.chapter AS chapter, g.nth AS nth,
        COUNT(DISTINCT g.order_id) AS orders
      FROM goods g
      WHERE g.nth IS NOT NULL
      GROUP BY g.span, g.country, g.chapter, g.nth
    ),
    buyers AS (
      SELECT n.span AS span, n.country AS country, n.chapter AS chapter, MAX(n.orders) AS buyers
      FROM numbered n
      GROUP BY n.span, n.country, n.chapter
    )
    SELECT g.span AS span, g.country AS country, g.chapter AS chapter, COUNT(DISTINCT g.order_id) AS orders,
      CAST(SUM(g.units) AS BIGINT) AS units, COALESCE(MAX(b.buyers), 0) AS buyers,
      COUNT(DISTINCT g.storefront_id) AS storefronts
    FROM goods g
    LEFT JOIN buyers b ON b.span = g.span AND b.country = g.country AND b.chapter = g.chapter
    GROUP BY g.span, g.country, g.chapter
    ORDER BY g.span, g.country, g.chapter`,
);
