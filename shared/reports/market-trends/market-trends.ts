import * as z from 'zod';
import { count, country, ratio, text } from '../answer/columns.ts';
import { defineLakeReport } from '../lake/lake-report.ts';
import { periodKinds } from '../period/report-period.ts';
import { shapeTrends } from './shape-trends.ts';
import { trendCells } from './trend-queries.ts';

/** Buyers that a published cell rests on at least, unless a reader asks for more. */
const MIN_BUYERS = 10;
/** A deployment may have one storefront only. */
const MIN_STOREFRONTS = 1;

const market = country('Market', "The country of the order's destination.");

/** What sells and grows in each market, without a cell that rests on few buyers, or on few storefronts. */
export const marketTrends = defineLakeReport({
  name: 'market-trends',
  title: 'Market trends',
  says: 'Orders and growth by market and chapter of goods, without cells that rest on few buyers.',
  periods: periodKinds,
  byStorefront: true,
  parameters: z.strictObject({
    leastBuyers: z
      .string()
      .regex(/^[1-9]\d{1,4}$/, `a number of buyers from ${MIN_BUYERS}`)
      .optional()
      .describe(
        `How many buyers a published cell rests on at least: ${MIN_BUYERS} or more. A deployment has one merchant, so that buyers are counted, and not merchants.`,
      ),
    leastStorefronts: z
      .string()
      .regex(/^[1-9]\d?$/, 'a number of storefronts from 1 to 99')
      .optional()
      .describe(
        'How many storefronts a published cell rests on at least; 1 if absent. Set it where storefronts are shops of different merchants or brands: with 3 or more nobody can subtract an own shop and know the one other.',
      ),
  }),
  queries: { cells: trendCells },
  tables: {
    'by-market-and-chapter': {
      title: 'By market and chapter of goods',
      columns: {
        market,
        chapter: text(
          'Chapter',
          'The first two digits of the code of the Harmonised System. Cells that rest on too few buyers or storefronts are left out.',
        ),
        buyers: count(
          'Buyers at least',
          'A number of different customers that is never too high: the most orders in the cell that have the same number in the history of their customer.',
        ),
        orders: count(
          'Orders',
          'Orders with such goods that were placed in the period and whose payment was accepted.',
        ),
        units: count('Units', 'Units of such goods in these orders.'),
        growth: ratio(
          'Growth',
          'The change of the orders against the time before the period that is as long: 0.25 is a quarter more. Empty if the time before rests on too few.',
        ),
        share: ratio('Share', 'The part of the published orders of the market.'),
      },
    },
    'by-market': {
      title: 'By market',
      columns: {
        market,
        chapters: count('Chapters', 'Published chapters of the market.'),
        orders: count(
          'Orders',
          'The sum of the published orders by chapter. What was left out is not in it, so that nobody can compute it. An order with two chapters counts in both.',
        ),
        units: count('Units', 'The sum of the published units.'),
      },
    },
  },
  charts: [],
  shape: ({ cells }, { parameters }) =>
    shapeTrends(cells, {
      buyers: Math.max(MIN_BUYERS, Number(parameters.leastBuyers ?? MIN_BUYERS)),
      storefronts: Number(parameters.leastStorefronts ?? MIN_STOREFRONTS),
    }),
});
