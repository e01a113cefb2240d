import type { Country } from '../../shared/kernel/country.ts';

/** Express carriers take single parcels of up to 68 to 70 kg; this retailer sold wholesale as well. */
export const HEAVIEST_PARCEL_GRAMS = 68_000;

interface Zone {
  readonly countries: readonly Country[];
  /** Pence a parcel, and for each half kilogram begun. */
  readonly base: number;
  readonly perHalfKilogram: number;
  readonly days: readonly [min: number, max: number];
}

const NEAR = [
  'AT',
  'BE',
  'CZ',
  'DE',
  'DK',
  'FR',
  'IE',
  'IT',
  'LT',
  'NL',
  'PL',
  'ES',
  'PT',
  'SE',
  'FI',
  'GR',
  'CY',
  'MT',
];
const NEIGHBOURS = ['CH', 'NO', 'IS'];
const FAR = ['AE', 'AU', 'BH', 'BR', 'CA', 'HK', 'IL', 'JP', 'LB', 'SA', 'SG', 'US', 'ZA'];

/** The simplest rate card: one zone, a price for the first half kilogram and one for each begun after it. */
const lane = (mode: string, { countries, base, perHalfKilogram, days: [min, max] }: Zone) => ({
  service: 'standard',
  carrier: 'easypost',
  channel: 'courier',
  mode,
  countries,
  rateCards: [
    {
      rateCardId: `replay-${countries[0]}`,
      currency: 'GBP',
      validFrom: '2000-01-01',
      maxWeightGrams: HEAVIEST_PARCEL_GRAMS,
      zones: [
        {
          zone: 'all',
          weightBreaks: [{ upToGrams: 500, priceMinor: base + perHalfKilogram }],
          additionalStep: { stepGrams: 500, priceMinor: perHalfKilogram },
        },
      ],
    },
  ],
  transit: {
    days: [
      { days: min, share: 4_000 },
      { days: max, share: 9_500 },
      { days: max + 5, share: 10_000 },
    ],
  },
});

/** Wholesale cartons: inner millimetres, grams of the carton, grams that it holds. */
const boxes = [
  ['small', 300, 200, 120, 140, 8_000],
  ['medium', 400, 300, 250, 350, 15_000],
  ['large', 600, 400, 400, 850, 30_000],
  ['double', 800, 600, 500, 1_900, 60_000],
].map(([boxId, innerLengthMm, innerWidthMm, innerHeightMm, tareGrams, maxGrams]) => ({
  ...{ boxId, innerLengthMm, innerWidthMm, innerHeightMm, tareGrams, maxGrams },
}));

const common = {
  boxes,
  cutOffTime: '16:00',
  workingDays: [1, 2, 3, 4, 5],
  handlingHours: 6,
  system: 'wms',
  active: true,
};

/**
 * The retailer's own warehouse in Great Britain, and one in the Union that its continental orders may ship from:
 * from the first a parcel to Berlin is an import, from the second it is not. Prices are made up.
 */
export const replayWarehouses = [
  {
    warehouseId: 'gb-corby',
    name: 'Corby, Northamptonshire',
    address: {
      name: 'Replay Giftware Corby',
      line1: '4 Sample Way',
      city: 'Corby',
      postalCode: 'NN17 5JF',
      country: 'GB',
    },
    timeZone: 'Europe/London',
    ...common,
    lanes: [
      lane('road', { countries: ['GB'], base: 320, perHalfKilogram: 18, days: [1, 2] }),
      lane('road', { countries: NEAR, base: 780, perHalfKilogram: 85, days: [3, 6] }),
      lane('road', { countries: NEIGHBOURS, base: 990, perHalfKilogram: 120, days: [4, 7] }),
      lane('air', { countries: FAR, base: 1450, perHalfKilogram: 340, days: [5, 10] }),
    ],
  },
  {
    warehouseId: 'pl-poznan',
    name: 'Poznań, Komorniki',
    address: {
      name: 'Replay Giftware Poznań',
      line1: 'ul. Magazynowa 12',
      city: 'Komorniki',
      postalCode: '62-052',
      country: 'PL',
    },
    timeZone: 'Europe/Warsaw',
    ...common,
    lanes: [
      lane('road', { countries: NEAR, base: 460, perHalfKilogram: 55, days: [2, 4] }),
      lane('road', { countries: ['GB', ...NEIGHBOURS], base: 1250, perHalfKilogram: 190, days: [4, 8] }),
      lane('air', { countries: FAR, base: 1650, perHalfKilogram: 390, days: [6, 12] }),
    ],
  },
];

/** Registrations as they are written, belonging to nobody: without them neither IOSS nor the British supply VAT is to be had. */
export const replaySeller = {
  name: 'Replay Giftware Ltd',
  importer: { EU: 'IE9999999R', GB: 'GB999999999000', US: '99-9999999' },
  ioss: 'IM3720000999',
  gbVat: 'GB999999999',
};

/** Made-up rates near those of autumn 2026: one euro in each currency that a destination computes in. */
export const replayRates = {
  id: 'replay-2026-11-20',
  base: 'EUR',
  date: '2026-11-20',
  expiresAt: '2099-12-31T00:00:00.000Z',
  source: 'made up for the replay of old sales',
  // biome-ignore format: a table reads better in columns
  rates: {
    AED: '4.2530', AUD: '1.7700', BHD: '0.4366', BRL: '6.2000', CAD: '1.6200', CHF: '0.9300', CNY: '8.2300',
    CZK: '24.3000', DKK: '7.4600', GBP: '0.8790', HKD: '9.0100', HUF: '384.0000', ILS: '3.7900', ISK: '147.0000',
    JPY: '180.0000', NOK: '11.7000', NZD: '2.0300', PLN: '4.2400', RON: '5.0900', SAR: '4.3430', SEK: '10.9000',
    SGD: '1.5050', USD: '1.1580', ZAR: '19.9000',
  },
};
