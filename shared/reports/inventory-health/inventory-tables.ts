import { amount, count, duration, type ReportColumns, ratio, text } from '../answer/columns.ts';
import { COVER_DAYS, DEAD_DAYS } from './inventory-queries.ts';

const VALUE =
  'What the units cost when they arrived: the purchase cost of that day, and the first leg where it is known, converted at the rates of the last day of the period (UTC). Units whose cost is not known are not in it.';

const figures = {
  onHand: count('On hand', 'Units in the warehouse at the end of the period, in any state.'),
  reserved: count('Reserved', 'Those that orders have reserved.'),
  quarantined: count('Quarantined', 'Those that may not be sold.'),
  inTransit: count('In transit', 'Units on the way from another warehouse. They are in no other figure.'),
  shipped: count('Shipped', 'Units that left for shoppers in the period. What came back is not taken off.'),
  turnover: ratio(
    'Turnover',
    'Shipped / the mean of the units on hand at the beginning and at the end of the period. Empty without stock at both.',
  ),
  cover: duration(
    'Cover',
    `How long the units on hand that are not quarantined last, if as many leave a day as in the last ${COVER_DAYS} days of the period. Empty if none left.`,
  ),
  dead: count(
    'Dead',
    `Units that arrived more than ${DEAD_DAYS} days before the end of the period, of SKUs of which the warehouse shipped none since.`,
  ),
  value: amount('Value', VALUE),
  deadValue: amount('Value of the dead', 'The value of the dead units.'),
  unvalued: count(
    'Without value',
    'Units on hand whose cost was not known on the day on which they arrived, or has no rate.',
  ),
} as const satisfies ReportColumns;

const warehouse = { warehouse: text('Warehouse', 'The warehouse that holds the units.') };
const sku = { sku: text('SKU', 'The product.') };

export const inventoryTables = {
  summary: { title: 'All stock', columns: figures },
  'by-warehouse': { title: 'By warehouse', columns: { ...warehouse, ...figures } },
  'by-sku': { title: 'By SKU and warehouse', columns: { ...sku, ...warehouse, ...figures } },
  ages: {
    title: 'By age',
    columns: {
      age: text(
        'Days since arrival',
        'Whole days from the day on which the units arrived to the last day of the period (UTC). The oldest units leave first. A transfer, goods that come back, and units that a count finds arrive anew.',
      ),
      units: count('Units', 'Units on hand of that age. All ages add up to the units on hand.'),
      part: ratio('Part', 'Of all units on hand. Empty without stock.'),
      value: amount('Value', VALUE),
    },
  },
  'by-currency': {
    title: 'By currency of the cost',
    columns: {
      currency: text('Currency', 'The currency of the costs.'),
      value: amount(
        'Value',
        'The value of the units on hand as far as it is in that currency. Nothing is converted.',
      ),
    },
  },
} as const;

export type InventoryTables = typeof inventoryTables;
