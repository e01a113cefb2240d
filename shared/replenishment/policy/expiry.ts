import type { DemandForecast } from './demand-over-days.ts';

/** How long goods of a SKU can be sold. */
export interface ShelfLife {
  /** Days from their receipt until the last day on which they can be sold. */
  readonly sellableDays: number;
  /** The probability with which all of an order sells before it expires. */
  readonly soldWithProbability: number;
}

/** What an order may be at most, and why. */
export interface ExpiryLimit {
  /** Days from the order until its goods expire. */
  readonly days: number;
  /** What sells until then with the wanted probability. */
  readonly sells: number;
  /** What may be ordered: what sells, less what is there before. Whole, and zero at least. */
  readonly atMost: number;
}

/**
 * The most units of an order that sell before they expire. The stock that is there or on its way is sold before them:
 * first expired, first out. The days count from the order, and demand while it is on its way is served by that stock.
 */
export function expiryLimit(
  forecast: DemandForecast,
  { sellableDays, soldWithProbability }: ShelfLife,
  { leadTimeDays, position }: { readonly leadTimeDays: number; readonly position: number },
): ExpiryLimit {
  const beforeArrival = Math.floor(leadTimeDays);
  const days = beforeArrival + Math.floor(sellableDays);
  const sells = days < 1 ? 0 : Math.max(0, forecast(days).quantile(1 - soldWithProbability));
  // Stock that ran out before the arrival sells nothing: only what the shelf life itself sees can sell then.
  const whileSellable =
    sellableDays < 1 ? 0 : Math.max(0, forecast(Math.floor(sellableDays)).quantile(1 - soldWithProbability));
  const atMost = Math.floor(Math.min(sells - position, whileSellable) + 1e-9);
  return { days, sells, atMost: Math.max(0, atMost) };
}
