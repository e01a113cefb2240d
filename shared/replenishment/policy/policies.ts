/** How much to order, and when, by the position alone. Units. */
export type Policy =
  /** At `reorderAt` or below, order up to `upTo`. */
  | { readonly kind: 's-S'; readonly reorderAt: number; readonly upTo: number }
  /** Every `everyDays` days, order up to `upTo`. */
  | { readonly kind: 'R-S'; readonly everyDays: number; readonly upTo: number }
  /** At `reorderAt` or below, order the fewest times `quantity` that bring the position above it. */
  | { readonly kind: 'r-Q'; readonly reorderAt: number; readonly quantity: number }
  /** Every `everyDays` days, order `quantity`, whatever the position. */
  | { readonly kind: 'fixed-order'; readonly everyDays: number; readonly quantity: number };

/**
 * What a policy orders at a position, on the given day since its start, which is day 0. The policies are those of
 * Silver, Pyke and Thomas, 4th ed. 2017, section 6.3, and (r, nQ) of Hadley and Whitin, "Analysis of Inventory
 * Systems", 1963. Zero if it orders nothing; not rounded to packs.
 */
export function quantityBy(policy: Policy, position: number, day: number): number {
  switch (policy.kind) {
    case 's-S':
      return position <= policy.reorderAt ? Math.max(0, policy.upTo - position) : 0;
    case 'R-S':
      return day % policy.everyDays === 0 ? Math.max(0, policy.upTo - position) : 0;
    case 'r-Q': {
      const { reorderAt, quantity } = policy;
      if (position > reorderAt || quantity <= 0) return 0;
      return (Math.floor((reorderAt - position) / quantity) + 1) * quantity;
    }
    case 'fixed-order':
      return day % policy.everyDays === 0 ? policy.quantity : 0;
  }
}
