import type { Relief, Scheme, VatRate } from './schema.ts';

/** Goods up to GBP 135 of intrinsic value are free of duty. What takes its place is not known yet. */
export const gbReliefs: readonly Relief[] = [
  {
    kind: 'relief',
    id: 'gb-duty-relief-135',
    concerns: 'gb',
    validFrom: '2021-01-01',
    validTo: '2028-09-30',
    law: 'Customs (Import Duty) (EU Exit) Regulations 2018; to end by October 2028 at the latest (Budget 2025)',
    provenance: 'published',
    threshold: { amount: 135_00, currency: 'GBP' },
    exceptGoods: ['2203', '2204', '2205', '2206', '2207', '2208', '24', '3303'],
    exceptOrigins: [],
  },
];

export const gbVatRates: readonly VatRate[] = [
  {
    kind: 'vat-rate',
    id: 'gb-vat-standard',
    concerns: 'GB',
    country: 'GB',
    rate: '20',
    validFrom: '2011-01-04',
    law: 'Value Added Tax Act 1994 s. 2(1)',
    provenance: 'published',
  },
  {
    kind: 'vat-rate',
    id: 'gb-vat-zero-books',
    concerns: 'GB 4901',
    country: 'GB',
    hsPrefix: '4901',
    rate: '0',
    validFrom: '1994-09-01',
    law: 'Value Added Tax Act 1994 Sch. 8 Group 3',
    provenance: 'unverified',
  },
];

export const domesticVat: Scheme = {
  kind: 'scheme',
  id: 'gb-domestic-vat',
  concerns: 'gb domestic vat',
  validFrom: '1994-09-01',
  law: 'Value Added Tax Act 1994 s. 1(1)(a) and 4',
  provenance: 'published',
};

/** VAT at the sale on consignments up to GBP 135, on the price with delivery. */
export const supplyVat: Scheme = {
  kind: 'scheme',
  id: 'gb-supply-vat',
  concerns: 'gb supply vat',
  validFrom: '2021-01-01',
  law: 'Value Added Tax Act 1994 s. 7(5A)-(5B)',
  provenance: 'published',
};

export const importVat: Scheme = {
  kind: 'scheme',
  id: 'gb-import-vat',
  concerns: 'gb import vat',
  validFrom: '2021-01-01',
  law: 'Value Added Tax Act 1994 s. 1(1)(c) and 21',
  provenance: 'unverified',
};
