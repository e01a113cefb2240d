/** Cartons of both sample warehouses: inner millimetres, grams of the carton, grams that it holds. */
const boxes = [
  ['mailer', 220, 160, 50, 60, 2_000],
  ['carton-s', 300, 200, 120, 140, 8_000],
  ['carton-m', 400, 300, 200, 330, 15_000],
  ['carton-l', 500, 400, 300, 620, 25_000],
  ['carton-xl', 600, 400, 400, 850, 29_000],
].map(([boxId, innerLengthMm, innerWidthMm, innerHeightMm, tareGrams, maxGrams]) => ({
  ...{ boxId, innerLengthMm, innerWidthMm, innerHeightMm, tareGrams, maxGrams },
}));

/** A zone by the price of the first half kilogram and of each one begun after it, in euro cents. */
const zone = (name: string, first: number, further: number, countries?: readonly string[]) => ({
  zone: name,
  ...(countries === undefined ? {} : { places: countries.map((country) => ({ country })) }),
  weightBreaks: [{ upToGrams: 500, priceMinor: first }],
  additionalStep: { stepGrams: 500, priceMinor: further },
});

/** The simplest card: one zone for wherever the lane goes. */
const card = (rateCardId: string, zones: readonly ReturnType<typeof zone>[], more: object = {}) => ({
  ...{ rateCardId, currency: 'EUR', validFrom: '2025-01-01', maxWeightGrams: 30_000 },
  ...{ maxLongestSideMm: 1_200, maxLengthPlusGirthMm: 3_000, zones },
  ...more,
});

/** Cumulative shares of parcels in per cent, by days or hours. */
const shares = <Unit extends string>(unit: Unit, rows: readonly (readonly [number, number])[]) =>
  rows.map(([amount, percent]) => ({ [unit]: amount, share: percent * 100 }));

const UNION = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');
const NEAR_CHINA = 'HK ID IN JP KR MY PH SG TH VN'.split(' ');
const MIDDLE = 'AE AU CA CH IL NO NZ SA TR'.split(' ');
const FAR = 'AR BR CL CO KE MX NG ZA'.split(' ');

/** Nothing is delivered there on these days, by law or by custom. */
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
  ...{ service, carrier: 'easypost', channel: 'courier', mode, countries },
  ...more,
});

/** The two warehouses of the sample network: goods from Shenzhen are imported, those from Poznań are in the Union. */
export const sampleWarehouses = [
  {
    warehouseId: 'cn-shenzhen',
    name: 'Shenzhen, Bao’an',
    kind: 'hub',
    address: {
      name: 'Sample Shop Shenzhen',
      line1: '88 Fuhai Road',
      city: 'Shenzhen',
      region: 'Guangdong',
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
    boxes,
    system: 'wms',
    active: true,
    lanes: [
      lane('standard', 'air', [...UNION, 'GB', 'US', ...NEAR_CHINA, ...MIDDLE, ...FAR], {
        rateCards: [
          card(
            'sz-standard-2025',
            [
              zone('A', 650, 230, [...UNION, 'GB', 'US']),
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
          ...{ customs, holidays },
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
          ...{ customs, holidays },
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
    boxes,
    system: 'wms',
    active: true,
    lanes: [
      lane('standard', 'road', UNION, {
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
          ...{ customs, holidays },
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
          ...{ customs, holidays },
        },
      }),
    ],
  },
];

/** Made-up rates near those of autumn 2026, for the sample alone and good for ever: a deployment stores the day's own. */
export const sampleRates = {
  id: 'sample-2026-11-20',
  base: 'EUR',
  date: '2026-11-20',
  expiresAt: '2099-12-31T00:00:00.000Z',
  source: 'made up for the sample catalogue',
  rates: {
    AED: '4.2530', ARS: '1660.0', AUD: '1.7700', BHD: '0.4366', BRL: '6.1800', CAD: '1.6200', CHF: '0.9300',
    CLP: '1088.0', CNY: '8.2300', COP: '4420.0', CZK: '24.200', DKK: '7.4690', GBP: '0.8790', HKD: '9.0100',
    HUF: '383.00', IDR: '19300', ILS: '3.7900', INR: '102.70', JPY: '180.00', KES: '149.60', KRW: '1690.0',
    MXN: '21.300', MYR: '4.8000', NGN: '1680.0', NOK: '11.720', NZD: '2.0200', PHP: '67.900', PLN: '4.2400',
    RON: '5.0900', SAR: '4.3420', SEK: '10.980', SGD: '1.5100', THB: '37.500', TRY: '48.900', USD: '1.1580',
    VND: '30480', ZAR: '20.100',
  }, // biome-ignore format: a table reads better in columns
};

const responsiblePerson = {
  name: 'Sample Compliance GmbH',
  postalAddress: 'Musterstrasse 1, 10115 Berlin',
  country: 'DE',
  electronicAddress: 'safety@example.com',
};

/** The streams of French producer responsibility with the code of each in its numbers. */
const frenchStreams = [
  ['packaging', '01'],
  ['electrical', '05'],
  ['batteries', '06'],
  ['textiles', '11'],
  ['furniture', '10'],
  ['toys', '12'],
  ['sports', '13'],
  ['tools', '14'],
  ['tyres', '16'],
  ['paper', '03'],
] as const;

/** Made-up registrations of the right shape. */
export const sampleSeller = {
  name: 'Sample Shop GmbH',
  importer: { EU: 'DE123456789012345', GB: 'GB123456789000', US: '12-3456789' },
  ioss: 'IM2760000001',
  gbVat: 'GB123456789',
  taxNumbers: {
    AU: '51824753556',
    BR: 'RC-SAMPLE-0001',
    CH: 'CHE-123.456.789',
    CL: '59.123.456-7',
    MY: 'LVG-123456',
    NO: '2012345',
    NZ: '123456789',
    SG: 'M90371234X',
  },
  responsiblePersons: { EU: responsiblePerson, GB: { ...responsiblePerson, country: 'GB' } },
  epr: [
    { country: 'DE', stream: 'packaging' as const, number: 'DE1234567890123' },
    { country: 'DE', stream: 'electrical' as const, number: 'DE12345678' },
    { country: 'DE', stream: 'batteries' as const, number: 'DE87654321' },
    ...frenchStreams.map(([stream, code]) => ({
      country: 'FR',
      stream,
      number: `FR123456_${code}ABCD`,
    })),
    ...['ES', 'AT', 'IT', 'BE', 'SE'].map((country) => ({
      country,
      stream: 'packaging' as const,
      number: `${country}-PACK-1`,
    })),
  ],
};
