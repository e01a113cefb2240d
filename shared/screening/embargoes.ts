import type { Country } from '../kernel/country.ts';

export interface Embargo {
  readonly country: Country;
  readonly source: string;
  /** When the source was adopted; it has been amended since. */
  readonly adoptedOn: string;
}

/**
 * Destinations that nothing is sent to, whatever the goods: comprehensive or sectoral embargoes that bar a parcel of
 * consumer goods or make its transport impossible. The list is intentionally broader than the law of any one seller's
 * country; a seller that may supply one of them removes its entry after taking advice.
 */
export const embargoes: readonly Embargo[] = [
  { country: 'BY', source: 'Council Regulation (EC) 765/2006', adoptedOn: '2006-05-18' },
  { country: 'CU', source: '31 CFR part 515, Cuban Assets Control Regulations', adoptedOn: '1963-07-08' },
  {
    country: 'IR',
    source: '31 CFR part 560, Iranian Transactions and Sanctions Regulations',
    adoptedOn: '1995-09-11',
  },
  { country: 'KP', source: 'Council Regulation (EU) 2017/1509', adoptedOn: '2017-08-30' },
  { country: 'RU', source: 'Council Regulation (EU) 833/2014', adoptedOn: '2014-07-31' },
  // Eased in 2025; kept until a person has confirmed what a seller of consumer goods may send there.
  { country: 'SY', source: 'Council Regulation (EU) 36/2012', adoptedOn: '2012-01-18' },
];
