import type { BoundTables } from './bound-tables.ts';
import type { LineSet } from './line-sets.ts';
import type { OfferBook } from './offer-book.ts';
import { type Effort, emptyPrices, type Prices } from './partition-search.ts';
import type { Offer } from './plan-problem.ts';
import { bestOffer, type Measure, minPrice } from './price.ts';

/** The parts that the agents of one search share. */
export interface Search<O extends Offer> {
  readonly book: OfferBook<O>;
  readonly tables: BoundTables;
  readonly measure: Measure;
  readonly effort: Effort & { refuse(): void };
}

/** Lower bounds of one warehouse's consignments, whatever else its country sends. */
export function boundPrices<O extends Offer>(warehouse: number, { tables, measure }: Search<O>): Prices {
  const prices = emptyPrices(tables.lists.length);
  for (let set = 1; set < tables.lists.length; set += 1) {
    const { first, second } = minPrice(tables.of(warehouse, set), measure);
    prices.first[set] = first;
    prices.second[set] = second;
    if (first === Number.POSITIVE_INFINITY) prices.isExact[set] = 1;
  }
  return prices;
}

/** Enters the measure of the best offer; `never` if no offer is allowed. */
export function setExact<O extends Offer>(
  prices: Prices,
  set: LineSet,
  offers: readonly O[],
  measure: Measure,
): void {
  const offer = bestOffer(offers, measure);
  prices.first[set] = offer === undefined ? Number.POSITIVE_INFINITY : measure.first(offer);
  prices.second[set] = offer === undefined ? 0 : measure.second(offer);
  prices.isExact[set] = 1;
}
