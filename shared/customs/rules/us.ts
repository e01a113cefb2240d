import type { EntryLimit, ProcessingFee, Relief, Scheme } from './schema.ts';

const USD_800 = { amount: 800_00, currency: 'USD' } as const;

/** The exemption of USD 800 a person and day. Goods of China and Hong Kong lost it first. */
export const usReliefs: readonly Relief[] = [
  {
    kind: 'relief',
    id: 'us-de-minimis-800',
    concerns: 'us',
    validFrom: '2016-03-10',
    validTo: '2025-05-01',
    law: '19 U.S.C. 1321(a)(2)(C)',
    provenance: 'unverified',
    threshold: USD_800,
    exceptGoods: [],
    exceptOrigins: [],
  },
  {
    kind: 'relief',
    id: 'us-de-minimis-800-not-cn',
    concerns: 'us',
    validFrom: '2025-05-02',
    validTo: '2025-08-28',
    law: '19 U.S.C. 1321(a)(2)(C), suspended for goods of China and Hong Kong from 2025-05-02',
    provenance: 'published',
    threshold: USD_800,
    exceptGoods: [],
    exceptOrigins: ['CN', 'HK'],
  },
];

/** What took its place, named in the decision. */
export const noDeMinimis: readonly Scheme[] = [
  {
    kind: 'scheme',
    id: 'us-de-minimis-suspended',
    concerns: 'us de minimis',
    validFrom: '2025-08-29',
    validTo: '2026-06-23',
    law: 'EO 14324 of 2025-07-30; EO 14388 of 2026-02-20',
    provenance: 'published',
  },
  {
    kind: 'scheme',
    id: 'us-de-minimis-abolished',
    concerns: 'us de minimis',
    validFrom: '2026-06-24',
    law: '19 CFR 10.151 and 145.31 as amended, 91 FR 37789 and 37801',
    provenance: 'published',
  },
];

/** Up to this value the entry is informal. */
export const informalEntryLimits: readonly EntryLimit[] = [
  {
    kind: 'entry-limit',
    id: 'us-informal-entry-2500',
    concerns: 'us',
    validFrom: '2013-01-07',
    law: '19 CFR 143.21(a)',
    provenance: 'published',
    threshold: { amount: 2_500_00, currency: 'USD' },
  },
];

const usd = (amount: number) => ({ amount, currency: 'USD' }) as const;

/** Merchandise processing fee, by fiscal year from 1 October. */
export const processingFees: readonly ProcessingFee[] = [
  {
    kind: 'processing-fee',
    id: 'us-mpf-informal-2025',
    concerns: 'us informal',
    entry: 'informal',
    validFrom: '2025-10-01',
    validTo: '2026-09-30',
    law: '19 CFR 24.23(b)(2)(i)(A), fiscal year 2026',
    provenance: 'corroborated',
    least: usd(2_69),
    most: usd(2_69),
  },
  {
    kind: 'processing-fee',
    id: 'us-mpf-informal-2026',
    concerns: 'us informal',
    entry: 'informal',
    validFrom: '2026-10-01',
    law: '19 CFR 24.23(b)(2)(i)(A), fiscal year 2027, FR 2026-15530',
    provenance: 'corroborated',
    least: usd(2_77),
    most: usd(2_77),
  },
  {
    kind: 'processing-fee',
    id: 'us-mpf-formal-2025',
    concerns: 'us formal',
    entry: 'formal',
    validFrom: '2025-10-01',
    validTo: '2026-09-30',
    law: '19 CFR 24.23(b)(1)(i), fiscal year 2026',
    provenance: 'corroborated',
    rate: '0.3464',
    least: usd(33_58),
    most: usd(651_50),
  },
  {
    kind: 'processing-fee',
    id: 'us-mpf-formal-2026',
    concerns: 'us formal',
    entry: 'formal',
    validFrom: '2026-10-01',
    law: '19 CFR 24.23(b)(1)(i), fiscal year 2027, FR 2026-15530',
    provenance: 'corroborated',
    rate: '0.3464',
    least: usd(34_58),
    most: usd(670_86),
  },
];
