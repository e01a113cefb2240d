import type { Instant } from '../kernel/time.ts';

/** Asks for room for the units of one SKU in an order that is about to be placed. */
export interface TakingUnits {
  readonly storefrontId: string;
  readonly sku: string;
  readonly units: number;
  /** The most units of the SKU in all unpaid orders of the storefront; one order alone may have more. */
  readonly most: number;
  readonly now: Instant;
  /** The units of the SKU that its other orders hold unpaid at this moment. Asked where there seems to be no room. */
  readonly recount: () => Promise<number>;
}

/** Counts the units of each SKU that wait unpaid in the orders of a storefront. */
export interface UnitsOfStorefronts {
  /**
   * Counts the units, or gives false if there is no room for them; nothing is counted then. No number of requests at
   * once exceeds the limit. Throws `TooManyWriters` if others wrote the same sum at every try.
   */
  take(taking: TakingUnits): Promise<boolean>;
}
