import { textTable } from '../terminal/text-table.ts';
import type { DemoDestination } from './demo-basket.ts';
import type { QuoteAnswer } from './demo-order.ts';
import { add, amountText, type Money } from './money-text.ts';

/** The price of a basket at one destination. */
export interface PricedDestination {
  readonly place: DemoDestination;
  readonly quote: QuoteAnswer;
}

/** The prices of one basket at the door, with one line for each destination. */
export function priceTable(priced: readonly PricedDestination[]): string {
  return textTable(
    [
      { title: 'to' },
      { title: '' },
      ...['goods', 'shipping', 'duty, fees', 'tax', 'total'].map((title) => ({
        title,
        align: 'right' as const,
      })),
      { title: 'delivered' },
      { title: 'ships from', width: 11 },
    ],
    priced.map(({ place, quote }) => {
      const { goods, shipping, duty, fees, tax, total } = quote.totals;
      const amounts: readonly Money[] = [goods, shipping, add(duty, fees), tax, total];
      const warehouses = quote.landedCost.consignments.map(({ warehouseId }) => warehouseId);
      return [
        place.name,
        place.currency,
        ...amounts.map(amountText),
        promiseText(quote),
        [...new Set(warehouses)].join(' '),
      ];
    }),
    { indent: 2 },
  );
}

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** The promised days of the chosen option: `9 - 17 Dec`, `29 Dec - 4 Jan`. */
export function promiseText({ options, optionId }: Pick<QuoteAnswer, 'options' | 'optionId'>): string {
  const promise = options.find((option) => option.optionId === optionId)?.promise;
  if (promise === undefined) return '';
  const [first, last] = [promise.earliest, promise.latest].map((instant) => day.format(new Date(instant)));
  if (first === undefined || last === undefined || first === last) return last ?? '';
  const [dayOfMonth, month] = first.split(' ');
  return last.endsWith(` ${month}`) ? `${dayOfMonth} - ${last}` : `${first} - ${last}`;
}
