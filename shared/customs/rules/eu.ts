import type { FlatDuty, ParcelFee, Relief, Scheme } from './schema.ts';

const LIMIT = { amount: 150_00, currency: 'EUR' } as const;

/** Goods up to EUR 150 of intrinsic value were free of duty. Alcohol, perfume and tobacco were not. */
export const euReliefs: readonly Relief[] = [
  {
    kind: 'relief',
    id: 'eu-duty-relief-150',
    concerns: 'eu',
    validFrom: '2010-01-01',
    validTo: '2026-06-30',
    law: 'Reg. (EC) 1186/2009 Art. 23 and 24, repealed by Reg. (EU) 2026/382',
    provenance: 'published',
    threshold: LIMIT,
    exceptGoods: ['2203', '2204', '2205', '2206', '2207', '2208', '24', '3303'],
    exceptOrigins: [],
  },
];

/**
 * EUR 3 an item of a distance sale in a consignment up to EUR 150: goods of one tariff classification,
 * description and origin are one item, whatever their number.
 */
export const euFlatDuties: readonly FlatDuty[] = [
  {
    kind: 'flat-duty',
    id: 'eu-flat-duty',
    concerns: 'eu',
    validFrom: '2026-07-01',
    validTo: '2028-06-30',
    law: 'Reg. (EU) 2026/382 Art. 2; Del. Reg. (EU) 2026/1022; Impl. Reg. (EU) 2026/1200',
    provenance: 'published',
    amount: { amount: 3_00, currency: 'EUR' },
    threshold: LIMIT,
  },
];

export const ioss: Scheme = {
  kind: 'scheme',
  id: 'eu-ioss',
  concerns: 'eu ioss',
  validFrom: '2021-07-01',
  law: 'Directive 2006/112/EC Art. 73, 78 and 143(1)(ca), Title XII Chapter 6 Section 4',
  provenance: 'unverified',
};

export const importVat: Scheme = {
  kind: 'scheme',
  id: 'eu-import-vat',
  concerns: 'eu import vat',
  validFrom: '1993-01-01',
  law: 'Directive 2006/112/EC Art. 85 and 86',
  provenance: 'unverified',
};

export const oss: Scheme = {
  kind: 'scheme',
  id: 'eu-oss',
  concerns: 'eu oss',
  validFrom: '2021-07-01',
  law: 'Directive 2006/112/EC Art. 33(a), Title XII Chapter 6 Section 3',
  provenance: 'unverified',
};

export const domesticVat: Scheme = {
  kind: 'scheme',
  id: 'eu-domestic-vat',
  concerns: 'eu domestic vat',
  validFrom: '2007-01-01',
  law: 'Directive 2006/112/EC Art. 2(1)(a) and 31',
  provenance: 'unverified',
};

/** The fee of the Union itself. Whether it is levied is a switch: see {@link ../switches.ts}. */
export const unionHandlingFees: readonly ParcelFee[] = [
  {
    kind: 'parcel-fee',
    id: 'eu-handling-fee',
    concerns: 'eu',
    validFrom: '2026-11-01',
    law: 'Reg. (EU) 2026/2108; Del. act C(2026)6694 of 2026-09-21',
    provenance: 'corroborated',
    review: 'the day from which it is levied, and whether it is in the base of VAT',
    code: 'eu-handling-fee',
    description: 'EU handling fee',
    amount: { amount: 2_00, currency: 'EUR' },
    per: 'item',
  },
];

const AFTER_UNION_FEE = 'whether it lapsed when the fee of the Union began';

/**
 * National fees on parcels from outside the Union, none in the base of VAT. From the day on which the Union's own
 * fee was to begin each is flagged: they were expected to lapse into it.
 */
export const nationalFees: readonly ParcelFee[] = [
  ...flagged({
    kind: 'parcel-fee',
    id: 'ro-parcel-fee',
    concerns: 'RO',
    validFrom: '2026-01-01',
    law: 'Romanian fiscal package adopted 2025-11-18',
    provenance: 'published',
    country: 'RO',
    code: 'ro-parcel-fee',
    description: 'Romanian logistics fee',
    amount: { amount: 25_00, currency: 'RON' },
    per: 'parcel',
    upTo: { threshold: LIMIT, included: true },
  }),
  ...flagged({
    kind: 'parcel-fee',
    id: 'fr-small-parcels-tax',
    concerns: 'FR',
    validFrom: '2026-03-01',
    law: 'Loi n° 2026-103 Art. 82',
    provenance: 'published',
    country: 'FR',
    code: 'fr-small-parcels-tax',
    description: 'Taxe sur les petits colis',
    amount: { amount: 2_00, currency: 'EUR' },
    per: 'subheading',
    // Due on consignments of less than EUR 150, where the other two include it.
    upTo: { threshold: LIMIT, included: false },
  }),
  ...flagged({
    kind: 'parcel-fee',
    id: 'it-parcel-fee',
    concerns: 'IT',
    validFrom: '2026-07-01',
    law: 'L. 199/2025 Art. 1(126)-(128), postponed from 2026-01-01 to 2026-07-01',
    provenance: 'published',
    review: 'whether the postponement of 2026-07-01 was the last',
    country: 'IT',
    code: 'it-parcel-fee',
    description: 'Contributo sui pacchi',
    amount: { amount: 2_00, currency: 'EUR' },
    per: 'parcel',
    upTo: { threshold: LIMIT, included: true },
  }),
];

function flagged(fee: ParcelFee): ParcelFee[] {
  return [
    { ...fee, validTo: '2026-10-31' },
    { ...fee, id: `${fee.id}-2026-11`, validFrom: '2026-11-01', review: AFTER_UNION_FEE },
  ];
}
