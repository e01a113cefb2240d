/** How many origins of the past a method is tried on. */
const MAX_ORIGINS = 8;
const MIN_HISTORY = 7;

/**
 * The origins on which methods are tried: numbers of days that are known on each, rising. They are a week apart, or
 * less where the history is short. Every one leaves at least a week to compare with, or a day of a short history.
 * None, where there are fewer than two days.
 */
export function rollingOrigins(days: number, horizon: number): number[] {
  const last = days - Math.min(horizon, Math.max(1, Math.floor(days / 3)));
  const first = Math.min(last, Math.max(1, Math.min(MIN_HISTORY, Math.floor(days / 2))));
  if (days < 2) return [];
  const step = Math.max(1, Math.min(7, Math.floor((last - first) / (MAX_ORIGINS - 1))));
  const origins: number[] = [];
  for (let origin = last; origin >= first && origins.length < MAX_ORIGINS; origin -= step)
    origins.unshift(origin);
  return origins;
}
