import { amount, count, day, type ReportColumns, text } from '../answer/columns.ts';

const MICRO = 'in millionths of a US dollar';
const LIST =
  'AWS list prices in us-east-1 of August 2025: the first tier, without the free tier, discounts and tax.';

/** The costs of any part of the bill. */
const costs = {
  variable: count('With orders', `What is used because somebody orders or calls, ${MICRO}. ${LIST}`),
  fixed: count(
    'Fixed',
    `What is used without any order as well, ${MICRO}: alarms, secrets, keys and dashboards by the hour, jobs that the clock starts, and receives of an empty queue. ${LIST} What jobs read and write in the table, and their log, is counted with orders.`,
  ),
  total: count('Total', `Both together, ${MICRO}, rounded once.`),
} as const satisfies ReportColumns;

const perMillion = {
  variablePerMillion: amount(
    'A million orders',
    'The cost with orders / the delivered orders, for a million orders, half up: one US dollar is a millionth of a dollar an order. Quotes, abandoned orders and visits are in it. Empty without a delivered order.',
  ),
  totalPerMillion: amount(
    'A million orders, with fixed',
    'The total / the delivered orders, for a million orders, half up. Empty without a delivered order.',
  ),
} as const satisfies ReportColumns;

const delivered = count('Delivered', 'Orders that were delivered in that time, whenever they were placed.');

/** Each table of the report, with the definitions of its figures. */
export const billTables = {
  summary: { title: 'The whole backend', columns: { delivered, ...costs, ...perMillion } },
  'by-day': {
    title: 'By day',
    columns: {
      day: day('Day', 'A day by the clocks of the time zone. An hour belongs to the day in which it begins.'),
      delivered,
      ...costs,
      ...perMillion,
    },
  },
  'by-unit': {
    title: 'By unit',
    columns: {
      unit: text('Unit', 'What AWS bills.'),
      quantity: count(
        'Quantity',
        'The number of units, half up. Of SQS and Data Firehose it is an upper limit, because they have metrics of messages and records, and not of billed requests and steps. Of the duration of functions it is a lower limit, because cold starts are in no metric.',
      ),
      price: count('Price', `The list price of a million, ${MICRO}.`),
      ...costs,
      ...perMillion,
    },
  },
  'by-part': {
    title: 'By part',
    columns: {
      part: text(
        'Part',
        'The folder of functions that did the work: their requests and durations, and the messages of their queues. The table, the API, the log and the lake are used by all.',
      ),
      ...costs,
      ...perMillion,
    },
  },
} as const;
