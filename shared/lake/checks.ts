import { subjects } from './subjects/index.ts';

/** A statement that is true of every whole lake. */
export interface LakeCheck {
  readonly name: string;
  /** One sentence: what is true. */
  readonly says: string;
  /**
   * A query with one row: how many were looked at, how many are wrong, and one of those. It is kept to the SQL that
   * DuckDB and Trino both know.
   */
  readonly sql: string;
}

/** Of the subquery `of(key, wrong)`: how many rows, how many with `wrong`, and the key of one of these. */
const count = (of: string): string =>
  `SELECT count(*) AS checked, count(CASE WHEN wrong THEN 1 END) AS wrong, min(CASE WHEN wrong THEN key END) AS example FROM (${of}) x`;

const hasColumn = (column: string) => subjects.filter(({ columns }) => column in columns);

/** Each id of the table joins a row of the other. */
const joins = (table: string, column: string, other: string): LakeCheck => ({
  name: `${table}-join-${other}`,
  says: `Each ${column} of ${table} is in ${other}.`,
  sql: count(
    `SELECT t.${column} AS key, o.${column} IS NULL AS wrong FROM (SELECT DISTINCT ${column} FROM ${table} WHERE ${column} IS NOT NULL) t ` +
      `LEFT JOIN (SELECT DISTINCT ${column} FROM ${other}) o ON o.${column} = t.${column}`,
  ),
});

const orderJoins = hasColumn('order_id')
  .filter(({ name }) => name !== 'orders')
  .map(({ name }) => joins(name, 'order_id', 'orders'));
const parcelJoins = hasColumn('parcel_id')
  .filter(({ name }) => name !== 'parcels')
  .map(({ name }) => joins(name, 'parcel_id', 'parcels'));
const wholeOrders = ['order_events', 'lines', 'charges', 'parcels', 'stock_movements'].map((other) =>
  joins('orders', 'order_id', other),
);

const kinds = [
  ['goods', 'goods_minor'],
  ['shipping', 'shipping_minor'],
  ['duty', 'duty_minor'],
  ['tax', 'tax_minor'],
  ['fee', 'fees_minor'],
] as const;
const sumsOfKinds = kinds
  .map(([kind, column]) => `sum(CASE WHEN kind = '${kind}' THEN amount_minor ELSE 0 END) AS ${column}`)
  .join(', ');
const kindsDiffer = kinds.map(([, column]) => `c.${column} <> o.${column}`).join(' OR ');

const sums: readonly LakeCheck[] = [
  {
    name: 'totals-are-sums-of-charges',
    says: 'The goods, shipping, duty, tax and fees of an order are the sums of its charges.',
    sql: count(
      `SELECT o.order_id AS key, coalesce(${kindsDiffer}, true) AS wrong FROM orders o ` +
        `LEFT JOIN (SELECT order_id, ${sumsOfKinds} FROM charges GROUP BY order_id) c ON c.order_id = o.order_id`,
    ),
  },
  {
    name: 'total-is-what-is-collected',
    says: 'The total of an order is the sum of the charges that are not paid on delivery.',
    sql: count(
      'SELECT o.order_id AS key, coalesce(c.total <> o.total_minor, true) AS wrong FROM orders o LEFT JOIN ' +
        '(SELECT order_id, sum(CASE WHEN collected_on_delivery THEN 0 ELSE amount_minor END) AS total FROM charges GROUP BY order_id) c ' +
        'ON c.order_id = o.order_id',
    ),
  },
  {
    name: 'journals-balance',
    says: 'The postings of a fact sum to zero.',
    sql: count(
      'SELECT order_id AS key, sum(amount_minor) <> 0 AS wrong FROM journals GROUP BY order_id, sequence, currency',
    ),
  },
  {
    name: 'ledger-has-the-payments',
    says: 'What providers and carriers owe us by the ledger, have paid out or keep, less what persons gave back, is what was captured, less what was refunded, of every intent.',
    sql: count(
      'SELECT o.order_id AS key, coalesce(l.owed, 0) <> o.captured_minor - o.refunded_minor + coalesce(i.held, 0) AS wrong FROM journeys o LEFT JOIN ' +
        "(SELECT order_id, sum(amount_minor) AS owed FROM journals WHERE account LIKE 'provider-clearing:%' OR account LIKE 'cod-in-transit:%' OR account LIKE 'refunds-by-hand:%' " +
        // What a settlement, a fee or a dispute moves from there stays in these.
        "OR account LIKE 'provider-reserve:%' OR account LIKE 'chargebacks:%' OR account IN ('bank', 'provider-fees', " +
        "'currency-exchange', 'fx-difference', 'chargeback-losses') GROUP BY order_id) l " +
        'ON l.order_id = o.order_id LEFT JOIN ' +
        "(SELECT order_id, sum(CASE event WHEN 'captured' THEN amount_minor WHEN 'refunded' THEN -amount_minor END) AS held FROM intents GROUP BY order_id) i " +
        'ON i.order_id = o.order_id',
    ),
  },
  {
    name: 'no-fact-is-missing',
    says: 'The numbers of the facts of an order have no gap.',
    sql: count(
      'SELECT order_id AS key, count(DISTINCT sequence) <> max(sequence) AS wrong FROM ' +
        '(SELECT order_id, sequence FROM order_events UNION ALL SELECT order_id, sequence FROM scans) f GROUP BY order_id',
    ),
  },
  {
    name: 'every-fact-is-read',
    says: 'No fact is of a name or version that is unknown here.',
    sql: count('SELECT fact_id AS key, true AS wrong FROM unknown_facts'),
  },
];

const once: readonly LakeCheck[] = subjects.map(({ name }) => ({
  name: `${name}-once`,
  says: `Each row of ${name} is there once.`,
  sql: count(`SELECT fact_id AS key, count(*) > 1 AS wrong FROM ${name} GROUP BY fact_id, row_no`),
}));

/** All checks. */
export const lakeChecks: readonly LakeCheck[] = [
  ...orderJoins,
  ...parcelJoins,
  ...wholeOrders,
  ...sums,
  ...once,
];
