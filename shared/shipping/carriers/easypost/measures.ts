import { divide } from '../../../kernel/money.ts';

/**
 * EasyPost takes weights in ounces and lengths in inches, with one decimal. One avoirdupois ounce is exactly
 * 28.349523125 g, and one inch is exactly 25.4 mm (international yard and pound, 1959). The arithmetic uses integers.
 */
const GRAMS_PER_OUNCE_E9 = 28_349_523_125n;

/** A parcel's weight in ounces, rounded up, because carriers charge extra for a weight that was declared too low. */
export function parcelOunces(weightGrams: number): number {
  return Number(divide(BigInt(weightGrams) * 10n * 10n ** 9n, GRAMS_PER_OUNCE_E9, 'up')) / 10;
}

/** A line's weight in ounces, rounded down but at least 0.1. All lines together must not exceed the parcel's weight. */
export function goodsOunces(weightGrams: number): number {
  const tenths = Number(divide(BigInt(weightGrams) * 10n * 10n ** 9n, GRAMS_PER_OUNCE_E9, 'down'));
  return Math.max(1, tenths) / 10;
}

/** An outer dimension in inches, rounded up. */
export function inches(lengthMm: number): number {
  return Number(divide(BigInt(lengthMm) * 100n, 254n, 'up')) / 10;
}
