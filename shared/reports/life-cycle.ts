import * as z from 'zod';
import { count, day, ratio, text } from './answer/columns.ts';
import { partOf } from './lake/keyed-sums.ts';
import { dayCell, defineLakeReport, lakeQuery, wholeCell } from './lake/lake-report.ts';
import { periodKinds } from './period/report-period.ts';

/** The days of a window, and the fewest units of three windows that show a trend. */
const WINDOW_DAYS = 28;
const FEWEST_UNITS = 30;
const GROWTH = 1.25;
const DECLINE = 0.75;

/** An instant that number of windows before the end of the period. */
const back = (to: string, windows: number) => `${to} - INTERVAL '${windows * WINDOW_DAYS}' DAY`;

/** Units sold of each SKU in the last three windows, and when it was first sold. */
const soldUnits = lakeQuery(
  {
    ...{ sku: z.string(), first_day: dayCell, is_new: wholeCell },
    ...{ last: wholeCell, second: wholeCell, third: wholeCell },
  },
  ({ all, until, to }) => {
    const between = (from: string, end: string) =>
      `CAST(SUM(CASE WHEN o.occurred_at >= ${from} AND o.occurred_at < ${end} THEN l.quantity ELSE 0 END) AS BIGINT)`;
    return `
    WITH accepted AS (
      SELECT p.order_id AS order_id
      FROM ${all('payments')} p
      GROUP BY p.order_id
      HAVING SUM(CASE WHEN p.event = 'captured' THEN 1 ELSE 0 END) > 0
        OR (SUM(CASE WHEN p.event = 'authorised' THEN 1 ELSE 0 END) > 0
          AND SUM(CASE WHEN p.event = 'voided' THEN 1 ELSE 0 END) = 0)
    )
    SELECT l.sku AS sku, CAST(MIN(o.day) AS VARCHAR) AS first_day,
      CASE WHEN MIN(o.occurred_at) >= ${back(to, 2)} THEN 1 ELSE 0 END AS is_new,
      ${between(back(to, 1), to)} AS last, ${between(back(to, 2), back(to, 1))} AS second,
      ${between(back(to, 3), back(to, 2))} AS third
    FROM ${until('orders')} o
    JOIN ${until('lines')} l ON l.order_id = o.order_id
    LEFT JOIN accepted a ON a.order_id = o.order_id
    WHERE o.occurred_at < ${to} AND (a.order_id IS NOT NULL OR o.total_minor = 0)
    GROUP BY l.sku
    ORDER BY l.sku`;
  },
);

type SkuRow = z.infer<typeof soldUnits.row>;

const stages = ['launch', 'growth', 'mature', 'decline', 'few'] as const;

/** The stage of a SKU by the rule that the report states. */
function stageOf({ is_new, last, second, third }: SkuRow): (typeof stages)[number] {
  if (is_new === 1) return 'launch';
  if (last + second + third < FEWEST_UNITS) return 'few';
  const usual = (second + third) / 2;
  if (last >= GROWTH * usual) return 'growth';
  return last <= DECLINE * usual ? 'decline' : 'mature';
}

const RULE =
  `launch: first sold in the last ${2 * WINDOW_DAYS} days. Otherwise few: fewer than ${FEWEST_UNITS} units in the last ` +
  `${3 * WINDOW_DAYS} days, too few for a trend. Otherwise growth: the trend is ${GROWTH} or more; decline: ${DECLINE} or ` +
  'less; mature: between. A season looks like a trend.';
const SOLD = 'Units of orders whose payment was accepted, by the instant of the order.';
const TREND = 'The last window / the mean of the two before it. Empty if nothing was sold in those.';

/** Whether each SKU is new, grows, stays or declines, at the end of a period. */
export const lifeCycle = defineLakeReport({
  name: 'life-cycle',
  title: 'Life cycle',
  says: 'Launch, growth, mature or decline of each SKU at the end of the period, by a stated rule.',
  periods: periodKinds,
  byStorefront: true,
  parameters: z.strictObject({}),
  queries: { sold: soldUnits },
  tables: {
    'by-stage': {
      title: 'By stage',
      columns: {
        stage: text('Stage', RULE),
        skus: count('SKUs', 'SKUs that were ever sold before the end of the period.'),
        units: count('Units', `Their units of the last ${WINDOW_DAYS} days. ${SOLD}`),
      },
    },
    'by-sku': {
      title: 'By SKU',
      columns: {
        sku: text('SKU', 'The product.'),
        stage: text('Stage', RULE),
        first: day('First sold', 'The UTC day of its first order that was paid.'),
        third: count(
          'Third last',
          `Units of the ${WINDOW_DAYS} days that end ${2 * WINDOW_DAYS} days before the end of the period. ${SOLD}`,
        ),
        second: count('Second last', `Units of the ${WINDOW_DAYS} days before the last ones.`),
        last: count('Last', `Units of the last ${WINDOW_DAYS} days of the period.`),
        trend: ratio('Trend', TREND),
      },
    },
  },
  charts: [{ table: 'by-stage', kind: 'bar', title: 'SKUs by stage', x: 'stage', y: ['skus'] }],
  shape: ({ sold }) => {
    const rows = sold.map((row) => {
      const { sku, first_day, last, second, third } = row;
      return {
        ...{ sku, stage: stageOf(row), first: first_day, third, second, last },
        trend: partOf(2 * last, second + third),
      };
    });
    return {
      rows: {
        'by-stage': stages.map((stage) => {
          const own = rows.filter((row) => row.stage === stage);
          return { stage, skus: own.length, units: own.reduce((all, { last }) => all + last, 0) };
        }),
        'by-sku': rows.toSorted((a, b) => b.last - a.last),
      },
      notCounted: [],
    };
  },
});
