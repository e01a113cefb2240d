import type { Rule } from '../rule-set.ts';

export const standardVat: readonly (Rule & { readonly rate: string })[] = [
  { id: 'gb-vat-standard', from: '2011-01-04', law: 'VATA 1994 s. 2(1)', rate: '20' },
];

/** Zero-rated goods by HS prefix, where certain. */
export const zeroRated: readonly (Rule & { readonly rate: string; readonly hsPrefix: string })[] = [
  {
    id: 'gb-vat-zero-books',
    from: '1994-09-01',
    law: 'VATA 1994 Sch. 8 Group 3',
    rate: '0',
    hsPrefix: '4901',
  },
];

/** Goods up to GBP 135 of intrinsic value are free of duty until October 2028 at the latest. */
export const reliefTo135: Rule = {
  id: 'gb-duty-relief-135',
  from: '2021-01-01',
  law: 'Customs (Import Duty) (EU Exit) Regulations 2018; to end by October 2028 at the latest',
};

export const domesticVat: Rule = {
  id: 'gb-domestic-vat',
  from: '1994-09-01',
  law: 'VATA 1994 s. 1(1)(a) and 4',
};
export const supplyVat: Rule = { id: 'gb-supply-vat', from: '2021-01-01', law: 'VATA 1994 s. 7(5A)-(5B)' };
export const importVat: Rule = {
  id: 'gb-import-vat',
  from: '2021-01-01',
  law: 'VATA 1994 s. 1(1)(c) and 21',
};

/** Perfume and toilet water are outside the relief. */
export const outsideRelief = ['3303'] as const;
