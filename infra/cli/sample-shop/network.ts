import { euMemberStates } from '../../../shared/kernel/country.ts';
import { samplePartners } from './sample-partners.ts';

/** A zone: the price of the first half kilogram, and of each further started half kilogram, in euro cents. */
const zone = (name: string, first: number, further: number, countries?: readonly string[]) => ({
  zone: name,
  ...(countries === undefined ? {} : { places: countries.map((country) => ({ country })) }),
  weightBreaks: [{ upToGrams: 500, priceMinor: first }],
  additionalStep: { stepGrams: 500, priceMinor: further },
});

/** The simplest rate card: one zone for all destinations of the lane. */
const card = (rateCardId: string, zones: readonly ReturnType<typeof zone>[], more: object = {}) => ({
  rateCardId,
  currency: 'EUR',
  validFrom: '2025-01-01',
  maxWeightGrams: 30_000,
  maxLongestSideMm: 1_200,
  maxLengthPlusGirthMm: 3_000,
  zones,
  ...more,
});

/** Cumulative shares of parcels in per cent, by days or hours. */
const shares = <Unit extends string>(unit: Unit, rows: readonly (readonly [number, number])[]) =>
  rows.map(([amount, percent]) => ({ [unit]: amount, share: percent * 100 }));

const NEAR_CHINA = 'HK ID IN JP KR MY PH SG TH VN'.split(' ');
const MIDDLE_BY_AIR = 'AE CA IL SA TR'.split(' ');
const OCEANIA = 'AU NZ'.split(' ');
const MIDDLE = [...MIDDLE_BY_AIR, ...OCEANIA, 'CH', 'NO'];
const FAR = 'AR BR CL CO KE MX NG ZA'.split(' ');

/** Days on which no parcel is delivered in a country, by law or by custom. */
const holidays = [
  { country: 'DE', dates: ['2026-12-25', '2026-12-26', '2027-01-01', '2027-03-26', '2027-03-29'] },
  { country: 'FR', dates: ['2026-12-25', '2027-01-01', '2027-03-29', '2027-05-01'] },
  { country: 'GB', dates: ['2026-12-25', '2026-12-28', '2027-01-01', '2027-03-26', '2027-03-29'] },
  { country: 'PL', dates: ['2026-12-24', '2026-12-25', '2026-12-26', '2027-01-01', '2027-01-06'] },
  { country: 'US', dates: ['2026-11-26', '2026-12-25', '2027-01-01', '2027-01-18', '2027-02-15'] },
];

const customs = shares('hours', [
  [6, 40],
  [24, 80],
  [48, 94],
  [120, 100],
]);

const lane = (service: string, mode: string, countries: readonly string[], more: object) => ({
  service,
  carrier: samplePartners.carrier,
  channel: 'courier',
  mode,
  countries,
  ...more,
});

/**
 * The two warehouses of the sample network. Goods from Shenzhen are imported. Goods in Poznań are already in the
 * European Union. The warehouses list no boxes of their own, and use the standard boxes.
 */
export const sampleWarehouses = [
  {
    warehouseId: 'cn-shenzhen',
    name: 'Shenzhen, Bao’an',
    kind: 'hub',
    address: {
      name: 'Sample Shop Shenzhen',
      line1: '88 Fuhai Road',
      city: 'Shenzhen',
      region: 'GD',
      postalCode: '518103',
      country: 'CN',
    },
    coordinates: { latitudeMicrodegrees: 22_680_000, longitudeMicrodegrees: 113_810_000 },
    timeZone: 'Asia/Shanghai',
    cutOffTime: '16:00',
    openingHours: { opens: '08:00', closes: '22:00' },
    workingDays: [1, 2, 3, 4, 5, 6],
    holidays: [
      '2026-10-01',
      '2026-10-02',
      '2026-10-03',
      '2027-01-01',
      '2027-02-05',
      '2027-02-06',
      '2027-02-08',
    ],
    handlingHours: 6,
    capacity: { ordersPerDay: 20_000 },
    services: ['lithium-batteries', 'liquids'],
    system: samplePartners.warehouse,
    active: true,
    lanes: [
      lane('standard', 'air', [...euMemberStates, 'GB', 'US', ...NEAR_CHINA, ...MIDDLE, ...FAR], {
        rateCards: [
          card(
            'sz-standard-2025',
            [
              zone('A', 650, 230, [...euMemberStates, 'GB', 'US']),
              zone('B', 450, 150, NEAR_CHINA),
              zone('C', 780, 270, MIDDLE),
              zone('D', 990, 340, FAR),
            ],
            {
              dimensionalDivisor: 8_000,
              remoteAreas: [
                {
                  country: 'US',
                  postalCodes: [
                    { from: '967', to: '968' },
                    { from: '995', to: '999' },
                  ],
                  amountMinor: 900,
                },
              ],
            },
          ),
        ],
        transit: {
          days: shares('days', [
            [6, 8],
            [7, 25],
            [8, 50],
            [9, 72],
            [10, 86],
            [11, 93],
            [13, 98],
            [18, 100],
          ]),
          customs,
          holidays,
        },
      }),
      lane('express', 'air', ['DE', 'GB', 'US', 'FR', 'NL', 'BE', 'AT', 'JP', 'SG', 'AU', 'CA', 'AE'], {
        rateCards: [
          card('sz-express-2025', [zone('all', 1_490, 470)], {
            dimensionalDivisor: 5_000,
            fuel: [
              { from: '2025-01-01', to: '2026-09-30', percent: '14.5' },
              { from: '2026-10-01', percent: '16.25' },
            ],
            surcharges: [
              {
                code: 'peak-season',
                description: 'Peak season',
                amountMinor: 60,
                when: { from: '2026-11-15', to: '2027-01-15' },
              },
              {
                code: 'large-parcel',
                description: 'Large parcel',
                amountMinor: 1_800,
                when: { oversize: { longestSideOverMm: 1_000, weightOverGrams: 25_000 } },
                bearsFuel: true,
              },
            ],
          }),
        ],
        transit: {
          days: shares('days', [
            [2, 15],
            [3, 68],
            [4, 92],
            [6, 100],
          ]),
          customs,
          holidays,
        },
      }),
    ],
  },
  {
    warehouseId: 'pl-poznan',
    name: 'Poznań, Komorniki',
    kind: 'regional',
    parent: { warehouseId: 'cn-shenzhen', transferHours: 720 },
    address: {
      name: 'Sample Shop Poznań',
      line1: 'ul. Magazynowa 12',
      city: 'Komorniki',
      postalCode: '62-052',
      country: 'PL',
    },
    coordinates: { latitudeMicrodegrees: 52_340_000, longitudeMicrodegrees: 16_810_000 },
    timeZone: 'Europe/Warsaw',
    cutOffTime: '14:00',
    openingHours: { opens: '06:00', closes: '20:00' },
    workingDays: [1, 2, 3, 4, 5],
    holidays: [
      '2026-11-11',
      '2026-12-24',
      '2026-12-25',
      '2027-01-01',
      '2027-01-06',
      '2027-03-29',
      '2027-05-03',
    ],
    handlingHours: 6,
    capacity: { ordersPerDay: 8_000 },
    services: ['returns', 'lithium-batteries', 'liquids'],
    system: samplePartners.warehouse,
    active: true,
    lanes: [
      lane('standard', 'road', euMemberStates, {
        rateCards: [card('pz-union-2025', [zone('all', 550, 60)])],
        transit: {
          days: shares('days', [
            [1, 10],
            [2, 62],
            [3, 92],
            [5, 100],
          ]),
          holidays,
        },
      }),
      lane('standard', 'road', ['CH', 'GB', 'NO'], {
        rateCards: [card('pz-europe-2025', [zone('all', 1_130, 240)])],
        transit: {
          days: shares('days', [
            [3, 20],
            [4, 55],
            [5, 80],
            [6, 93],
            [9, 100],
          ]),
          customs,
          holidays,
        },
      }),
      lane('standard', 'air', ['US'], {
        rateCards: [card('pz-america-2025', [zone('all', 1_130, 240)], { dimensionalDivisor: 6_000 })],
        transit: {
          days: shares('days', [
            [4, 25],
            [5, 58],
            [6, 82],
            [7, 94],
            [10, 100],
          ]),
          customs,
          holidays,
        },
      }),
      lane('standard', 'air', [...MIDDLE_BY_AIR, ...NEAR_CHINA, ...FAR, ...OCEANIA], {
        rateCards: [
          card(
            'pz-world-2025',
            [
              zone('A', 1_290, 310, MIDDLE_BY_AIR),
              zone('B', 1_390, 340, NEAR_CHINA),
              zone('C', 1_590, 420, [...FAR, ...OCEANIA]),
            ],
            { dimensionalDivisor: 6_000 },
          ),
        ],
        transit: {
          days: shares('days', [
            [6, 20],
            [7, 45],
            [9, 80],
            [11, 94],
            [16, 100],
          ]),
          customs,
          holidays,
        },
      }),
    ],
  },
];
