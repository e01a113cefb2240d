import * as z from 'zod';
import { amount, count, country, type ReportColumns, ratio, text } from '../answer/columns.ts';
import { defineLakeReport } from '../lake/lake-report.ts';
import { ratesQuery } from '../lake/rate-book.ts';
import { periodKinds } from '../period/report-period.ts';
import { cohortOrders, cohortRefunds, marketingSpent } from './cohort-queries.ts';
import { shapeCohorts } from './shape-cohorts.ts';

const RATE = "converted at the rate of the order's locked day";

const month = text(
  'First month',
  'The UTC month of the first order of the customers. Empty: orders whose customer the lake does not know.',
);
const market = country('First market', 'The country of the destination of that order.');

const revenue = {
  orders: count('Orders', 'All their orders until the period ends whose payment was accepted by then.'),
  gross: amount('Gross', `What they were charged for these orders in all, with duty and tax, ${RATE}.`),
  refunds: amount(
    'Refunds',
    `What was given back for these orders until the period ends, ${RATE}. A late refund changes the figures of its cohort.`,
  ),
  net: amount('Net', 'Gross - refunds. Over all cohorts it is the net of the report on sales over all time.'),
} as const satisfies ReportColumns;

/** What the customers of a first month and market have spent since, and what it cost to win them. */
export const cohorts = defineLakeReport({
  name: 'cohorts',
  title: 'Cohorts',
  says: 'What customers have spent since their first order, by its month and market, and what it cost to win them.',
  periods: periodKinds,
  byStorefront: true,
  parameters: z.strictObject({}),
  queries: {
    orders: cohortOrders,
    refunds: cohortRefunds,
    marketing: marketingSpent,
    rates: ratesQuery,
  },
  tables: {
    'by-cohort': {
      title: 'By first month and market',
      columns: {
        ...{ month, market },
        customers: count(
          'Customers',
          'Customers whose first order was in that month and market, and was paid. A customer is an e-mail address.',
        ),
        ...revenue,
        lifetime: amount(
          'Lifetime value',
          'Net of the converted orders over the number of customers, half up. Empty without customers.',
        ),
        marketing: amount(
          'Marketing',
          'What was spent on marketing in that month and market, converted at the rates of each day. Empty where nothing was imported: it is not known, and not zero.',
        ),
        acquisition: amount(
          'Cost of a customer',
          'Marketing over the number of customers, half up. Empty where one of the two is missing.',
        ),
        ratio: ratio(
          'Lifetime value to cost',
          'Lifetime value as a part of the cost of a customer, to four decimals, half up.',
        ),
      },
    },
    'by-age': {
      title: 'By first month and age',
      columns: {
        month,
        age: count('Age', 'Months from the first month to the month of the order: 0 is the first month.'),
        ...revenue,
      },
    },
  },
  charts: [],
  shape: shapeCohorts,
});
