import { divide } from '../../../kernel/money.ts';

/**
 * EasyPost weighs in ounces and measures in inches, to one decimal. One avoirdupois ounce is 28.349523125 g and
 * one inch 25.4 mm, both exact (international yard and pound, 1959); the arithmetic is in integers.
 */
const GRAMS_PER_OUNCE_E9 = 28_349_523_125n;

/** Ounces of a parcel, rounded up: the carrier charges later for an understated weight. */
export function parcelOunces(weightGrams: number): number {
  return Number(divide(BigInt(weightGrams) * 10n * 10n ** 9n, GRAMS_PER_OUNCE_E9, 'up')) / 10;
}

/** Ounces of a line of goods, rounded down, at least 0.1: all lines together must not weigh more than their parcel. */
export function goodsOunces(weightGrams: number): number {
  const tenths = Number(divide(BigInt(weightGrams) * 10n * 10n ** 9n, GRAMS_PER_OUNCE_E9, 'down'));
  return Math.max(1, tenths) / 10;
}

/** Inches of an outer dimension, rounded up. */
export function inches(lengthMm: number): number {
  return Number(divide(BigInt(lengthMm) * 100n, 254n, 'up')) / 10;
}
