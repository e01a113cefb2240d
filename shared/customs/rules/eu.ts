import type { EuMemberState } from '../../kernel/country.ts';
import type { Rule } from '../rule-set.ts';

export interface VatRate extends Rule {
  /** Standard rate in percent. */
  readonly rate: string;
}

const vat = (state: EuMemberState, rate: string, from: string, to?: string): VatRate => ({
  id: `vat-${state.toLowerCase()}-standard-${from}`,
  from,
  ...(to === undefined ? {} : { to }),
  law: `Directive 2006/112/EC Art. 96, national standard rate of ${state}`,
  rate,
  // National rates were taken from compiled tables and not from each state's own law.
  ...(state === 'DE' ? {} : { needsReview: true }),
});

/** Standard VAT rates by member state; those that changed since 2024 with both periods. */
export const vatRates: Readonly<Record<EuMemberState, readonly VatRate[]>> = {
  AT: [vat('AT', '20', '2016-01-01')],
  BE: [vat('BE', '21', '1996-01-01')],
  BG: [vat('BG', '20', '1999-01-01')],
  CY: [vat('CY', '19', '2014-01-13')],
  CZ: [vat('CZ', '21', '2013-01-01')],
  DE: [vat('DE', '19', '2021-01-01')],
  DK: [vat('DK', '25', '1992-01-01')],
  EE: [vat('EE', '22', '2024-01-01', '2025-06-30'), vat('EE', '24', '2025-07-01')],
  ES: [vat('ES', '21', '2012-09-01')],
  FI: [vat('FI', '25.5', '2024-09-01')],
  FR: [vat('FR', '20', '2014-01-01')],
  GR: [vat('GR', '24', '2016-06-01')],
  HR: [vat('HR', '25', '2012-03-01')],
  HU: [vat('HU', '27', '2012-01-01')],
  IE: [vat('IE', '23', '2021-03-01')],
  IT: [vat('IT', '22', '2013-10-01')],
  LT: [vat('LT', '21', '2009-09-01')],
  LU: [vat('LU', '17', '2024-01-01')],
  LV: [vat('LV', '21', '2012-07-01')],
  MT: [vat('MT', '18', '2004-01-01')],
  NL: [vat('NL', '21', '2012-10-01')],
  PL: [vat('PL', '23', '2011-01-01')],
  PT: [vat('PT', '23', '2011-01-01')],
  RO: [vat('RO', '19', '2017-01-01', '2025-07-31'), vat('RO', '21', '2025-08-01')],
  SE: [vat('SE', '25', '1990-07-01')],
  SI: [vat('SI', '22', '2013-07-01')],
  SK: [vat('SK', '20', '2011-01-01', '2024-12-31'), vat('SK', '23', '2025-01-01')],
};

/** Reduced rates by HS prefix, only where certain: books in Germany. */
export const reducedRates: readonly (VatRate & {
  readonly state: EuMemberState;
  readonly hsPrefix: string;
})[] = [
  {
    id: 'vat-de-books',
    from: '2021-01-01',
    law: 'UStG § 12(2) no. 1 with Annex 2 no. 49',
    rate: '7',
    state: 'DE',
    hsPrefix: '4901',
  },
];

/** Goods of an intrinsic value up to EUR 150 were free of duty. */
export const reliefTo150: readonly Rule[] = [
  { id: 'eu-duty-relief-150', from: '2010-01-01', to: '2026-06-30', law: 'Reg. (EC) 1186/2009 Art. 23' },
];

/** EUR 3 a declaration line for distance sales up to EUR 150. */
export const flatDuty: readonly Rule[] = [
  { id: 'eu-flat-duty', from: '2026-07-01', to: '2028-06-30', law: 'Reg. (EU) 2026/382' },
];

export const ioss: Rule = {
  id: 'eu-ioss',
  from: '2021-07-01',
  law: 'Directive 2006/112/EC Art. 143(1)(ca), Title XII Chapter 6 Section 4',
};

export const importVat: Rule = {
  id: 'eu-import-vat',
  from: '1993-01-01',
  law: 'Directive 2006/112/EC Art. 85 and 86',
};

export const oss: Rule = {
  id: 'eu-oss',
  from: '2021-07-01',
  law: 'Directive 2006/112/EC Art. 33(a), Title XII Chapter 6 Section 3',
};

export interface NationalFee extends Rule {
  readonly state: EuMemberState;
  readonly code: string;
  readonly description: string;
  readonly amountMinor: number;
  readonly currency: 'EUR' | 'RON';
  readonly per: 'parcel' | 'line';
}

/** National fees on parcels from outside the Union up to EUR 150. None is in the base of VAT. */
export const nationalFees: readonly NationalFee[] = [
  {
    id: 'ro-parcel-fee',
    from: '2026-01-01',
    law: 'Romanian fiscal package adopted 2025-11-18',
    state: 'RO',
    code: 'ro-parcel-fee',
    description: 'Romanian logistics fee',
    amountMinor: 25_00,
    currency: 'RON',
    per: 'parcel',
  },
  {
    id: 'fr-small-parcels-tax',
    from: '2026-03-01',
    law: 'Loi n° 2026-103 Art. 82',
    state: 'FR',
    code: 'fr-small-parcels-tax',
    description: 'Taxe sur les petits colis',
    amountMinor: 2_00,
    currency: 'EUR',
    per: 'line',
  },
  {
    id: 'it-parcel-fee',
    from: '2026-07-01',
    law: 'L. 199/2025 Art. 1(126-128)',
    needsReview: true,
    state: 'IT',
    code: 'it-parcel-fee',
    description: 'Contributo sui pacchi',
    amountMinor: 2_00,
    currency: 'EUR',
    per: 'parcel',
  },
];

/** Chinese ceramic tableware bears an anti-dumping duty that is not computed here: refused above EUR 150. */
export const antiDumping = [
  { hsPrefix: '6911', origin: 'CN', law: 'Reg. (EU) 2026/274' },
  { hsPrefix: '6912', origin: 'CN', law: 'Reg. (EU) 2026/274' },
] as const;
