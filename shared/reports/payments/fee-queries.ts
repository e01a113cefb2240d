import * as z from 'zod';
import { currencySchema } from '../../kernel/currency.ts';
import { lakeQuery, wholeCell } from '../lake/lake-report.ts';

/**
 * The captures of the period by market, method, provider and currency, with the fee that was expected and the one that
 * the provider charged. A capture is settled by the lines that name its reference.
 */
export const feeFigures = lakeQuery(
  {
    ...{ market: z.string(), method: z.string(), provider: z.string(), currency: currencySchema },
    ...{ captures: wholeCell, amount: wholeCell, known: wholeCell, expected: wholeCell },
    ...{
      charged_of: wholeCell,
      charged: wholeCell,
      settled: wholeCell,
      compared: wholeCell,
      difference: wholeCell,
    },
  },
  (tables) => `
    WITH rules AS (
      SELECT o.order_id AS order_id, o.payment_id AS payment_id, o.country AS market, o.payment_method AS method,
        o.payment_provider AS provider, o.fee_millionths AS millionths, o.fee_fixed_minor AS fixed_minor
      FROM ${tables.until('orders')} o
      UNION ALL
      SELECT m.order_id AS order_id, m.to_payment_id AS payment_id, m.country AS market, m.to_method AS method,
        m.to_provider AS provider, m.fee_millionths AS millionths, m.fee_fixed_minor AS fixed_minor
      FROM ${tables.until('intents')} m
      WHERE m.event = 'moved' AND m.reason <> 'paid'
    ),
    settled AS (
      SELECT s.order_id AS order_id, s.settles AS reference, SUM(s.fee_minor) AS fee
      FROM ${tables.since('settlements')} s
      WHERE s.kind = 'payment'
      GROUP BY s.order_id, s.settles
    ),
    fees AS (
      SELECT r.market AS market, r.method AS method, r.provider AS provider, c.currency AS currency,
        c.amount_minor AS amount, s.fee AS settled, COALESCE(s.fee, c.fee_minor) AS charged,
        (c.amount_minor * r.millionths + 500000 - MOD(c.amount_minor * r.millionths + 500000, 1000000)) / 1000000
          + r.fixed_minor AS expected
      FROM ${tables.within('payments')} c
      ${tables.joinDays('c.occurred_at')}
      JOIN rules r ON r.order_id = c.order_id AND r.payment_id = c.payment_id
      LEFT JOIN settled s ON s.order_id = c.order_id AND s.reference = c.reference
      LEFT JOIN ${tables.since('payments')} x
        ON x.event = 'capture_failed' AND x.order_id = c.order_id AND x.reference = c.reference
      WHERE c.event = 'captured' AND x.order_id IS NULL
    )
    SELECT f.market AS market, f.method AS method, f.provider AS provider, f.currency AS currency,
      CAST(COUNT(*) AS BIGINT) AS captures,
      CAST(SUM(f.amount) AS BIGINT) AS amount,
      CAST(COUNT(f.expected) AS BIGINT) AS known,
      CAST(COALESCE(SUM(f.expected), 0) AS BIGINT) AS expected,
      CAST(COUNT(f.charged) AS BIGINT) AS charged_of,
      CAST(COALESCE(SUM(f.charged), 0) AS BIGINT) AS charged,
      CAST(COUNT(f.settled) AS BIGINT) AS settled,
      CAST(COUNT(f.charged - f.expected) AS BIGINT) AS compared,
      CAST(COALESCE(SUM(f.charged - f.expected), 0) AS BIGINT) AS difference
    FROM fees f
    GROUP BY f.market, f.method, f.provider, f.currency
    ORDER BY f.market, f.method, f.provider, f.currency`,
);
