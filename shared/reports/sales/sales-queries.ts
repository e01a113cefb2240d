import * as z from 'zod';
import { currencySchema } from '../../kernel/currency.ts';
import { dayCell, lakeQuery, wholeCell } from '../lake/lake-report.ts';
import { rateDay, rateDayOf, sold, sumOf } from '../lake/sold-orders.ts';

const channelCell = z.string().nullable();
const place = { day: dayCell, storefront_id: z.string(), channel: channelCell, country: z.string() };

/** What sold orders were charged of a figure: the total of the order without what the consignee pays on delivery. */
const charged = (figure: 'goods' | 'shipping' | 'duty' | 'tax' | 'fees') =>
  `CAST(SUM(CASE WHEN o.is_sold = 1 THEN o.${figure}_minor - COALESCE(d.${figure}, 0) ELSE 0 END) AS BIGINT) AS ${figure}`;

/**
 * Orders and what the shoppers were charged, by local day, storefront, channel, market, currency and day of rates;
 * beside them the orders that nobody paid. The totals of the orders are read, and not their many charges.
 */
export const soldOrders = lakeQuery(
  {
    ...place,
    ...rateDay,
    ...{ orders: wholeCell, unsold: wholeCell, goods: wholeCell, shipping: wholeCell },
    ...{ duty: wholeCell, tax: wholeCell, fees: wholeCell },
  },
  (tables) => `
    WITH ${sold(tables)},
    on_delivery AS (
      SELECT c.order_id AS order_id, ${sumOf('goods')} AS goods, ${sumOf('shipping')} AS shipping,
        ${sumOf('duty')} AS duty, ${sumOf('tax')} AS tax, ${sumOf('fee')} AS fees
      FROM ${tables.within('charges')} c
      WHERE c.collected_on_delivery
      GROUP BY c.order_id
    )
    SELECT o.local_day AS day, o.storefront_id AS storefront_id, o.channel AS channel,
      o.country AS country, o.currency AS currency,
      ${rateDayOf}, CAST(SUM(o.is_sold) AS BIGINT) AS orders, CAST(SUM(1 - o.is_sold) AS BIGINT) AS unsold,
      ${charged('goods')}, ${charged('shipping')}, ${charged('duty')}, ${charged('tax')}, ${charged('fees')}
    FROM placed o
    LEFT JOIN on_delivery d ON d.order_id = o.order_id
    GROUP BY o.local_day, o.storefront_id, o.channel, o.country, o.currency, o.rates_date, o.day
    ORDER BY o.local_day, o.storefront_id, o.channel, o.country, o.currency, o.rates_date, o.day`,
);

/**
 * Units and their price, by SKU besides. An order counts where its first line with the SKU is. Files of before that
 * column have no number of the line: there the orders are counted apart.
 */
export const soldLines = lakeQuery(
  { ...place, ...rateDay, sku: z.string(), orders: wholeCell, units: wholeCell, goods: wholeCell },
  (tables) => `
    WITH ${sold(tables)}
    SELECT o.local_day AS day, o.storefront_id AS storefront_id, o.channel AS channel,
      o.country AS country, o.currency AS currency,
      ${rateDayOf}, l.sku AS sku,
      CAST(SUM(CASE WHEN l.line_of_sku = 0 THEN 1 ELSE 0 END) AS BIGINT)
        + COUNT(DISTINCT CASE WHEN l.line_of_sku IS NULL THEN o.order_id END) AS orders,
      CAST(SUM(l.quantity) AS BIGINT) AS units, CAST(SUM(l.goods_minor) AS BIGINT) AS goods
    FROM placed o
    JOIN ${tables.within('lines')} l ON l.order_id = o.order_id
    WHERE o.is_sold = 1
    GROUP BY o.local_day, o.storefront_id, o.channel, o.country, o.currency, o.rates_date, o.day, l.sku
    ORDER BY o.local_day, o.storefront_id, o.channel, o.country, o.currency, o.rates_date, o.day, l.sku`,
);

/**
 * Refunds of the period by the local day on which they were paid. The place and the rates are those of their order.
 * A refund that came back is none.
 */
export const paidRefunds = lakeQuery(
  {
    ...{ day: dayCell, storefront_id: z.string().nullable(), channel: channelCell },
    country: z.string().nullable(),
    ...{ currency: currencySchema, locked_day: dayCell.nullable(), placed_day: dayCell.nullable() },
    ...{ refunds: wholeCell, refunded: wholeCell },
  },
  ({ within, since, until, joinDays }) => `
    SELECT CAST(days.day AS VARCHAR) AS day, o.storefront_id AS storefront_id, o.channel AS channel,
      o.country AS country,
      r.currency AS currency, ${rateDayOf}, COUNT(*) AS refunds, CAST(SUM(r.amount_minor) AS BIGINT) AS refunded
    FROM ${within('refunds')} r
    ${joinDays('r.occurred_at')}
    LEFT JOIN ${until('orders')} o ON o.order_id = r.order_id
    LEFT JOIN (
      SELECT DISTINCT f.refund_id AS refund_id FROM ${since('refunds')} f WHERE f.event = 'failed'
    ) came_back ON came_back.refund_id = r.refund_id
    WHERE r.event = 'paid' AND came_back.refund_id IS NULL
    GROUP BY days.day, o.storefront_id, o.channel, o.country, r.currency, o.rates_date, o.day
    ORDER BY days.day, o.storefront_id, o.channel, o.country, r.currency, o.rates_date, o.day`,
);
