import * as z from 'zod';
import { lakeQuery, wholeCell } from '../lake/lake-report.ts';

/** The intents of the period's orders by market, method and provider, and what became of them. */
export const intentFigures = lakeQuery(
  {
    ...{ market: z.string(), method: z.string(), provider: z.string() },
    ...{ tried: wholeCell, paid: wholeCell, declined: wholeCell },
    ...{ no_answer: wholeCell, refused: wholeCell, not_set_up: wholeCell, chosen: wholeCell },
  },
  (tables) => `
    WITH placed AS (
      SELECT o.order_id AS order_id, o.country AS market, o.payment_method AS method,
        o.payment_provider AS provider
      FROM ${tables.within('orders')} o
      ${tables.joinDays('o.occurred_at')}
      WHERE o.total_minor > 0
    ),
    moves AS (
      SELECT p.market AS market, p.order_id AS order_id, m.sequence AS sequence, m.reason AS reason,
        m.method AS method, m.provider AS provider, m.to_payment_id AS to_payment_id, m.to_method AS to_method,
        m.to_provider AS to_provider
      FROM placed p
      JOIN ${tables.since('intents')} m ON m.order_id = p.order_id
      WHERE m.event = 'moved'
    ),
    last_moves AS (
      SELECT m.order_id AS order_id, m.to_method AS method, m.to_provider AS provider
      FROM moves m
      JOIN (SELECT x.order_id AS order_id, MAX(x.sequence) AS sequence FROM moves x GROUP BY x.order_id) l
        ON l.order_id = m.order_id AND l.sequence = m.sequence
    ),
    steps AS (
      SELECT s.order_id AS order_id, s.payment_id AS payment_id, s.event AS event
      FROM ${tables.since('payments')} s
      WHERE s.event IN ('authorised', 'failed')
    ),
    figures AS (
      SELECT p.market AS market, p.method AS method, p.provider AS provider, 'tried' AS what FROM placed p
      UNION ALL
      SELECT m.market AS market, m.to_method AS method, m.to_provider AS provider, 'tried' AS what
      FROM moves m WHERE m.reason <> 'paid'
      UNION ALL
      SELECT m.market AS market, m.method AS method, m.provider AS provider, m.reason AS what
      FROM moves m WHERE m.reason <> 'paid'
      UNION ALL
      SELECT p.market AS market, COALESCE(l.method, p.method) AS method,
        COALESCE(l.provider, p.provider) AS provider, 'paid' AS what
      FROM placed p
      JOIN (SELECT DISTINCT s.order_id AS order_id FROM steps s WHERE s.event = 'authorised') a
        ON a.order_id = p.order_id
      LEFT JOIN last_moves l ON l.order_id = p.order_id
      UNION ALL
      SELECT p.market AS market, COALESCE(m.to_method, p.method) AS method,
        COALESCE(m.to_provider, p.provider) AS provider, 'declined' AS what
      FROM placed p
      JOIN steps s ON s.order_id = p.order_id AND s.event = 'failed'
      LEFT JOIN moves m ON m.order_id = s.order_id AND m.to_payment_id = s.payment_id AND m.reason <> 'paid'
    )
    SELECT f.market AS market, f.method AS method, f.provider AS provider,
      CAST(SUM(CASE WHEN f.what = 'tried' THEN 1 ELSE 0 END) AS BIGINT) AS tried,
      CAST(SUM(CASE WHEN f.what = 'paid' THEN 1 ELSE 0 END) AS BIGINT) AS paid,
      CAST(SUM(CASE WHEN f.what = 'declined' THEN 1 ELSE 0 END) AS BIGINT) AS declined,
      CAST(SUM(CASE WHEN f.what = 'no-answer' THEN 1 ELSE 0 END) AS BIGINT) AS no_answer,
      CAST(SUM(CASE WHEN f.what = 'refused' THEN 1 ELSE 0 END) AS BIGINT) AS refused,
      CAST(SUM(CASE WHEN f.what = 'not-set-up' THEN 1 ELSE 0 END) AS BIGINT) AS not_set_up,
      CAST(SUM(CASE WHEN f.what = 'chosen' THEN 1 ELSE 0 END) AS BIGINT) AS chosen
    FROM figures f
    GROUP BY f.market, f.method, f.provider
    ORDER BY f.market, f.method, f.provider`,
);
