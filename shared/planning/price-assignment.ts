import type { OfferBook } from './offer-book.ts';
import type { FoundShipment, Offer } from './plan-problem.ts';
import { bestOffer, isLess, type Measure, minPrice, NEVER, type Price } from './price.ts';

/** The warehouse of each line. */
export type Assignment = readonly number[];

export interface PricedPlan<O extends Offer> {
  readonly assignment: Assignment;
  readonly shipments: readonly FoundShipment<O>[];
  readonly price: Price;
}

interface Consignment {
  readonly warehouse: number;
  readonly lines: readonly number[];
  readonly together: readonly number[];
}

/** The consignments of an assignment, by the places of their warehouses. */
function consignmentsOf(
  warehouses: readonly { readonly country: string }[],
  assignment: Assignment,
): Consignment[] {
  const lines = assignment.map((_, line) => line);
  const byWarehouse = Map.groupBy(lines, (line) => assignment[line] ?? -1);
  const byCountry = Map.groupBy(lines, (line) => warehouses[assignment[line] ?? -1]?.country);
  return [...byWarehouse]
    .map(([warehouse, own]) => {
      return { warehouse, lines: own, together: byCountry.get(warehouses[warehouse]?.country) ?? own };
    })
    .sort((a, b) => a.warehouse - b.warehouse);
}

function combine(prices: readonly Price[], { combined }: Measure): Price {
  const firsts = prices.map(({ first }) => first);
  return {
    first: combined === 'sum' ? firsts.reduce((all, each) => all + each, 0) : Math.max(...firsts),
    second: prices.reduce((all, { second }) => all + second, 0),
  };
}

/**
 * The price of an assignment, with the best lane for each consignment. Undefined if one can't be sent, or if the price
 * is not below the limit. An unknown consignment is costed only while the bounds of the others stay below the limit.
 */
export function priceAssignment<O extends Offer>(
  book: OfferBook<O>,
  measure: Measure,
  assignment: Assignment,
  limit: Price = NEVER,
): PricedPlan<O> | undefined {
  const { problem } = book;
  const consignments = consignmentsOf(problem.warehouses, assignment);
  const shipments: (FoundShipment<O> | undefined)[] = [];
  const prices = consignments.map((consignment): Price => {
    const { warehouse, lines, together } = consignment;
    const known = book.known(warehouse, lines, together);
    if (known === undefined) {
      shipments.push(undefined);
      return problem.canShip(warehouse, lines)
        ? minPrice(book.boundsOf(warehouse, lines, together), measure)
        : NEVER;
    }
    const offer = bestOffer(known, measure);
    shipments.push(offer && { ...consignment, offer });
    return offer === undefined ? NEVER : priceOf(offer, measure);
  });
  for (const [index, consignment] of consignments.entries()) {
    if (!isLess(combine(prices, measure), limit)) return undefined;
    if (shipments[index] !== undefined) continue;
    const { warehouse, lines, together } = consignment;
    if (!book.mayGoOn()) return undefined;
    const offer = bestOffer(book.of(warehouse, lines, together), measure);
    if (offer === undefined) return undefined;
    shipments[index] = { ...consignment, offer };
    prices[index] = priceOf(offer, measure);
  }
  const price = combine(prices, measure);
  if (!isLess(price, limit)) return undefined;
  return { assignment, shipments: shipments.flatMap((shipment) => shipment ?? []), price };
}

const priceOf = (offer: Offer, measure: Measure): Price => {
  return { first: measure.first(offer), second: measure.second(offer) };
};

/** The warehouse of each line of the shipments. */
export function assignmentOf<O extends Offer>(
  lineCount: number,
  shipments: readonly FoundShipment<O>[],
): Assignment {
  const assignment = Array.from({ length: lineCount }, () => -1);
  for (const { warehouse, lines } of shipments) for (const line of lines) assignment[line] = warehouse;
  return assignment;
}
