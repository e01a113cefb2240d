import type { Rule } from '../rule-set.ts';

/** The exemption of USD 800 a person and day. Goods of China and Hong Kong lost it first. */
export const deMinimis800 = [
  {
    id: 'us-de-minimis-800',
    from: '2016-03-10',
    to: '2025-05-01',
    law: '19 U.S.C. 1321(a)(2)(C)',
    origins: 'all',
  },
  {
    id: 'us-de-minimis-800-not-cn',
    from: '2025-05-02',
    to: '2025-08-28',
    law: '19 U.S.C. 1321; suspended for CN and HK from 2025-05-02',
    origins: 'not-CN-HK',
  },
] as const satisfies readonly (Rule & { readonly origins: string })[];

/** What replaced it, named in the decision. */
export const noDeMinimis: readonly Rule[] = [
  {
    id: 'us-de-minimis-suspended',
    from: '2025-05-02',
    to: '2026-06-23',
    law: 'EO 14324 of 2025-07-30; EO 14388 of 2026-02-20',
  },
  {
    id: 'us-de-minimis-abolished',
    from: '2026-06-24',
    law: '19 CFR 10.151 and 145.31 as amended, 91 FR 37789 and 37801',
  },
];

export interface AdditionalDuty extends Rule {
  readonly code: string;
  readonly description: string;
  /** Percent ad valorem by origin; undefined where it does not apply. */
  readonly rateFor: (origin: string) => { readonly rate: string; readonly netOfMfn: boolean } | undefined;
}

const flat = (rate: string) => ({ rate, netOfMfn: false });
const cap = (rate: string) => ({ rate, netOfMfn: true });
const china = (rate: string) => (origin: string) =>
  origin === 'CN' || origin === 'HK' ? flat(rate) : undefined;
const list = (codes: string) => new Set(codes.split(' '));

const EU = list('AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE');
const FLAT_10 = list('CA MX GT SV HN TT EC AR GB JO IN PK BD LK KH MY ID');
const FLAT_12_5 = list(
  'NI CR BS DO CO VE GY PE CL BR UY NO RU KZ TR IQ IL KW SA QA AE OM BH TH VN SG PH CN HK AU NZ MA DZ LY EG NG AO ZA',
);

/** Section 301 duty on goods of economies found not to bar imports made with forced labour, by origin. */
function forcedLabour(origin: string) {
  if (FLAT_10.has(origin)) return flat('10');
  if (FLAT_12_5.has(origin)) return flat('12.5');
  if (EU.has(origin) || origin === 'TW') return cap('10');
  if (origin === 'JP' || origin === 'KR' || origin === 'CH') return cap('12.5');
  return undefined;
}

/** Duties that are added to column 1, by date. Section 301 on China depends on the goods and is in the tariff. */
export const additionalDuties: readonly AdditionalDuty[] = [
  {
    id: 'us-ieepa-fentanyl-2025-11',
    from: '2025-11-10',
    to: '2026-02-23',
    law: 'HTSUS 9903.01.24',
    code: 'us-ieepa-fentanyl',
    description: 'IEEPA duty on goods of China',
    rateFor: china('10'),
  },
  {
    id: 'us-ieepa-reciprocal-cn',
    from: '2025-11-10',
    to: '2026-02-23',
    law: 'HTSUS 9903.01.25',
    code: 'us-ieepa-reciprocal',
    description: 'IEEPA reciprocal duty',
    rateFor: china('10'),
  },
  {
    id: 'us-section-122',
    from: '2026-02-24',
    to: '2026-07-23',
    law: 'HTSUS 9903.03.01, Section 122',
    code: 'us-section-122',
    description: 'Section 122 duty',
    rateFor: () => flat('10'),
  },
  {
    id: 'us-section-301-forced-labour',
    from: '2026-07-24',
    law: 'HTSUS 9903.05.20-.84, note 52, FR 2026-15181',
    code: 'us-section-301-forced-labour',
    description: 'Section 301 duty, forced labour',
    needsReview: true,
    rateFor: forcedLabour,
  },
];

/** Dates on which the layers before were different by country; no figure is given for them. */
export const layersKnownFrom = '2025-11-10';

/** Goods that other measures may cover: no figure is given, since a wrong one is worse. */
export const section232Candidates = ['7323', '7615', '7418', '9403', '940161'] as const;

export const informalLimitMinor = 2_500_00;

export const mpfInformal: readonly (Rule & { readonly amountMinor: number })[] = [
  {
    id: 'us-mpf-informal-2025',
    from: '2025-10-01',
    to: '2026-09-30',
    law: '19 CFR 24.23(b)(2)',
    amountMinor: 2_69,
  },
  {
    id: 'us-mpf-informal-2026',
    from: '2026-10-01',
    law: '19 CFR 24.23(b)(2), FR 2026-15530',
    amountMinor: 2_77,
  },
];

export const mpfFormal: readonly (Rule & {
  readonly rate: string;
  readonly minMinor: number;
  readonly maxMinor: number;
})[] = [
  {
    id: 'us-mpf-formal-2025',
    from: '2025-10-01',
    to: '2026-09-30',
    law: '19 CFR 24.23(b)(1)',
    rate: '0.3464',
    minMinor: 33_58,
    maxMinor: 651_50,
  },
  {
    id: 'us-mpf-formal-2026',
    from: '2026-10-01',
    law: '19 CFR 24.23(b)(1), FR 2026-15530',
    rate: '0.3464',
    minMinor: 34_58,
    maxMinor: 670_86,
  },
];
