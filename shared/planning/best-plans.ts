import type { FoundShipment, Goal, Offer } from './plan-problem.ts';
import { type Admits, byCarbon, byCost, byPromise, type Measure, type Price } from './price.ts';
import type { PricedPlan } from './price-assignment.ts';

/** A plan, and whether it is proved to be the best. Without a plan: whether it is proved that none exists. */
export interface Outcome<O extends Offer> {
  readonly plan: PricedPlan<O> | undefined;
  readonly isProved: boolean;
}

/** Finds the best plan by a measure, below a limit where one is given. */
export type Finder<O extends Offer> = (measure: Measure, limit?: Price) => Outcome<O>;

export const latestOf = <O extends Offer>(shipments: readonly FoundShipment<O>[]) =>
  Math.max(...shipments.map(({ offer }) => offer.latestMs));

/** The best plan for a goal, by searches for one measure at a time. */
export function meetGoal<O extends Offer>({ objective, service }: Goal, find: Finder<O>): Outcome<O> {
  // A bound without a service may belong to any service.
  const admits: Admits = (offer) =>
    service === undefined || offer.service === undefined || offer.service === service;
  if (objective === 'greenest') return find(byCarbon(admits));
  return objective === 'cheapest' ? cheapest(admits, find) : fastest(admits, find);
}

/** Among plans of the same cost, the one with the earliest promise, then the one with the fewest consignments. */
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

/** The earliest promise first, then the cheapest plan with that promise. */
function fastest<O extends Offer>(admits: Admits, find: Finder<O>): Outcome<O> {
  const first = find(byPromise(admits));
  if (first.plan === undefined) return first;
  const latest = latestOf(first.plan.shipments);
  const second = find(byCost((offer) => admits(offer) && offer.latestMs <= latest));
  return { plan: second.plan ?? first.plan, isProved: first.isProved && second.isProved };
}
