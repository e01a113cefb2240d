import type { Currency } from '../kernel/currency.ts';

/** A merchant's settings; the defaults suit consumer goods. */
export interface ScreeningLimits {
  /** A person looks at an order whose total is above it: minor units of the order's currency. */
  readonly highValueMinor: Readonly<Record<Currency, number>>;
  /** A household does not buy more units of one SKU than this in one order. */
  readonly maxUnitsOfOneSku: number;
  /** Postal services, which deliver to post-office boxes; couriers need a street and somebody at home. */
  readonly servicesToBoxes: readonly string[];
}

/** Round figures near EUR 1,000 in each currency, minor units (ISO 4217 digits: JPY 0, EUR 2, BHD 3). */
export const defaultLimits: ScreeningLimits = {
  highValueMinor: {
    AED: 400_000, ARS: 150_000_000, AUD: 175_000, BHD: 400_000, BRL: 600_000, CAD: 150_000, CHF: 100_000,
    CLP: 1_000_000, CNY: 800_000, COP: 450_000_000, CZK: 2_500_000, DKK: 750_000, EUR: 100_000, GBP: 90_000,
    HKD: 850_000, HUF: 40_000_000, IDR: 1_800_000_000, ILS: 400_000, INR: 9_500_000, ISK: 150_000,
    JPY: 160_000, KES: 14_000_000, KRW: 1_500_000, KWD: 350_000, MXN: 2_000_000, MYR: 500_000,
    NGN: 170_000_000, NOK: 1_200_000, NZD: 190_000, PHP: 6_000_000, PLN: 430_000, RON: 500_000, SAR: 400_000,
    SEK: 1_100_000, SGD: 150_000, THB: 3_800_000, TRY: 4_500_000, TWD: 3_500_000, USD: 110_000,
    VND: 28_000_000, ZAR: 2_000_000,
  },
  maxUnitsOfOneSku: 20,
  servicesToBoxes: [],
}; // biome-ignore format: a table reads better in columns
