import { BandSearch } from './band-search.ts';
import { boundPrices, type Search, setExact } from './consignment-prices.ts';
import type { LineSet } from './line-sets.ts';
import { PartitionSearch, type Prices } from './partition-search.ts';
import type { FoundShipment, Offer } from './plan-problem.ts';
import { bestOffer } from './price.ts';

/**
 * All warehouses of one country. Thresholds apply to everything that a country sends, so a set has one price for all of
 * them.
 */
export interface CountryAgent<O extends Offer> {
  readonly prices: Prices;
  /** See {@link Refine}. */
  refine(set: LineSet, first: number, second: number): void;
  /** How the set is sent at its exact price. */
  shipments(set: LineSet): readonly FoundShipment<O>[];
}

export function countryAgent<O extends Offer>(
  warehouses: readonly number[],
  search: Search<O>,
): CountryAgent<O> {
  const [only] = warehouses;
  return only !== undefined && warehouses.length === 1
    ? new SingleWarehouse(only, search)
    : new SharedCountry(warehouses, search);
}

class SingleWarehouse<O extends Offer> implements CountryAgent<O> {
  readonly prices: Prices;
  readonly #warehouse: number;
  readonly #search: Search<O>;

  constructor(warehouse: number, search: Search<O>) {
    this.#warehouse = warehouse;
    this.#search = search;
    this.prices = boundPrices(warehouse, search);
    const { book, tables, measure } = search;
    for (const [band, known] of book.knownOf(warehouse))
      for (const [set, offers] of known) {
        const lines = tables.lists[Number(set)] ?? [];
        if (book.bandOf(warehouse, lines, lines) === band)
          setExact(this.prices, Number(set), offers, measure);
      }
  }

  refine(set: LineSet): void {
    const { book, tables, measure, effort } = this.#search;
    const lines = tables.lists[set] ?? [];
    if (!book.mayGoOn()) effort.refuse();
    else setExact(this.prices, set, book.of(this.#warehouse, lines, lines), measure);
  }

  shipments(set: LineSet): readonly FoundShipment<O>[] {
    const { book, tables, measure } = this.#search;
    const lines = tables.lists[set] ?? [];
    const offer = bestOffer(book.of(this.#warehouse, lines, lines), measure);
    return offer === undefined ? [] : [{ warehouse: this.#warehouse, lines, together: lines, offer }];
  }
}

/** The most bands that are kept at a time. */
const MAX_BANDS = 64;

class SharedCountry<O extends Offer> implements CountryAgent<O> {
  readonly prices: Prices;
  readonly #warehouses: readonly number[];
  readonly #search: Search<O>;
  /** By warehouse, whatever else the country sends. */
  readonly #least: readonly Prices[];
  readonly #bands = new Map<string | number, BandSearch<O>>();
  readonly #found = new Map<LineSet, readonly FoundShipment<O>[]>();

  constructor(warehouses: readonly number[], search: Search<O>) {
    this.#warehouses = warehouses;
    this.#search = search;
    this.#least = warehouses.map((warehouse) => boundPrices(warehouse, search));
    const { tables, measure, effort } = search;
    // Used only for its bounds: nothing in it is made exact.
    this.prices = new PartitionSearch({
      own: this.#least,
      universe: tables.lists.length - 1,
      combined: measure.combined,
      refine: () => {},
      effort,
    }).bounds();
  }

  refine(set: LineSet, first: number, second: number): void {
    const { partition } = this.#bandOf(set);
    partition.solve(0, set, first, second);
    const { priceOfAll } = partition;
    if (this.#search.effort.isSpent()) return;
    this.prices.first[set] = priceOfAll.first[set] as number;
    this.prices.second[set] = priceOfAll.second[set] as number;
    this.prices.isExact[set] = priceOfAll.isExact[set] as number;
    if (this.prices.isExact[set] === 1 && this.prices.first[set] !== Number.POSITIVE_INFINITY)
      this.#found.set(set, this.#shipmentsOf(partition, set));
  }

  #bandOf(set: LineSet): BandSearch<O> {
    const { book, tables } = this.#search;
    const known = book.bandOf(this.#warehouses[0] ?? 0, [], tables.lists[set] ?? []);
    // Many sets are in this band, so bounding all of them pays off. Otherwise the set is bounded alone.
    const isShared = typeof known === 'number';
    const name = isShared ? known : `${known} ${set}`;
    let band = this.#bands.get(name);
    if (band === undefined) {
      if (this.#bands.size >= MAX_BANDS) this.#bands.clear();
      const universe = isShared ? tables.lists.length - 1 : set;
      band = new BandSearch(
        { warehouses: this.#warehouses, min: this.#least },
        { universe, together: set },
        this.#search,
      );
      this.#bands.set(name, band);
    }
    band.together = set;
    return band;
  }

  shipments(set: LineSet): readonly FoundShipment<O>[] {
    const found = this.#found.get(set);
    if (found === undefined) throw new Error('only what was shared out has shipments');
    return found;
  }

  #shipmentsOf(partition: PartitionSearch, together: LineSet): FoundShipment<O>[] {
    const { book, tables, measure } = this.#search;
    const all = tables.lists[together] ?? [];
    return partition.parts(together).flatMap(({ agent, set }) => {
      const [warehouse, lines] = [this.#warehouses[agent] ?? 0, tables.lists[set] ?? []];
      const offer = bestOffer(book.of(warehouse, lines, all), measure);
      return offer === undefined ? [] : [{ warehouse, lines, together: all, offer }];
    });
  }
}
