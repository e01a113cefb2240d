import * as z from 'zod';
import { currencySchema } from '../../kernel/currency.ts';
import { lakeQuery, wholeCell } from '../lake/lake-report.ts';
import type { LakeTables } from '../lake/lake-tables.ts';
import { rateDay, rateDayOf, sold } from '../lake/sold-orders.ts';

/** A share of an amount, half up: `part` of `whole`. */
const shareOf = (amount: string, part: string, whole: string) =>
  `CAST(floor(CAST(${amount} AS DOUBLE) * ${part} / ${whole} + 0.5) AS BIGINT)`;

/**
 * The part of an amount that falls to one of several, by its weight `own`. `upTo` is the sum of the weights up to it,
 * `all` the sum of all of them. Sums up to each one are rounded half up, so that the parts add up to the amount.
 */
const partOf = (amount: string, { own, upTo, all }: Readonly<Record<'own' | 'upTo' | 'all', string>>) =>
  `(${shareOf(amount, upTo, all)} - ${shareOf(amount, `(${upTo} - ${own})`, all)})`;

const byWeight = { own: 'l.grams', upTo: 'l.grams_up_to', all: 'l.grams_of_parcel' };
const byPriceInParcel = { own: 'l.price', upTo: 'l.price_in_parcel', all: 'l.price_of_parcel' };
const byPriceInOrder = { own: 'l.price', upTo: 'b.price_in_order', all: 'b.price_of_order' };

/** All lines of a parcel in the order of the lines: one sort of the lines serves every sum. */
const OF_PARCEL = 'OVER (PARTITION BY w.parcel_id ORDER BY w.line_id';
const whole = (column: string) =>
  `SUM(w.${column}) ${OF_PARCEL} ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)`;
const upTo = (column: string) =>
  `SUM(w.${column}) ${OF_PARCEL} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)`;

/** The lines of sold orders, with what divides the amounts of their parcel among them. */
const soldLines = (tables: LakeTables) => `
  weighed AS (
    SELECT o.order_id AS order_id, o.currency AS currency, o.rates_date AS rates_date, o.day AS day,
      l.parcel_id AS parcel_id, l.line_id AS line_id, l.sku AS sku, l.country AS country, l.quantity AS units,
      l.goods_minor AS goods, l.quantity * l.unit_weight_grams AS grams
    FROM placed o
    JOIN ${tables.within('lines')} l ON l.order_id = o.order_id
    WHERE o.is_sold = 1
  ),
  summed AS (
    SELECT w.*, ${upTo('grams')} AS grams_up_to, ${whole('grams')} AS grams_of_parcel,
      ${upTo('goods')} AS goods_up_to, ${whole('goods')} AS goods_of_parcel,
      ${upTo('units')} AS units_up_to, ${whole('units')} AS units_of_parcel
    FROM weighed w
  ),
  sold_lines AS (
    SELECT s.*, CASE WHEN s.goods_of_parcel > 0 THEN s.goods ELSE s.units END AS price,
      CASE WHEN s.goods_of_parcel > 0 THEN s.goods_up_to ELSE s.units_up_to END AS price_in_parcel,
      CASE WHEN s.goods_of_parcel > 0 THEN s.goods_of_parcel ELSE s.units_of_parcel END AS price_of_parcel
    FROM summed s
  )`;

/** What divides what was given back for a whole order: only few orders have such a refund. */
const linesGivenBack = `
  back_lines AS (
    SELECT l.parcel_id AS parcel_id, l.line_id AS line_id, g.price AS given_price, g.cost AS given_cost,
      SUM(l.price) OVER (PARTITION BY l.order_id ORDER BY l.parcel_id, l.line_id) AS price_in_order,
      SUM(l.price) OVER (PARTITION BY l.order_id) AS price_of_order
    FROM sold_lines l
    JOIN given_back g ON g.order_id = l.order_id AND g.parcel_id IS NULL
  )`;

/** What shoppers paid to the seller, by parcel. */
const paidCharges = ({ within }: LakeTables) => `
  parcel_charges AS (
    SELECT c.parcel_id AS parcel_id,
      SUM(CASE WHEN c.kind = 'shipping' THEN c.amount_minor ELSE 0 END) AS shipping, SUM(c.amount_minor) AS paid
    FROM ${within('charges')} c
    WHERE NOT c.collected_on_delivery
    GROUP BY c.parcel_id
  )`;

/** What carriers take for parcels: as invoiced, less what they credited; otherwise by the rate card. */
const freightOf = ({ since, within }: LakeTables) => `
  credited AS (
    SELECT DISTINCT s.parcel_id AS parcel_id, s.carrier AS carrier, s.invoice_number AS invoice_number
    FROM ${since('freight_invoices')} s
    WHERE s.event = 'dispute_settled' AND s.status = 'credited'
  ),
  invoiced AS (
    SELECT f.parcel_id AS parcel_id, MIN(f.currency) AS currency,
      SUM(f.amount_minor - CASE WHEN s.parcel_id IS NULL THEN 0 ELSE COALESCE(f.excess_minor, 0) END) AS amount
    FROM ${since('freight_invoices')} f
    LEFT JOIN credited s
      ON s.parcel_id = f.parcel_id AND s.carrier = f.carrier AND s.invoice_number = f.invoice_number
    WHERE f.event = 'invoiced'
    GROUP BY f.parcel_id
    HAVING MIN(f.currency) = MAX(f.currency)
  ),
  parcel_freight AS (
    SELECT p.parcel_id AS parcel_id, COALESCE(i.amount, p.freight_minor) AS amount,
      CASE WHEN i.parcel_id IS NULL THEN p.freight_currency ELSE i.currency END AS currency
    FROM ${within('parcels')} p
    LEFT JOIN invoiced i ON i.parcel_id = p.parcel_id
  )`;

/**
 * What was given back of each order, whenever it was paid: for a parcel that the refund names, or for the order. The
 * price is the part of goods and shipping; the rest is duty, tax and fees, less the tax that the refund takes back.
 */
const givenBack = ({ since }: LakeTables) => `
  named AS (
    SELECT n.refund_id AS refund_id, MAX(n.parcel_id) AS parcel_id
    FROM ${since('refunds')} n
    WHERE n.event = 'requested'
    GROUP BY n.refund_id
  ),
  came_back AS (
    SELECT DISTINCT f.refund_id AS refund_id FROM ${since('refunds')} f WHERE f.event = 'failed'
  ),
  tax_back AS (
    SELECT j.fact_id AS fact_id, SUM(j.amount_minor) AS amount
    FROM ${since('journals')} j
    JOIN ${since('refunds')} p ON p.fact_id = j.fact_id AND p.event = 'paid'
    WHERE j.account LIKE 'tax-owed:%'
    GROUP BY j.fact_id
  ),
  back AS (
    SELECT r.order_id AS order_id, n.parcel_id AS parcel_id, SUM(r.amount_minor) AS refunded,
      SUM(COALESCE(t.amount, 0)) AS tax
    FROM ${since('refunds')} r
    LEFT JOIN named n ON n.refund_id = r.refund_id
    LEFT JOIN came_back f ON f.refund_id = r.refund_id
    LEFT JOIN tax_back t ON t.fact_id = r.fact_id
    WHERE r.event = 'paid' AND f.refund_id IS NULL
    GROUP BY r.order_id, n.parcel_id
  ),
  given_back AS (
    SELECT b.order_id AS order_id, b.parcel_id AS parcel_id, b.refunded - b.tax AS cost,
      ${shareOf('b.refunded', '(o.goods_minor + o.shipping_minor)', 'o.total_minor')} AS price
    FROM back b
    JOIN placed o ON o.order_id = b.order_id
    WHERE o.total_minor > 0
  )`;

/** What one unit of a product costs, from a day until before another one. Of one day, what was stored last. */
const unitCosts = ({ all }: LakeTables) => `
  stored_costs AS (
    SELECT c.*, row_number() OVER (PARTITION BY c.sku, c.valid_from ORDER BY c.occurred_at DESC, c.fact_id DESC) AS place
    FROM ${all('purchase_costs')} c
  ),
  unit_costs AS (
    SELECT c.sku AS sku, c.valid_from AS valid_from,
      LEAD(c.valid_from) OVER (PARTITION BY c.sku ORDER BY c.valid_from) AS valid_to,
      c.purchase_minor AS purchase, c.purchase_currency AS purchase_currency,
      c.first_leg_minor AS first_leg, c.first_leg_currency AS first_leg_currency
    FROM stored_costs c
    WHERE c.place = 1
  )`;

const wholeOf = (figure: string) => `CAST(COALESCE(SUM(${figure}), 0) AS BIGINT)`;
const refundOf = (figure: string) =>
  `COALESCE(${partOf(`of_parcel.${figure}`, byPriceInParcel)}, 0) + COALESCE(${partOf(`b.given_${figure}`, byPriceInOrder)}, 0)`;

/**
 * Units of sold orders by product, market, currencies and day of rates, with all that they brought and cost. A currency
 * of a cost is null where the cost is not known.
 */
export const soldUnits = lakeQuery(
  {
    ...{ sku: z.string(), country: z.string(), ...rateDay },
    ...{ purchase_currency: currencySchema.nullable(), first_leg_currency: currencySchema.nullable() },
    ...{
      freight_currency: currencySchema.nullable(),
      units: wholeCell,
      goods: wholeCell,
      shipping: wholeCell,
    },
    ...{ paid: wholeCell, purchase: wholeCell, first_leg: wholeCell, freight: wholeCell },
    ...{ refunds: wholeCell, absorbed: wholeCell },
  },
  (tables) => `
    WITH ${sold(tables)}, ${soldLines(tables)}, ${paidCharges(tables)}, ${freightOf(tables)}, ${givenBack(tables)},
    ${linesGivenBack}, ${unitCosts(tables)}
    SELECT l.sku AS sku, l.country AS country, l.currency AS currency, ${rateDayOf.replaceAll('o.', 'l.')},
      u.purchase_currency AS purchase_currency, u.first_leg_currency AS first_leg_currency,
      f.currency AS freight_currency, ${wholeOf('l.units')} AS units, ${wholeOf('l.goods')} AS goods,
      ${wholeOf(partOf('c.shipping', byWeight))} AS shipping,
      ${wholeOf(partOf('c.paid', byPriceInParcel))} AS paid,
      ${wholeOf('l.units * u.purchase')} AS purchase, ${wholeOf('l.units * u.first_leg')} AS first_leg,
      ${wholeOf(partOf('f.amount', byWeight))} AS freight,
      ${wholeOf(refundOf('price'))} AS refunds, ${wholeOf(`${refundOf('cost')} - (${refundOf('price')})`)} AS absorbed
    FROM sold_lines l
    JOIN parcel_charges c ON c.parcel_id = l.parcel_id
    LEFT JOIN parcel_freight f ON f.parcel_id = l.parcel_id
    LEFT JOIN given_back of_parcel ON of_parcel.parcel_id = l.parcel_id
    LEFT JOIN back_lines b ON b.parcel_id = l.parcel_id AND b.line_id = l.line_id
    LEFT JOIN unit_costs u
      ON u.sku = l.sku AND u.valid_from <= l.day AND (u.valid_to IS NULL OR u.valid_to > l.day)
    GROUP BY l.sku, l.country, l.currency, l.rates_date, l.day, u.purchase_currency, u.first_leg_currency, f.currency
    ORDER BY l.sku, l.country, l.currency, l.rates_date, l.day, u.purchase_currency, u.first_leg_currency, f.currency`,
);
