/** What a site has or gets anyway, and how many whole units it wants on top. */
export interface Wish {
  readonly id: string;
  /** Below zero where it owes units. */
  readonly position: number;
  readonly units: number;
}

/** Halvings of an interval: after them, it is smaller than any share of a unit. */
const HALVINGS = 60;

/**
 * Shares units out so that all sites come to the same part of what they want to have: fair shares, which balance the
 * probabilities that they run out (G. Eppen and L. Schrage, "Centralized Ordering Policies in a Multi-Warehouse System
 * with Lead Times and Random Demand", 1981). Whole units, none above a wish; what is left over by rounding goes to the
 * site with the lowest part, and of equal ones to the first by its code. All is given while something is wished.
 */
export function fairShares(wishes: readonly Wish[], units: number): ReadonlyMap<string, number> {
  const sites = wishes.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const aimOf = ({ position, units: wanted }: Wish) => Math.max(1, position + wanted);
  const shareAt = (part: number, wish: Wish) =>
    Math.max(0, Math.min(wish.units, Math.floor(part * aimOf(wish) - wish.position)));
  const sumAt = (part: number) => sites.reduce((sum, wish) => sum + shareAt(part, wish), 0);
  let low = Math.min(0, ...sites.map((wish) => wish.position / aimOf(wish)));
  let high = 2;
  for (let step = 0; step < HALVINGS; step += 1) {
    const middle = (low + high) / 2;
    if (sumAt(middle) <= units) low = middle;
    else high = middle;
  }
  const shares = new Map(sites.map((wish) => [wish.id, shareAt(low, wish)]));
  let left = units - sumAt(low);
  while (left > 0) {
    const partOf = (wish: Wish) => (wish.position + (shares.get(wish.id) ?? 0)) / aimOf(wish);
    const [next] = sites
      .filter((wish) => (shares.get(wish.id) ?? 0) < wish.units)
      .toSorted((a, b) => partOf(a) - partOf(b));
    if (next === undefined) break;
    shares.set(next.id, (shares.get(next.id) ?? 0) + 1);
    left -= 1;
  }
  return shares;
}
