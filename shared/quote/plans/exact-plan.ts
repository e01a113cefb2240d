import { cheapestPartition, type Shared } from './cheapest-partition.ts';
import { bestOffer, type CostedOffers, type Measure } from './costed-offers.ts';
import { type LineSet, linesOf, setOf } from './line-sets.ts';
import type { FoundShipment, Least, Offer, PlanProblem } from './plan-problem.ts';

export interface Planned<O extends Offer> {
  readonly shipments: readonly FoundShipment<O>[];
  /** By the measure that was made least. */
  readonly price: number;
  /** Whether no plan is better, proved. */
  readonly isProved: boolean;
}

/** The lower bounds of a problem, each asked for once however many measures are searched by. */
export class Bounds {
  readonly #problem: Pick<PlanProblem<Offer>, 'canShip' | 'least'>;
  readonly #known = new Map<number, (Least | null)[]>();

  constructor(problem: Pick<PlanProblem<Offer>, 'canShip' | 'least'>) {
    this.#problem = problem;
  }

  /** Undefined where the warehouse can't send the set. */
  of(warehouse: number, set: LineSet): Least | undefined {
    const own = this.#known.get(warehouse) ?? [];
    this.#known.set(warehouse, own);
    const known = own[set];
    if (known !== undefined) return known ?? undefined;
    const lines = linesOf(set);
    const least = this.#problem.canShip(warehouse, lines) ? this.#problem.least(warehouse, lines) : undefined;
    own[set] = least ?? null;
    return least;
  }
}

/**
 * The best plan by a measure: the lines are shared out to countries first, since thresholds couple what goes from one
 * country, and within each country to its warehouses.
 */
export function exactPlan<O extends Offer>(
  problem: PlanProblem<O>,
  offers: CostedOffers<O>,
  able: readonly number[],
  measure: Measure,
  bounds: Bounds = new Bounds(problem),
): Planned<O> | undefined {
  const byCountry = [...Map.groupBy(able, (warehouse) => problem.warehouses[warehouse]?.country).values()];
  const leastOf = (warehouse: number, set: LineSet) => {
    const least = bounds.of(warehouse, set);
    return least === undefined ? Number.POSITIVE_INFINITY : measure.of(least);
  };
  const universe = setOf(Array.from({ length: problem.lineCount }, (_, line) => line));
  let isProved = true;
  const within = (warehouses: readonly number[], together: LineSet) => {
    const shared = sharedWithin(warehouses, together, { offers, leastOf, measure });
    isProved &&= shared?.isProved ?? true;
    return shared;
  };
  const leastWithin = byCountry.map((warehouses) => leastTable(warehouses, universe, leastOf, measure));
  const shared = cheapestPartition<Shared<FoundShipment<O>>>({
    universe,
    agents: byCountry.length,
    combined: measure.combined,
    least: (country, set) => leastWithin[country]?.[set] ?? Number.POSITIVE_INFINITY,
    exact: (country, set) => {
      const found = within(byCountry[country] ?? [], set);
      return found === undefined ? undefined : { price: found.price, found };
    },
    mayGoOn: () => offers.mayGoOn(),
  });
  if (shared === undefined) return undefined;
  const shipments = shared.parts.flatMap(({ found }) => found.parts.map((part) => part.found));
  return { shipments, price: shared.price, isProved: shared.isProved && isProved };
}

interface Within<O extends Offer> {
  readonly offers: CostedOffers<O>;
  readonly leastOf: (warehouse: number, set: LineSet) => number;
  readonly measure: Measure;
}

/** The best way to send the lines from one country's warehouses. */
function sharedWithin<O extends Offer>(
  warehouses: readonly number[],
  together: LineSet,
  { offers, leastOf, measure }: Within<O>,
): Shared<FoundShipment<O>> | undefined {
  const all = linesOf(together);
  const exact = (agent: number, set: LineSet) => {
    const warehouse = warehouses[agent] ?? 0;
    const lines = linesOf(set);
    const offer = bestOffer(offers.of(warehouse, lines, all), measure);
    return offer === undefined
      ? undefined
      : { price: measure.of(offer), found: { warehouse, lines, together: all, offer } };
  };
  if (warehouses.length === 1) {
    const only = exact(0, together);
    return only === undefined
      ? undefined
      : { price: only.price, parts: [{ agent: 0, set: together, found: only.found }], isProved: true };
  }
  return cheapestPartition({
    universe: together,
    agents: warehouses.length,
    combined: measure.combined,
    least: (agent, set) => leastOf(warehouses[agent] ?? 0, set),
    exact,
    mayGoOn: () => offers.mayGoOn(),
  });
}

/** What each set of lines costs at least from the country: its cheapest partition by the lower bounds alone. */
function leastTable(
  warehouses: readonly number[],
  universe: LineSet,
  leastOf: (warehouse: number, set: LineSet) => number,
  { combined }: Measure,
): Float64Array {
  let table: Float64Array | undefined;
  for (const warehouse of warehouses) {
    const own = new Float64Array(universe + 1);
    for (let set = 1; set <= universe; set += 1) own[set] = leastOf(warehouse, set);
    table = table === undefined ? own : combine(table, own, universe, combined);
  }
  return table ?? new Float64Array(universe + 1).fill(Number.POSITIVE_INFINITY);
}

function combine(a: Float64Array, b: Float64Array, universe: LineSet, combined: 'sum' | 'highest') {
  const both = new Float64Array(universe + 1);
  for (let set = 1; set <= universe; set += 1) {
    let least = Number.POSITIVE_INFINITY;
    for (let part = set; ; part = (part - 1) & set) {
      const [mine, theirs] = [a[part] as number, b[set ^ part] as number];
      least = Math.min(least, combined === 'sum' ? mine + theirs : Math.max(mine, theirs));
      if (part === 0) break;
    }
    both[set] = least;
  }
  return both;
}
