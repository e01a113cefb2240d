import type { FoundShipment, Goal, Offer } from './plan-problem.ts';
import { type Admits, byCarbon, byCost, byPromise, type Measure, type Price } from './price.ts';
import type { PricedPlan } from './price-assignment.ts';

/** A plan, and whether it is proved that none is better; without a plan, that there is none. */
export interface Outcome<O extends Offer> {
  readonly plan: PricedPlan<O> | undefined;
  readonly isProved: boolean;
}

/** Finds the best plan by a measure, below a limit where one is given. */
export type Finder<O extends Offer> = (measure: Measure, limit?: Price) => Outcome<O>;

export const latestOf = <O extends Offer>(shipments: readonly FoundShipment<O>[]) =>
  Math.max(...shipments.map(({ offer }) => offer.latestMs));

/** What meets a goal, by searches for one measure at a time. */
export function meetGoal<O extends Offer>({ objective, service }: Goal, find: Finder<O>): Outcome<O> {
  // A bound that does not know its service may be of any.
  const admits: Admits = (offer) =>
    service === undefined || offer.service === undefined || offer.service === service;
  if (objective === 'greenest') return find(byCarbon(admits));
  return objective === 'cheapest' ? cheapest(admits, find) : fastest(admits, find);
}

/** Of plans that cost the same, the one that is promised for the earliest, then the one of fewer consignments. */
function cheapest<O extends Offer>(admits: Admits, find: Finder<O>): Outcome<O> {
  let best = find(byCost(admits));
  while (best.plan !== undefined && best.isProved) {
    const { plan } = best;
    const latest = latestOf(plan.shipments);
    const isEarlier: Admits = (offer) => admits(offer) && offer.latestMs < latest;
    const next = find(byCost(isEarlier), { first: plan.price.first + 1, second: 0 });
    if (next.plan === undefined) return { plan, isProved: next.isProved };
    best = next;
  }
  return best;
}

/** The promise first, by itself; then the cheapest that is as fast. */
function fastest<O extends Offer>(admits: Admits, find: Finder<O>): Outcome<O> {
  const first = find(byPromise(admits));
  if (first.plan === undefined) return first;
  const latest = latestOf(first.plan.shipments);
  const second = find(byCost((offer) => admits(offer) && offer.latestMs <= latest));
  return { plan: second.plan ?? first.plan, isProved: first.isProved && second.isProved };
}
