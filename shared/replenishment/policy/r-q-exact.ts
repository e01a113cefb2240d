/** What an (r, Q) policy with Poisson demand is computed from. Costs in one unit of money, for one unit of time. */
export interface PoissonCosts {
  /** Of one unit on hand for a unit of time. */
  readonly holding: number;
  /** Of one unit that is owed to a buyer for a unit of time. */
  readonly backorder: number;
  /** Of one order. */
  readonly order: number;
  readonly demandPerTime: number;
  readonly leadTime: number;
}

/** An (r, Q) policy, and what it costs for a unit of time, as an expected figure. */
export interface ReorderPolicy {
  readonly reorderAt: number;
  readonly quantity: number;
  readonly cost: number;
}

/**
 * The best (r, Q) policy for Poisson demand with backorders: A. Federgruen and Y.-S. Zheng, "An Efficient Algorithm for
 * Computing an Optimal (r, Q) Policy in Continuous Review Stochastic Inventory Systems", Operations Research 40(4),
 * 1992. It starts with the cheapest inventory position alone and adds the cheaper neighbour as long as that lowers the
 * average. The holding and backorder costs must be above zero, and so must the demand; throws otherwise.
 */
export function bestReorderPolicy(costs: PoissonCosts): ReorderPolicy {
  if (!(costs.holding > 0 && costs.backorder > 0 && costs.order >= 0 && costs.demandPerTime > 0))
    throw new Error('holding, backorder and demand are above zero');
  const at = positionCosts(costs);
  let best = Math.floor(costs.demandPerTime * costs.leadTime);
  while (at(best + 1) < at(best)) best += 1;
  while (best > 0 && at(best - 1) <= at(best)) best -= 1;
  let [low, high] = [best, best];
  let sum = costs.order * costs.demandPerTime + at(best);
  for (;;) {
    const downwards = at(low - 1) <= at(high + 1);
    const next = downwards ? at(low - 1) : at(high + 1);
    const quantity = high - low + 1;
    if (next >= sum / quantity) return { reorderAt: low - 1, quantity, cost: sum / quantity };
    sum += next;
    if (downwards) low -= 1;
    else high += 1;
  }
}

/** What an (r, Q) policy costs: the order cost, and the mean over the positions r + 1 to r + Q, each as likely. */
export function costOfReorderPolicy(reorderAt: number, quantity: number, costs: PoissonCosts): number {
  const at = positionCosts(costs);
  let sum = costs.order * costs.demandPerTime;
  for (let position = reorderAt + 1; position <= reorderAt + quantity; position += 1) sum += at(position);
  return sum / quantity;
}

/** Holding and backorder cost a lead time later, by the inventory position now. */
function positionCosts({ holding, backorder, demandPerTime, leadTime }: PoissonCosts) {
  const mean = demandPerTime * leadTime;
  return (position: number): number => {
    const owed = expectedAbove(position, mean);
    return holding * (position - mean + owed) + backorder * owed;
  };
}

/** The expected excess of a Poisson variable over a whole number. */
function expectedAbove(position: number, mean: number): number {
  if (position <= 0) return mean - position;
  let probability = Math.exp(-mean);
  let below = 0;
  for (let demand = 0; demand < position; demand += 1) {
    below += (position - demand) * probability;
    probability *= mean / (demand + 1);
  }
  return mean - position + below;
}
