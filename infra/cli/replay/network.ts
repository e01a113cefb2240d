import { type Country, euMemberStates } from '../../../shared/kernel/country.ts';
import { samplePartners } from '../sample-shop/sample-partners.ts';
import { sampleRates, sampleSeller } from '../sample-shop/sample-seller.ts';

/** Express carriers accept single parcels of up to 68 to 70 kg. This retailer also sells wholesale. */
export const HEAVIEST_PARCEL_GRAMS = 68_000;

interface Zone {
  readonly countries: readonly Country[];
  /** The price of a parcel, and of each started half kilogram, in pence. */
  readonly base: number;
  readonly perHalfKilogram: number;
  readonly days: readonly [min: number, max: number];
  /** Whether parcels cross a customs border. */
  readonly overBorder?: boolean;
}

const NEIGHBOURS = ['CH', 'IS', 'LI', 'NO'];
const MIDDLE = ['AE', 'BH', 'IL', 'LB', 'SA', 'TR'];
const FAR = 'CA CN HK ID IN JP KR MY PH SG TH US VN'.split(' ');
const FARTHEST = 'AR AU BR CL CO KE MX NG NZ ZA'.split(' ');

/** The time at the border: hours, and the share of parcels that pass within them, in hundredths of a per cent. */
const CUSTOMS = [
  { hours: 6, share: 4_000 },
  { hours: 24, share: 8_000 },
  { hours: 48, share: 9_400 },
  { hours: 120, share: 10_000 },
];

/**
 * The simplest rate card: one zone, one price for the first half kilogram, and one price for each further started
 * half kilogram.
 */
const lane = (
  mode: string,
  { countries, base, perHalfKilogram, days: [min, max], overBorder = true }: Zone,
) => ({
  service: 'standard',
  carrier: samplePartners.carrier,
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
    ...(overBorder ? { customs: CUSTOMS } : {}),
  },
});

/**
 * Cartons for wholesale: inner size in millimetres, weight of the carton in grams, and weight that it can hold in
 * grams.
 */
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
  services: ['returns', 'lithium-batteries', 'liquids'],
  system: samplePartners.warehouse,
  active: true,
};

/**
 * The retailer's own warehouse in Great Britain, and one in the European Union for orders from the continent. A
 * parcel from the first to Berlin is an import, and a parcel from the second is not. The prices are made up.
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
      lane('road', { countries: ['GB'], base: 320, perHalfKilogram: 18, days: [1, 2], overBorder: false }),
      lane('road', { countries: euMemberStates, base: 780, perHalfKilogram: 85, days: [3, 6] }),
      lane('road', { countries: NEIGHBOURS, base: 990, perHalfKilogram: 120, days: [4, 7] }),
      lane('air', { countries: MIDDLE, base: 1290, perHalfKilogram: 290, days: [4, 8] }),
      lane('air', { countries: FAR, base: 1450, perHalfKilogram: 340, days: [5, 10] }),
      lane('air', { countries: FARTHEST, base: 1690, perHalfKilogram: 420, days: [6, 12] }),
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
      lane('road', {
        countries: euMemberStates,
        base: 460,
        perHalfKilogram: 55,
        days: [2, 4],
        overBorder: false,
      }),
      lane('road', { countries: ['GB', ...NEIGHBOURS], base: 1250, perHalfKilogram: 190, days: [4, 8] }),
      lane('air', { countries: MIDDLE, base: 1450, perHalfKilogram: 330, days: [5, 9] }),
      lane('air', { countries: FAR, base: 1650, perHalfKilogram: 390, days: [6, 12] }),
      lane('air', { countries: FARTHEST, base: 1890, perHalfKilogram: 470, days: [7, 14] }),
    ],
  },
];

/** The warehouses in these countries. A shop offers only these. */
export function warehousesIn(countries: ReadonlySet<Country>) {
  return replayWarehouses.filter(({ address }) => countries.has(address.country));
}

/**
 * Invented registrations in the right format: tax numbers, responsible persons, producer numbers. Without them, tax
 * cannot be charged at the sale, and many goods are barred.
 */
export const replaySeller = {
  ...sampleSeller,
  name: 'Replay Giftware Ltd',
  // One machine orders for all shoppers, and some of them are shops.
  callerLimits: {
    unitsOfOneSku: 100_000,
    unpaidOrdersOfStorefront: 10_000,
    unpaidOrdersOfClient: 10_000,
    unpaidOrdersOfShopper: 1_000,
  },
};

/**
 * The made-up rates of the sample shop. They are near the rates of autumn 2026, and are used for sales of any year.
 */
export const replayRates = {
  ...sampleRates,
  id: 'replay-2026-11-20',
  source: 'made up for the replay of old sales',
};
