import { count, country, ratio, text } from '../answer/columns.ts';
import { FEWEST, STANDARD_ERRORS, WORSE_BY } from './fall-behind.ts';

const RULE = `Listed is what is worse by ${WORSE_BY * 100} percent and by ${STANDARD_ERRORS} standard errors (two-proportion z-test), where both shares are of ${FEWEST} or more.`;
const AGAINST = `before: the time of the same length before the period. others: all others together in the period. ${RULE}`;

const market = { market: country('Market', 'The country of the destination.') };
const compared = {
  share: ratio('Share', 'The figure of the period.'),
  of: count('Of', 'The number that the share is a part of.'),
  before: ratio(
    'Before',
    'The same share in the time of the same length before the period. Empty of nothing.',
  ),
  others: ratio('Others', 'The same share of all others together in the period. Empty of nothing.'),
  against: text('Worse than', AGAINST),
};

export const regionTables = {
  behind: {
    title: 'Markets that fall behind',
    columns: {
      ...market,
      figure: text(
        'Figure',
        'conversion: orders of quotes. refused: refused baskets of all. paid: paid orders of orders. held: orders that were ever held, of orders. refunded: orders with a refund that was paid and did not come back, of paid orders. They change as orders go on.',
      ),
      ...compared,
      cause: text(
        'Likely cause',
        'The reason that was named most often in the market and period: of refused baskets the code, of holds the reason or the rule, of refunds the reason. Empty for conversion and paid, of which nobody names a reason.',
      ),
    },
  },
  skus: {
    title: 'SKUs that fall behind',
    columns: {
      sku: text(
        'SKU',
        'The product. The figure is the part of the paid orders with it of which money was refunded. A refund names no product.',
      ),
      ...compared,
    },
  },
  markets: {
    title: 'All markets',
    columns: {
      ...market,
      quotes: count('Quotes', 'Baskets that were priced, without refreshes.'),
      orders: count('Orders', 'Orders that were placed in the period.'),
      conversion: ratio('Conversion', 'Orders / quotes, at most 1.'),
      refused: ratio('Refused', 'Refused baskets / all baskets.'),
      paid: ratio('Paid', 'Paid orders / orders.'),
      held: ratio('Held', 'Orders that were ever held / orders.'),
      refunded: ratio(
        'Refunded',
        'Paid orders with a refund that was paid and did not come back / paid orders.',
      ),
    },
  },
} as const;

export type RegionTables = typeof regionTables;
