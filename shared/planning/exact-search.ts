import type { Search } from './consignment-prices.ts';
import { countryAgent } from './country-agent.ts';
import { type Effort, PartitionSearch } from './partition-search.ts';
import type { FoundShipment, Offer } from './plan-problem.ts';
import type { Price } from './price.ts';

/** Effort that ends when no further consignment may be costed, or after a number of steps. */
export class LimitedEffort implements Effort {
  steps = 0;
  readonly #maxSteps: number;
  #isRefused = false;

  constructor(maxSteps: number) {
    this.#maxSteps = maxSteps;
  }

  refuse(): void {
    this.#isRefused = true;
  }

  isSpent(): boolean {
    return this.#isRefused || this.steps >= this.#maxSteps;
  }
}

export interface SearchedPlan<O extends Offer> {
  /** Undefined when no plan is below the limit, or none was found in time. */
  readonly shipments: readonly FoundShipment<O>[] | undefined;
  /** Whether it is proved that no plan is better. */
  readonly isProved: boolean;
}

/**
 * The best plan below a limit, proved. Lines are divided among countries, because thresholds apply to everything that a
 * country sends, and within each country among its warehouses. Prices begin as lower bounds; a consignment is costed
 * only if a plan with it may still be the best.
 */
export function searchExactly<O extends Offer>(
  search: Search<O> & { readonly effort: LimitedEffort },
  able: readonly number[],
  limit: Price,
): SearchedPlan<O> {
  const { book, tables, measure, effort } = search;
  const universe = tables.lists.length - 1;
  const byCountry = Map.groupBy(able, (warehouse) => book.problem.warehouses[warehouse]?.country);
  const agents = [...byCountry.values()].map((warehouses) => countryAgent(warehouses, search));
  if (agents.length === 0) return { shipments: undefined, isProved: true };
  const partition = new PartitionSearch({
    own: agents.map(({ prices }) => prices),
    universe,
    combined: measure.combined,
    refine: (agent, set, first, second) => agents[agent]?.refine(set, first, second),
    effort,
  });
  const isFound = partition.solve(0, universe, limit.first, limit.second);
  const shipments = isFound
    ? partition.parts(universe).flatMap(({ agent, set }) => agents[agent]?.shipments(set) ?? [])
    : undefined;
  return { shipments, isProved: !effort.isSpent() };
}
