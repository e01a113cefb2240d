import * as z from 'zod';
import { currencySchema } from '../../kernel/currency.ts';
import { instantSchema } from '../../kernel/time.ts';
import { lakeQuery, wholeCell } from '../lake/lake-report.ts';

/** The postings of the ledger until the end of the period, by account and currency. */
export const accounts = lakeQuery(
  {
    account: z.string(),
    currency: currencySchema,
    opening: wholeCell,
    debits: wholeCell,
    credits: wholeCell,
  },
  ({ until, from, to }) => `
    SELECT j.account AS account, j.currency AS currency,
      CAST(SUM(CASE WHEN j.occurred_at < ${from} THEN j.amount_minor ELSE 0 END) AS BIGINT) AS opening,
      CAST(SUM(CASE WHEN j.occurred_at >= ${from} AND j.amount_minor > 0 THEN j.amount_minor ELSE 0 END) AS BIGINT)
        AS debits,
      CAST(SUM(CASE WHEN j.occurred_at >= ${from} AND j.amount_minor < 0 THEN -j.amount_minor ELSE 0 END) AS BIGINT)
        AS credits
    FROM ${until('journals')} j
    WHERE j.occurred_at < ${to}
    GROUP BY j.account, j.currency
    ORDER BY j.account, j.currency`,
);

/** How many open items of a kind are listed: the oldest. */
const MAX_LISTED = 1_000;

/** The first instant of an item, as text in UTC. */
const since = (column: string) =>
  `concat(replace(substr(CAST(${column} AS VARCHAR), 1, 19), ' ', 'T'), '.000Z') AS since`;

/** Orders whose deposits are not zero when the period ends, the oldest first, and how many there are in all. */
export const openDeposits = lakeQuery(
  {
    ...{ order_id: z.string(), currency: currencySchema, balance: wholeCell },
    ...{ since: instantSchema, items: wholeCell },
  },
  ({ until, to }) => `
    WITH open_orders AS (
      SELECT j.order_id AS order_id, j.currency AS currency, CAST(SUM(j.amount_minor) AS BIGINT) AS balance,
        MIN(j.occurred_at) AS opened_at
      FROM ${until('journals')} j
      WHERE j.account = 'customer-deposits' AND j.occurred_at < ${to}
      GROUP BY j.order_id, j.currency
      HAVING SUM(j.amount_minor) <> 0
    ),
    placed_in_age AS (
      SELECT o.*, row_number() OVER (ORDER BY o.opened_at, o.order_id, o.currency) AS place, COUNT(*) OVER () AS items
      FROM open_orders o
    )
    SELECT p.order_id AS order_id, p.currency AS currency, p.balance AS balance, ${since('p.opened_at')}, p.items AS items
    FROM placed_in_age p
    WHERE p.place <= ${MAX_LISTED}
    ORDER BY p.place`,
);

/** Invoiced excesses that are in dispute when the period ends, the oldest first, and how many there are in all. */
export const freightDisputes = lakeQuery(
  {
    ...{ order_id: z.string(), parcel_id: z.string(), carrier: z.string(), currency: currencySchema },
    ...{ excess: wholeCell, since: instantSchema, items: wholeCell },
  },
  ({ until, to }) => `
    WITH settled AS (
      SELECT DISTINCT s.parcel_id AS parcel_id, s.carrier AS carrier, s.invoice_number AS invoice_number
      FROM ${until('freight_invoices')} s
      WHERE s.event = 'dispute_settled' AND s.occurred_at < ${to}
    ),
    disputed AS (
      SELECT f.order_id AS order_id, f.parcel_id AS parcel_id, f.carrier AS carrier, f.currency AS currency,
        COALESCE(f.excess_minor, 0) AS excess, f.occurred_at AS invoiced_at, COUNT(*) OVER () AS items,
        row_number() OVER (ORDER BY f.occurred_at, f.fact_id, f.row_no) AS place
      FROM ${until('freight_invoices')} f
      LEFT JOIN settled s
        ON s.parcel_id = f.parcel_id AND s.carrier = f.carrier AND s.invoice_number = f.invoice_number
      WHERE f.event = 'invoiced' AND f.status = 'disputed' AND f.occurred_at < ${to} AND s.parcel_id IS NULL
    )
    SELECT d.order_id AS order_id, d.parcel_id AS parcel_id, d.carrier AS carrier, d.currency AS currency,
      d.excess AS excess, ${since('d.invoiced_at')}, d.items AS items
    FROM disputed d
    WHERE d.place <= ${MAX_LISTED}
    ORDER BY d.place`,
);

/** What carriers invoiced until the period ends, less what they credited, and what is in dispute. */
export const carrierInvoices = lakeQuery(
  { carrier: z.string(), currency: currencySchema, invoiced: wholeCell, disputed: wholeCell },
  ({ until, to }) => `
    WITH settled AS (
      SELECT s.parcel_id AS parcel_id, s.carrier AS carrier, s.invoice_number AS invoice_number,
        MAX(s.status) AS status
      FROM ${until('freight_invoices')} s
      WHERE s.event = 'dispute_settled' AND s.occurred_at < ${to}
      GROUP BY s.parcel_id, s.carrier, s.invoice_number
    )
    SELECT f.carrier AS carrier, f.currency AS currency,
      CAST(SUM(f.amount_minor - CASE WHEN s.status = 'credited' THEN COALESCE(f.excess_minor, 0) ELSE 0 END) AS BIGINT)
        AS invoiced,
      CAST(SUM(CASE WHEN f.status = 'disputed' AND s.status IS NULL THEN COALESCE(f.excess_minor, 0) ELSE 0 END)
        AS BIGINT) AS disputed
    FROM ${until('freight_invoices')} f
    LEFT JOIN settled s
      ON s.parcel_id = f.parcel_id AND s.carrier = f.carrier AND s.invoice_number = f.invoice_number
    WHERE f.event = 'invoiced' AND f.occurred_at < ${to}
    GROUP BY f.carrier, f.currency
    ORDER BY f.carrier, f.currency`,
);
