import type { Minimum, Offer, PlanProblem } from './plan-problem.ts';

type Band = string | number;
type SetName = string | number;

/** The most lines whose sets fit the bits of one number. */
const MAX_IN_BITS = 30;

/** The most bounds that are kept at a time. */
const MAX_BOUNDS = 50_000;

/** Offers and bounds, each computed once, with the number of consignments costed. */
export class OfferBook<O extends Offer> {
  readonly problem: PlanProblem<O>;
  readonly #known: Map<Band, Map<SetName, readonly O[]>>[];
  readonly #bands = new Map<string, Map<SetName, Band>>();
  readonly #bounds = new Map<string, readonly Bound[]>();
  #count = 0;
  #most = 0;

  constructor(problem: PlanProblem<O>) {
    this.problem = problem;
    this.#known = problem.warehouses.map(() => new Map());
  }

  get count(): number {
    return this.#count;
  }

  /** Allows that many more consignments. */
  allow(more: number): void {
    this.#most = this.#count + more;
  }

  /** How many more consignments may be costed. */
  get left(): number {
    return Math.max(0, this.#most - this.#count);
  }

  /** Whether another consignment may still be costed. */
  mayGoOn(): boolean {
    return this.#count < this.#most;
  }

  /** The band of the lines that are sent together: sets with equal bands have equal offers. */
  bandOf(warehouse: number, lines: readonly number[], together: readonly number[]): Band {
    const { bandOf, warehouses } = this.problem;
    if (bandOf === undefined)
      return together.length === lines.length ? 'alone' : `=${this.#nameOf(together)}`;
    const country = warehouses[warehouse]?.country ?? '';
    const own = this.#bands.get(country) ?? new Map<SetName, Band>();
    this.#bands.set(country, own);
    const name = this.#nameOf(together);
    const band = own.get(name) ?? bandOf(country, together);
    own.set(name, band);
    return band;
  }

  /** Everything known of a warehouse by band and, for few lines, by the set as bits. */
  knownOf(warehouse: number): ReadonlyMap<Band, ReadonlyMap<SetName, readonly O[]>> {
    return this.#known[warehouse] ?? new Map();
  }

  known(warehouse: number, lines: readonly number[], together: readonly number[]): readonly O[] | undefined {
    return this.#known[warehouse]?.get(this.bandOf(warehouse, lines, together))?.get(this.#nameOf(lines));
  }

  /** Costs the consignment, whether the allowance is used up or not. */
  of(warehouse: number, lines: readonly number[], together: readonly number[]): readonly O[] {
    const band = this.bandOf(warehouse, lines, together);
    const own = this.#known[warehouse]?.get(band) ?? new Map<SetName, readonly O[]>();
    this.#known[warehouse]?.set(band, own);
    const name = this.#nameOf(lines);
    const known = own.get(name);
    if (known !== undefined) return known;
    const canShip = this.problem.canShip(warehouse, lines);
    if (canShip) this.#count += 1;
    const offers = canShip ? this.problem.offers(warehouse, lines, together) : [];
    own.set(name, offers);
    return offers;
  }

  /** The lower bounds of the consignment, for searches that ask about the same ones repeatedly. */
  boundsOf(warehouse: number, lines: readonly number[], together: readonly number[]): readonly Bound[] {
    const key = `${warehouse} ${this.bandOf(warehouse, lines, together)} ${this.#nameOf(lines)}`;
    const known = this.#bounds.get(key) ?? boundsOf(this.problem, warehouse, lines, together);
    if (this.#bounds.size >= MAX_BOUNDS) this.#bounds.clear();
    this.#bounds.set(key, known);
    return known;
  }

  #nameOf(lines: readonly number[]): SetName {
    if (this.problem.lineCount > MAX_IN_BITS) return lines.join();
    let set = 0;
    for (const line of lines) set |= 1 << line;
    return set;
  }
}

export type Bound = Minimum & { readonly service?: string };

/** Lower bounds by lane if the problem has them, otherwise by warehouse. */
export function boundsOf<O extends Offer>(
  problem: PlanProblem<O>,
  warehouse: number,
  lines: readonly number[],
  together?: readonly number[],
): readonly Bound[] {
  return problem.minByLane?.(warehouse, lines, together) ?? [problem.min(warehouse, lines, together)];
}
