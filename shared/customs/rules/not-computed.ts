import type { NotComputed } from './schema.ts';

const everywhere = { except: [] };
const china = { only: ['CN'] };
/** Beer, wine, spirits and other alcohol; tobacco and what takes its place. */
const EXCISE = ['2203', '2204', '2205', '2206', '2207', '2208', '24'];
const ALL_DATES = '1994-01-01';

const excise = (regime: NotComputed['regime'], law: string): NotComputed => ({
  kind: 'not-computed',
  id: `${regime}-excise`,
  concerns: `${regime} excise`,
  validFrom: ALL_DATES,
  law,
  provenance: 'unverified',
  regime,
  withinTheBorder: true,
  goods: EXCISE,
  origins: everywhere,
  reason: 'not-supported',
  detail: 'goods under excise duty, which is not computed',
});

type Measure = Pick<
  NotComputed,
  'id' | 'validFrom' | 'validTo' | 'law' | 'provenance' | 'regime' | 'detail'
> & {
  readonly goods?: string[];
  readonly origins: NotComputed['origins'];
  readonly reason?: NotComputed['reason'];
};

const atTheBorder = ({ reason = 'trade-defence', ...measure }: Measure): NotComputed => ({
  kind: 'not-computed',
  concerns: measure.id,
  withinTheBorder: false,
  reason,
  ...measure,
});

/**
 * Whether anti-dumping duty is due on goods up to the thresholds is not settled, so that they are refused at any
 * value. Section 232 covers articles by lists that are not kept: headings with an article on one are refused.
 */
export const notComputed: readonly NotComputed[] = [
  excise('eu', 'Directive (EU) 2020/262 Art. 1'),
  excise('gb', 'Finance (No. 2) Act 2023 Part 2; Tobacco Products Duty Act 1979'),
  excise('us', '26 U.S.C. chapters 51 and 52'),
  atTheBorder({
    id: 'eu-ad-ceramic-tableware-2019',
    validFrom: '2019-07-16',
    validTo: '2026-02-06',
    law: 'Impl. Reg. (EU) 2019/1198',
    provenance: 'unverified',
    regime: 'eu',
    goods: ['6911', '6912'],
    origins: china,
    detail: 'an anti-dumping duty on ceramic tableware of China may apply and is not computed',
  }),
  atTheBorder({
    id: 'eu-ad-ceramic-tableware',
    validFrom: '2026-02-07',
    law: 'Impl. Reg. (EU) 2026/274: 79.0 % on all producers',
    provenance: 'published',
    regime: 'eu',
    goods: ['6911', '6912'],
    origins: china,
    detail: 'an anti-dumping duty on ceramic tableware of China may apply and is not computed',
  }),
  atTheBorder({
    id: 'eu-ad-electric-bicycles',
    validFrom: '2019-01-19',
    law: 'Impl. Reg. (EU) 2019/73, renewed in January 2025; Reg. (EC) 71/97 on bicycle parts',
    provenance: 'unverified',
    regime: 'eu',
    goods: ['871160', '8712', '8714'],
    origins: china,
    detail: 'an anti-dumping duty on bicycles of China may apply and is not computed',
  }),
  atTheBorder({
    id: 'gb-ad-china',
    validFrom: '2021-01-01',
    law: 'Taxation (Cross-border Trade) Act 2018 Sch. 4, measures kept on ceramic tableware and bicycles',
    provenance: 'unverified',
    regime: 'gb',
    goods: ['6911', '6912', '871160', '8712', '8714'],
    origins: china,
    detail: 'an anti-dumping duty on goods of China may apply and is not computed',
  }),
  atTheBorder({
    id: 'us-section-232',
    validFrom: '2025-03-12',
    law: 'Section 232 of the Trade Expansion Act of 1962, HTSUS 9903.82.02-.26 from 2026-04-06 and those before',
    provenance: 'reported',
    regime: 'us',
    goods: ['7323', '7418', '7615', '851672', '8708', '9401', '9403', '9405', '950691'],
    origins: everywhere,
    detail: 'a Section 232 duty may apply to some goods of the heading and is not computed',
  }),
  atTheBorder({
    id: 'us-section-301-brazil',
    validFrom: '2026-07-22',
    law: 'Section 301 of the Trade Act of 1974, HTSUS 9903.05.01 and note 50, FR 2026-14542',
    provenance: 'corroborated',
    regime: 'us',
    origins: { only: ['BR'] },
    detail: 'a Section 301 duty on goods of Brazil has 2,126 exemptions that are not kept',
  }),
  atTheBorder({
    id: 'us-section-338-canada',
    validFrom: '2026-08-19',
    law: 'Section 338 of the Tariff Act of 1930, HTSUS 9903.03.12-.14 and note 51',
    provenance: 'reported',
    regime: 'us',
    origins: { only: ['CA'] },
    detail: 'a Section 338 duty on listed goods of Canada may apply and its list is not kept',
  }),
  atTheBorder({
    id: 'us-column-2',
    validFrom: ALL_DATES,
    law: 'HTSUS general note 3(b): Cuba, North Korea, Russia, Belarus',
    provenance: 'unverified',
    regime: 'us',
    origins: { only: ['CU', 'KP', 'RU', 'BY'] },
    reason: 'not-supported',
    detail: 'goods of the country bear the rates of column 2, which are not kept',
  }),
  atTheBorder({
    id: 'us-layers-before-2025-11-10',
    validFrom: ALL_DATES,
    validTo: '2025-11-09',
    law: 'EO 14195 and EO 14257 with their amendments of 2025',
    provenance: 'published',
    regime: 'us',
    origins: everywhere,
    reason: 'not-supported',
    detail: 'US duties before 2025-11-10 changed by country and month and are not kept',
  }),
  atTheBorder({
    id: 'us-reciprocal-by-country',
    validFrom: '2025-11-10',
    validTo: '2026-02-23',
    law: 'EO 14257 and EO 14326, reciprocal rates by country',
    provenance: 'published',
    regime: 'us',
    origins: { except: ['CN', 'HK'] },
    reason: 'not-supported',
    detail: 'the reciprocal rates by country of that time are not kept, except that of China',
  }),
];
