import { samplePartners } from './sample-partners.ts';

/**
 * Made-up rates near those of autumn 2026. They never expire, and are for the sample only. A deployment stores the
 * rates of the day.
 */
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

/** The product groups of French producer responsibility, with the code of each in its registration numbers. */
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

/** Made-up registrations of the right form. */
export const sampleSeller = {
  name: 'Sample Shop GmbH',
  address: {
    ...{ line1: 'Musterstrasse 1', line2: 'Aufgang B', city: 'Berlin', region: 'Berlin' },
    ...{ postalCode: '10115', country: 'DE' },
  },
  /** A card is taken by the sample shop's provider, even if another one comes first in the registry. */
  payment: { methods: { card: samplePartners.payment } },
  /** One machine stands for all shoppers of the sample shop. */
  callerLimits: {
    unpaidOrdersOfClient: 100,
    unpaidUnitsOfClient: 500,
    unpaidOrdersOfShopper: 100,
    cashOrdersOfShopper: 100,
    heldSlotsOfClient: 50,
  },
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
