import * as z from 'zod';
import { currencySchema } from '../../kernel/currency.ts';
import { dayCell, lakeQuery, wholeCell } from '../lake/lake-report.ts';
import type { LakeTables } from '../lake/lake-tables.ts';
import { rateDay, rateDayOf } from '../lake/sold-orders.ts';

/** The cohort of a customer; null where the lake does not know it. */
const cohort = { first_month: z.string().nullable(), first_country: z.string().nullable() };

/** All orders until the period ends whose payment was accepted by then, with their cohort. */
const bought = ({ until, to }: LakeTables) => `
  accepted AS (
    SELECT p.order_id AS order_id
    FROM ${until('payments')} p
    WHERE p.occurred_at < ${to}
    GROUP BY p.order_id
    HAVING SUM(CASE WHEN p.event = 'captured' THEN 1 ELSE 0 END) > 0
      OR (SUM(CASE WHEN p.event = 'authorised' THEN 1 ELSE 0 END) > 0
        AND SUM(CASE WHEN p.event = 'voided' THEN 1 ELSE 0 END) = 0)
  ),
  bought AS (
    SELECT o.order_id AS order_id, o.currency AS currency, o.rates_date AS rates_date, o.day AS day,
      o.total_minor AS total, substr(CAST(o.day AS VARCHAR), 1, 7) AS bought_month, c.first_month AS first_month,
      c.first_country AS first_country, c.nth AS nth
    FROM ${until('orders')} o
    LEFT JOIN accepted a ON a.order_id = o.order_id
    LEFT JOIN ${until('cohorts')} c ON c.order_id = o.order_id
    WHERE o.occurred_at < ${to} AND (a.order_id IS NOT NULL OR o.total_minor = 0)
  )`;

/** What customers bought until the period ends, by cohort and UTC month. */
export const cohortOrders = lakeQuery(
  { ...cohort, month: z.string(), ...rateDay, orders: wholeCell, customers: wholeCell, gross: wholeCell },
  (tables) => `
    WITH ${bought(tables)}
    SELECT o.first_month AS first_month, o.first_country AS first_country, o.bought_month AS month,
      o.currency AS currency, ${rateDayOf}, COUNT(*) AS orders,
      CAST(SUM(CASE WHEN o.nth = 1 THEN 1 ELSE 0 END) AS BIGINT) AS customers, CAST(SUM(o.total) AS BIGINT) AS gross
    FROM bought o
    GROUP BY o.first_month, o.first_country, o.bought_month, o.currency, o.rates_date, o.day
    ORDER BY o.first_month, o.first_country, o.bought_month, o.currency, o.rates_date, o.day`,
);

/** What was given back until the period ends, by the cohort and the UTC month of its order. */
export const cohortRefunds = lakeQuery(
  { ...cohort, month: z.string(), ...rateDay, refunds: wholeCell, refunded: wholeCell },
  (tables) => `
    WITH ${bought(tables)},
    came_back AS (
      SELECT DISTINCT f.refund_id AS refund_id
      FROM ${tables.until('refunds')} f
      WHERE f.event = 'failed' AND f.occurred_at < ${tables.to}
    )
    SELECT o.first_month AS first_month, o.first_country AS first_country, o.bought_month AS month,
      r.currency AS currency, ${rateDayOf}, COUNT(*) AS refunds, CAST(SUM(r.amount_minor) AS BIGINT) AS refunded
    FROM ${tables.until('refunds')} r
    JOIN bought o ON o.order_id = r.order_id
    LEFT JOIN came_back f ON f.refund_id = r.refund_id
    WHERE r.event = 'paid' AND r.occurred_at < ${tables.to} AND f.refund_id IS NULL
    GROUP BY o.first_month, o.first_country, o.bought_month, r.currency, o.rates_date, o.day
    ORDER BY o.first_month, o.first_country, o.bought_month, r.currency, o.rates_date, o.day`,
);

/** What was spent on marketing before the period ends, by month, market and day. Of one key, what was stored last. */
export const marketingSpent = lakeQuery(
  { month: z.string(), country: z.string(), spent_on: dayCell, currency: currencySchema, amount: wholeCell },
  ({ all, to }) => `
    WITH stored AS (
      SELECT m.*, row_number() OVER (
        PARTITION BY m.storefront_id, m.country, m.channel, m.spent_on ORDER BY m.occurred_at DESC, m.fact_id DESC
      ) AS place
      FROM ${all('marketing_costs')} m
    )
    SELECT substr(CAST(s.spent_on AS VARCHAR), 1, 7) AS month, s.country AS country,
      CAST(s.spent_on AS VARCHAR) AS spent_on, s.currency AS currency, CAST(SUM(s.amount_minor) AS BIGINT) AS amount
    FROM stored s
    WHERE s.place = 1 AND CAST(s.spent_on AS TIMESTAMP) < ${to}
    GROUP BY s.country, s.spent_on, s.currency
    ORDER BY s.spent_on, s.country, s.currency`,
);
