import * as z from 'zod';
import { lakeQuery, wholeCell } from '../lake/lake-report.ts';
import type { LakeTables } from '../lake/lake-tables.ts';

/** Whether a row is of the period, or of the time of the same length before it. */
export const spans = ['now', 'before'] as const;
const span = z.enum(spans);

const start = ({ from, to }: LakeTables) => `(${from} - (${to} - ${from}))`;
const spanOf = ({ from }: LakeTables, at: string) =>
  `CASE WHEN ${at} >= ${from} THEN 'now' ELSE 'before' END`;
const isIn = (tables: LakeTables, at: string) => `${at} >= ${start(tables)} AND ${at} < ${tables.to}`;

/** The orders of both spans, with what became of them until now. */
const measured = (tables: LakeTables) => `
  steps AS (
    SELECT p.order_id AS order_id,
      SUM(CASE WHEN p.event = 'captured' THEN 1 ELSE 0 END) AS captured,
      SUM(CASE WHEN p.event = 'authorised' THEN 1 ELSE 0 END) AS authorised,
      SUM(CASE WHEN p.event = 'voided' THEN 1 ELSE 0 END) AS voided
    FROM ${tables.all('payments')} p
    GROUP BY p.order_id
  ),
  came_back AS (
    SELECT DISTINCT f.refund_id AS refund_id FROM ${tables.all('refunds')} f WHERE f.event = 'failed'
  ),
  refunded AS (
    SELECT DISTINCT r.order_id AS order_id
    FROM ${tables.all('refunds')} r
    LEFT JOIN came_back f ON f.refund_id = r.refund_id
    WHERE r.event = 'paid' AND f.refund_id IS NULL
  ),
  stopped AS (
    SELECT DISTINCT e.order_id AS order_id
    FROM ${tables.all('order_events')} e
    WHERE e.name IN ('order.held', 'screening.held')
  ),
  measured AS (
    SELECT o.order_id AS order_id, o.country AS country, ${spanOf(tables, 'o.occurred_at')} AS span,
      CASE WHEN o.total_minor = 0 OR s.captured > 0 OR (s.authorised > 0 AND s.voided = 0) THEN 1 ELSE 0 END AS paid,
      CASE WHEN r.order_id IS NULL THEN 0 ELSE 1 END AS refunded,
      CASE WHEN h.order_id IS NULL THEN 0 ELSE 1 END AS held
    FROM ${tables.until('orders')} o
    LEFT JOIN steps s ON s.order_id = o.order_id
    LEFT JOIN refunded r ON r.order_id = o.order_id
    LEFT JOIN stopped h ON h.order_id = o.order_id
    WHERE ${isIn(tables, 'o.occurred_at')}
  )`;

/** Baskets by market and span. */
export const baskets = lakeQuery(
  { market: z.string(), span, given: wholeCell, refused: wholeCell },
  (tables) => `
    SELECT q.country AS market, ${spanOf(tables, 'q.occurred_at')} AS span,
      SUM(CASE WHEN q.outcome = 'given' THEN 1 ELSE 0 END) AS given,
      SUM(CASE WHEN q.outcome = 'refused' THEN 1 ELSE 0 END) AS refused
    FROM ${tables.until('quotes')} q
    WHERE q.row_no = 0 AND q.previous_quote_id IS NULL AND ${isIn(tables, 'q.occurred_at')}
    GROUP BY q.country, ${spanOf(tables, 'q.occurred_at')}
    ORDER BY market, span`,
);

/** Orders by market and span. */
export const orders = lakeQuery(
  {
    ...{ market: z.string(), span, orders: wholeCell },
    ...{ paid: wholeCell, refunded: wholeCell, held: wholeCell },
  },
  (tables) => `
    WITH ${measured(tables)}
    SELECT m.country AS market, m.span AS span, COUNT(*) AS orders, CAST(SUM(m.paid) AS BIGINT) AS paid,
      CAST(SUM(m.paid * m.refunded) AS BIGINT) AS refunded, CAST(SUM(m.held) AS BIGINT) AS held
    FROM measured m
    GROUP BY m.country, m.span
    ORDER BY m.country, m.span`,
);

/** Paid orders with a SKU by span, and those of them of which money was refunded. */
export const skus = lakeQuery(
  { sku: z.string(), span, paid: wholeCell, refunded: wholeCell },
  (tables) => `
    WITH ${measured(tables)},
    held_lines AS (
      SELECT DISTINCT l.order_id AS order_id, l.sku AS sku FROM ${tables.until('lines')} l
    )
    SELECT l.sku AS sku, m.span AS span, COUNT(*) AS paid, CAST(SUM(m.refunded) AS BIGINT) AS refunded
    FROM measured m
    JOIN held_lines l ON l.order_id = m.order_id
    WHERE m.paid = 1
    GROUP BY l.sku, m.span
    ORDER BY l.sku, m.span`,
);

/** How often each reason of the period was named, by market: of refused baskets, of holds and of refunds. */
export const causes = lakeQuery(
  {
    figure: z.enum(['refused', 'held', 'refunded']),
    market: z.string(),
    reason: z.string(),
    times: wholeCell,
  },
  (tables) => `
    WITH ${measured(tables)},
    named AS (
      SELECT 'refused' AS figure, q.country AS market, q.reason AS reason, q.fact_id AS id
      FROM ${tables.within('quotes')} q
      WHERE q.outcome = 'refused' AND q.occurred_at >= ${tables.from} AND q.occurred_at < ${tables.to}
      UNION ALL
      SELECT 'held' AS figure, m.country AS market, e.reason AS reason, e.order_id AS id
      FROM measured m
      JOIN ${tables.all('order_events')} e ON e.order_id = m.order_id AND e.name = 'order.held'
      WHERE m.span = 'now'
      UNION ALL
      SELECT 'held' AS figure, m.country AS market, s.rule_id AS reason, s.order_id AS id
      FROM measured m
      JOIN ${tables.all('screenings')} s ON s.order_id = m.order_id AND s.outcome = 'held'
      WHERE m.span = 'now'
      UNION ALL
      SELECT 'refunded' AS figure, m.country AS market, r.reason AS reason, r.order_id AS id
      FROM measured m
      JOIN ${tables.all('refunds')} r ON r.order_id = m.order_id AND r.event = 'requested'
      WHERE m.span = 'now'
    )
    SELECT n.figure AS figure, n.market AS market, n.reason AS reason, COUNT(DISTINCT n.id) AS times
    FROM named n
    WHERE n.reason IS NOT NULL
    GROUP BY n.figure, n.market, n.reason
    ORDER BY n.figure, n.market, n.reason`,
);
