import type { Offer, PlanProblem } from './plan-problem.ts';

/** Offers that were asked for, each once, and how many consignments that was. */
export class CostedOffers<O extends Offer> {
  readonly #problem: PlanProblem<O>;
  readonly #most: number;
  readonly #known = new Map<string, readonly O[]>();

  constructor(problem: PlanProblem<O>, most: number) {
    this.#problem = problem;
    this.#most = most;
  }

  get count(): number {
    return this.#known.size;
  }

  /** Whether another consignment may still be costed. */
  mayGoOn(): boolean {
    return this.#known.size < this.#most;
  }

  of(warehouse: number, lines: readonly number[], together: readonly number[]): readonly O[] {
    const key = `${warehouse} ${lines.join()} ${together.length === lines.length ? '' : together.join()}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const offers = this.#problem.canShip(warehouse, lines)
      ? this.#problem.offers(warehouse, lines, together)
      : [];
    this.#known.set(key, offers);
    return offers;
  }
}

/** An offer's figure that is made least. */
export interface Measure {
  readonly combined: 'sum' | 'highest';
  of(figures: Pick<Offer, 'costMinor' | 'latestMs' | 'carbonGrams'>): number;
  /** Offers that may be taken at all. */
  admits(offer: Offer): boolean;
}

/** The best of the offers: by the measure, then by cost, then by promise; undefined when none may be taken. */
export function bestOffer<O extends Offer>(offers: readonly O[], measure: Measure): O | undefined {
  let best: O | undefined;
  for (const offer of offers) {
    if (!measure.admits(offer)) continue;
    if (best === undefined || isBetter(offer, best, measure)) best = offer;
  }
  return best;
}

function isBetter(a: Offer, b: Offer, measure: Measure): boolean {
  const by = measure.of(a) - measure.of(b) || a.costMinor - b.costMinor || a.latestMs - b.latestMs;
  return by < 0;
}
