import { type Search, setExact } from './consignment-prices.ts';
import type { LineSet } from './line-sets.ts';
import { boundsOf } from './offer-book.ts';
import { PartitionSearch, type Prices } from './partition-search.ts';
import type { Offer } from './plan-problem.ts';
import { minPrice } from './price.ts';

/** The warehouses of a country, with each one's lower bound for each set. */
interface CountrySenders {
  readonly warehouses: readonly number[];
  readonly min: readonly Prices[];
}

/** Copies of each sender's figures for all sets: two of prices and two of marks. */
const COPIES = 4;

/** The price of sets of lines from one country's warehouses, while everything that the country sends is in one band. */
export class BandSearch<O extends Offer> {
  readonly partition: PartitionSearch;
  /** The set that is being divided; any set of the band will do. */
  together: LineSet;
  readonly #warehouses: readonly number[];
  readonly #own: readonly Prices[];
  /** The agents whose bounds were tightened for the set that is sent together. */
  readonly #isClose: readonly Uint8Array[];
  readonly #search: Search<O>;

  constructor(
    { warehouses, min }: CountrySenders,
    { universe, together }: { readonly universe: LineSet; readonly together: LineSet },
    search: Search<O>,
  ) {
    this.#warehouses = warehouses;
    this.#search = search;
    this.together = together;
    this.#own = min.map(({ first, second, isExact }) => ({
      first: first.slice(0, universe + 1),
      second: second.slice(0, universe + 1),
      isExact: isExact.slice(0, universe + 1),
    }));
    search.effort.steps += COPIES * min.length * (universe + 1);
    this.#isClose = min.map(() => new Uint8Array(universe + 1));
    this.#enterKnown(universe);
    const { measure, effort } = search;
    const refine = this.#refine.bind(this);
    this.partition = new PartitionSearch({
      own: this.#own,
      universe,
      combined: measure.combined,
      refine,
      effort,
    });
  }

  /** Offers that searches for other goals asked for are known from the start. */
  #enterKnown(universe: LineSet): void {
    const { book, tables, measure } = this.#search;
    const all = tables.lists[this.together] ?? [];
    for (const [agent, warehouse] of this.#warehouses.entries()) {
      const own = this.#own[agent] as Prices;
      const known = book.knownOf(warehouse).get(book.bandOf(warehouse, [], all)) ?? [];
      for (const [set, offers] of known)
        if ((Number(set) & universe) === set) setExact(own, set, offers, measure);
    }
  }

  #refine(agent: number, set: LineSet, first: number, second: number): void {
    const { book, tables, measure, effort } = this.#search;
    const own = this.#own[agent] as Prices;
    if (own.isExact[set] === 1) return;
    const [warehouse, lines] = [this.#warehouses[agent] ?? 0, tables.lists[set] ?? []];
    const all = tables.lists[this.together] ?? [];
    const isClose = this.#isClose[agent] as Uint8Array;
    if (isClose[set] === 0) {
      isClose[set] = 1;
      const close = minPrice(boundsOf(book.problem, warehouse, lines, all), measure);
      const now = own.first[set] as number;
      if (close.first > now || (close.first === now && close.second > (own.second[set] as number))) {
        own.first[set] = close.first;
        own.second[set] = close.second;
        if (close.first === Number.POSITIVE_INFINITY) own.isExact[set] = 1;
      }
      if (close.first > first || (close.first === first && close.second >= second)) return;
    }
    if (book.known(warehouse, lines, all) === undefined && !book.mayGoOn()) effort.refuse();
    else setExact(own, set, book.of(warehouse, lines, all), measure);
  }
}
