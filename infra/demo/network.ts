const eur = (amount: number) => ({ amount, currency: 'EUR' });

/** The two warehouses of the sample network: goods from Shenzhen are imported, those from Poznań are in the Union. */
export const sampleWarehouses = [
  {
    warehouseId: 'cn-shenzhen',
    name: 'Shenzhen, Bao’an',
    address: {
      name: 'Sample Shop Shenzhen',
      line1: '88 Fuhai Road',
      city: 'Shenzhen',
      region: 'Guangdong',
      postalCode: '518103',
      country: 'CN',
    },
    timeZone: 'Asia/Shanghai',
    cutOffTime: '16:00',
    workingDays: [1, 2, 3, 4, 5, 6],
    handlingHours: 12,
    system: 'wms',
    active: true,
    lanes: [
      {
        service: 'standard',
        carrier: 'easypost',
        channel: 'courier',
        countries: ['DE', 'GB', 'US', 'FR', 'NL', 'BE', 'AT', 'IE', 'ES', 'IT', 'PT', 'PL'],
        basePrice: eur(420),
        perStartedHalfKilogram: eur(230),
        maxWeightGrams: 30_000,
        transitDays: { min: 7, max: 12 },
      },
      {
        service: 'express',
        carrier: 'easypost',
        channel: 'courier',
        countries: ['DE', 'GB', 'US', 'FR', 'NL', 'BE', 'AT'],
        basePrice: eur(1150),
        perStartedHalfKilogram: eur(520),
        maxWeightGrams: 30_000,
        transitDays: { min: 3, max: 5 },
      },
    ],
  },
  {
    warehouseId: 'pl-poznan',
    name: 'Poznań, Komorniki',
    address: {
      name: 'Sample Shop Poznań',
      line1: 'ul. Magazynowa 12',
      city: 'Komorniki',
      postalCode: '62-052',
      country: 'PL',
    },
    timeZone: 'Europe/Warsaw',
    cutOffTime: '14:00',
    workingDays: [1, 2, 3, 4, 5],
    handlingHours: 6,
    system: 'wms',
    active: true,
    lanes: [
      {
        service: 'standard',
        carrier: 'easypost',
        channel: 'courier',
        countries: ['DE', 'FR', 'NL', 'BE', 'AT', 'IE', 'ES', 'IT', 'PT', 'PL'],
        basePrice: eur(490),
        perStartedHalfKilogram: eur(60),
        maxWeightGrams: 30_000,
        transitDays: { min: 2, max: 3 },
      },
      {
        service: 'standard',
        carrier: 'easypost',
        channel: 'courier',
        countries: ['GB', 'US'],
        basePrice: eur(890),
        perStartedHalfKilogram: eur(240),
        maxWeightGrams: 30_000,
        transitDays: { min: 4, max: 8 },
      },
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
  rates: { USD: '1.1580', GBP: '0.8790', PLN: '4.2400', CNY: '8.2300' },
};

/** Made-up registrations of the right shape. */
export const sampleSeller = {
  name: 'Sample Shop GmbH',
  importer: { EU: 'DE123456789012345', GB: 'GB123456789000', US: '12-3456789' },
  ioss: 'IM2760000001',
  gbVat: 'GB123456789',
};
