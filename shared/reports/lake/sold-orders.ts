import type * as z from 'zod';
import { currencySchema } from '../../kernel/currency.ts';
import type { NotCounted } from '../answer/report-answer.ts';
import { dayCell, lakeQuery, wholeCell } from './lake-report.ts';
import type { LakeTables } from './lake-tables.ts';

/** What decides at which rate the amounts of an order are converted. */
export const rateDay = { currency: currencySchema, locked_day: dayCell.nullable(), placed_day: dayCell };

/** The columns of {@link rateDay}, of an order `o`. */
export const rateDayOf = `CAST(o.rates_date AS VARCHAR) AS locked_day, CAST(o.day AS VARCHAR) AS placed_day`;

/**
 * The orders of the period that were sold: their payment was accepted, and not given up before the money was taken.
 * An order that costs nothing needs no payment.
 */
export const sold = ({ within, since, joinDays }: LakeTables) => `
  accepted AS (
    SELECT p.order_id AS order_id
    FROM ${since('payments')} p
    WHERE p.event IN ('authorised', 'captured', 'voided')
    GROUP BY p.order_id
    HAVING SUM(CASE WHEN p.event = 'captured' THEN 1 ELSE 0 END) > 0
      OR (SUM(CASE WHEN p.event = 'authorised' THEN 1 ELSE 0 END) > 0
        AND SUM(CASE WHEN p.event = 'voided' THEN 1 ELSE 0 END) = 0)
  ),
  placed AS (
    SELECT CAST(days.day AS VARCHAR) AS local_day, o.*,
      CASE WHEN a.order_id IS NULL AND o.total_minor > 0 THEN 0 ELSE 1 END AS is_sold
    FROM ${within('orders')} o
    ${joinDays('o.occurred_at')}
    LEFT JOIN accepted a ON a.order_id = o.order_id
  )`;

/** The sum of the charges `c` of a kind. */
export const sumOf = (kind: string) =>
  `CAST(SUM(CASE WHEN c.kind = '${kind}' THEN c.amount_minor ELSE 0 END) AS BIGINT)`;

/** Orders of the period that nobody has paid. */
export const unsoldOrders = lakeQuery(
  { orders: wholeCell },
  (tables) => `
    WITH ${sold(tables)}
    SELECT COUNT(*) AS orders FROM placed o WHERE o.is_sold = 0`,
);

/** Says how many orders a report on sold ones leaves out. */
export function notPaid(found: readonly z.infer<typeof unsoldOrders.row>[]): NotCounted[] {
  const count = found[0]?.orders ?? 0;
  if (count === 0) return [];
  const says = 'orders that were placed and not paid, or whose payment was given up';
  return [{ code: 'not-paid', says, count }];
}
