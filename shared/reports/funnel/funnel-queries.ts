import * as z from 'zod';
import { dayCell, lakeQuery, wholeCell } from '../lake/lake-report.ts';
import type { LakeTables } from '../lake/lake-tables.ts';
import { rateDay, rateDayOf, sold } from '../lake/sold-orders.ts';
import type { PeriodKind } from '../period/report-period.ts';

/** The seconds of a slot: the shortest time by which a period of that kind is divided. A month has days alone. */
export const SLOT_SECONDS: Readonly<Record<PeriodKind, number | undefined>> = {
  day: 60,
  week: 3_600,
  month: undefined,
};

/** When and where: a local day, the seconds from its start to the slot's, storefront, and market. */
const place = {
  day: dayCell,
  slot: wholeCell,
  storefront_id: z.string(),
  country: z.string().nullable(),
};

/** The start of the slot of an instant, in seconds after the start of its local day. */
function slotOf({ kind }: LakeTables, at: string): string {
  const size = SLOT_SECONDS[kind];
  if (size === undefined) return '0';
  const since = `date_diff('second', days.starts_at, date_trunc('second', ${at}))`;
  return `${since} - ${since} % ${size}`;
}

/** Joins the local day of the rows `r`. */
const onDay = ({ joinDays }: LakeTables) => joinDays('r.occurred_at');

/** What storefronts reported, by slot, storefront and market. */
export const steps = lakeQuery(
  { ...place, views: wholeCell, carts: wholeCell, units: wholeCell },
  (tables) => `
    WITH cut AS (
      SELECT CAST(days.day AS VARCHAR) AS local_day, ${slotOf(tables, 'r.occurred_at')} AS slot, r.*
      FROM ${tables.within('visit_steps')} r
      ${onDay(tables)}
    )
    SELECT c.local_day AS day, c.slot AS slot, c.storefront_id AS storefront_id, c.country AS country,
      SUM(CASE WHEN c.step = 'view' THEN 1 ELSE 0 END) AS views,
      SUM(CASE WHEN c.step = 'cart' THEN 1 ELSE 0 END) AS carts,
      CAST(SUM(COALESCE(c.quantity, 0)) AS BIGINT) AS units
    FROM cut c
    GROUP BY c.local_day, c.slot, c.storefront_id, c.country
    ORDER BY c.local_day, c.slot, c.storefront_id, c.country`,
);

/** Visitors by the slot of their first step, and those of them who put something into the cart. */
export const visitors = lakeQuery(
  { ...place, visitors: wholeCell, with_cart: wholeCell },
  (tables) => `
    WITH visits AS (
      SELECT r.visitor AS visitor, r.storefront_id AS storefront_id, r.country AS country,
        MIN(r.occurred_at) AS first_at, MAX(CASE WHEN r.step = 'cart' THEN 1 ELSE 0 END) AS has_cart
      FROM ${tables.within('visit_steps')} r
      ${onDay(tables)}
      WHERE r.visitor IS NOT NULL
      GROUP BY r.visitor, r.storefront_id, r.country
    ),
    cut AS (
      SELECT CAST(days.day AS VARCHAR) AS local_day, ${slotOf(tables, 'v.first_at')} AS slot, v.*
      FROM visits v
      ${tables.joinDays('v.first_at')}
    )
    SELECT c.local_day AS day, c.slot AS slot, c.storefront_id AS storefront_id, c.country AS country,
      COUNT(*) AS visitors, CAST(SUM(c.has_cart) AS BIGINT) AS with_cart
    FROM cut c
    GROUP BY c.local_day, c.slot, c.storefront_id, c.country
    ORDER BY c.local_day, c.slot, c.storefront_id, c.country`,
);

/** Baskets that were priced or refused. A quote that refreshes another one is no new basket. */
export const baskets = lakeQuery(
  { ...place, given: wholeCell, refused: wholeCell },
  (tables) => `
    WITH cut AS (
      SELECT CAST(days.day AS VARCHAR) AS local_day, ${slotOf(tables, 'r.occurred_at')} AS slot, r.*
      FROM ${tables.within('quotes')} r
      ${onDay(tables)}
      WHERE r.row_no = 0 AND r.previous_quote_id IS NULL
    )
    SELECT c.local_day AS day, c.slot AS slot, c.storefront_id AS storefront_id, c.country AS country,
      SUM(CASE WHEN c.outcome = 'given' THEN 1 ELSE 0 END) AS given,
      SUM(CASE WHEN c.outcome = 'refused' THEN 1 ELSE 0 END) AS refused
    FROM cut c
    GROUP BY c.local_day, c.slot, c.storefront_id, c.country
    ORDER BY c.local_day, c.slot, c.storefront_id, c.country`,
);

/** Why baskets were refused. A basket with two reasons is in both. */
export const reasons = lakeQuery(
  { reason: z.string(), country: z.string(), baskets: wholeCell },
  (tables) => `
    SELECT r.reason AS reason, r.country AS country, COUNT(DISTINCT r.fact_id) AS baskets
    FROM ${tables.within('quotes')} r
    ${onDay(tables)}
    WHERE r.outcome = 'refused'
    GROUP BY r.reason, r.country
    ORDER BY r.reason, r.country`,
);

/** Orders by the slot in which they were placed, and what became of them until now. */
export const orders = lakeQuery(
  {
    ...place,
    ...rateDay,
    ...{ orders: wholeCell, paid: wholeCell, delivered: wholeCell, charged: wholeCell },
  },
  (tables) => `
    WITH ${sold(tables)},
    arrived AS (
      SELECT DISTINCT e.order_id AS order_id FROM ${tables.since('order_events')} e WHERE e.name = 'order.delivered'
    ),
    cut AS (
      SELECT ${slotOf(tables, 'o.occurred_at')} AS slot, o.*,
        CASE WHEN a.order_id IS NOT NULL THEN 1 ELSE 0 END AS is_delivered
      FROM placed o
      ${tables.joinDays('o.occurred_at')}
      LEFT JOIN arrived a ON a.order_id = o.order_id
    )
    SELECT o.local_day AS day, o.slot AS slot, o.storefront_id AS storefront_id, o.country AS country,
      o.currency AS currency, ${rateDayOf}, COUNT(*) AS orders, CAST(SUM(o.is_sold) AS BIGINT) AS paid,
      CAST(SUM(o.is_delivered) AS BIGINT) AS delivered,
      CAST(SUM(CASE WHEN o.is_sold = 1 THEN o.total_minor ELSE 0 END) AS BIGINT) AS charged
    FROM cut o
    GROUP BY o.local_day, o.slot, o.storefront_id, o.country, o.currency, o.rates_date, o.day
    ORDER BY o.local_day, o.slot, o.storefront_id, o.country, o.currency, o.rates_date, o.day`,
);
