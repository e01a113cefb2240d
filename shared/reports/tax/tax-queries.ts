import * as z from 'zod';
import { currencySchema } from '../../kernel/currency.ts';
import { dayCell, lakeQuery, wholeCell } from '../lake/lake-report.ts';
import { rateDay, rateDayOf } from '../lake/sold-orders.ts';

const owed = {
  authority: z.string(),
  what: z.enum(['duty', 'tax', 'fee']),
  ...{ regime: z.string(), scheme: z.string(), month: z.string(), ...rateDay },
  ...{ orders: wholeCell, added: wholeCell, taken: wholeCell },
};

const monthOf = `substr(CAST(days.day AS VARCHAR), 1, 7)`;

/** Duty, tax and fees that became owed when their parcels left, by authority, scheme and month. */
export const leftOwed = lakeQuery(
  owed,
  ({ until, within, joinDays }) => `
    SELECT COALESCE(c.owed_to, 'unassigned') AS authority, c.kind AS what, c.regime AS regime, c.scheme AS scheme,
      ${monthOf} AS month, c.currency AS currency, ${rateDayOf}, COUNT(DISTINCT c.order_id) AS orders,
      CAST(SUM(c.amount_minor) AS BIGINT) AS added, CAST(0 AS BIGINT) AS taken
    FROM ${within('parcel_events')} e
    ${joinDays('e.occurred_at')}
    JOIN ${until('charges')} c ON c.parcel_id = e.parcel_id
    JOIN ${until('orders')} o ON o.order_id = c.order_id
    WHERE e.event = 'dispatched' AND NOT c.collected_on_delivery AND c.amount_minor <> 0
      AND (c.kind IN ('duty', 'fee')
        OR (c.kind = 'tax'
          AND NOT (COALESCE(c.owed_to, '') LIKE '__:ioss' OR COALESCE(c.owed_to, '') LIKE '__:oss')))
    GROUP BY COALESCE(c.owed_to, 'unassigned'), c.kind, c.regime, c.scheme, ${monthOf}, c.currency, o.rates_date, o.day
    ORDER BY 1, 2, 3, 4, 5, 6, o.rates_date, o.day`,
);

/**
 * Tax under a scheme with a return: it is owed from when it became chargeable, and refunds and stops take it back. The
 * postings are the entries of the returns.
 */
export const schemeOwed = lakeQuery(
  owed,
  ({ until, within, joinDays }) => `
    SELECT substr(j.account, 10) AS authority, 'tax' AS what, 'eu' AS regime, substr(j.account, 13) AS scheme,
      ${monthOf} AS month, j.currency AS currency, ${rateDayOf},
      COUNT(DISTINCT CASE WHEN j.amount_minor < 0 THEN j.order_id END) AS orders,
      CAST(SUM(CASE WHEN j.amount_minor < 0 THEN -j.amount_minor ELSE 0 END) AS BIGINT) AS added,
      CAST(SUM(CASE WHEN j.amount_minor > 0 THEN j.amount_minor ELSE 0 END) AS BIGINT) AS taken
    FROM ${within('journals')} j
    ${joinDays('j.occurred_at')}
    JOIN ${until('orders')} o ON o.order_id = j.order_id
    WHERE j.account LIKE 'tax-owed:__:ioss' OR j.account LIKE 'tax-owed:__:oss'
    GROUP BY substr(j.account, 10), substr(j.account, 13), ${monthOf}, j.currency, o.rates_date, o.day
    ORDER BY 1, 4, 5, 6, o.rates_date, o.day`,
);

/** Rates that authorities prescribe: those of months, and those of days since the period began. */
export const prescribedRates = lakeQuery(
  {
    ...{ kind: z.enum(['daily', 'eu-customs-month', 'hmrc-month']), published: dayCell },
    ...{ month: z.string().nullable(), base: currencySchema, currency: currencySchema, rate: z.string() },
    source: z.string(),
  },
  ({ all, from }) => `
    SELECT r.kind AS kind, CAST(r.date AS VARCHAR) AS published, r.month AS month, r.base AS base,
      r.currency AS currency, r.rate AS rate, r.source AS source
    FROM ${all('rates')} r
    WHERE (r.kind = 'daily' AND r.date >= CAST(${from} AS DATE))
      OR (r.kind IN ('eu-customs-month', 'hmrc-month') AND r.month >= substr(CAST(CAST(${from} AS DATE) AS VARCHAR), 1, 7))
    ORDER BY r.kind, r.date, r.month, r.base, r.recorded_at, r.currency, r.rate, r.source`,
);
