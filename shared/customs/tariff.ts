import type { NotAssessable } from './regime.ts';
import type { Rule } from './rule-set.ts';
import { type TariffRow, tariffRows } from './rules/tariff.ts';

export type Tariff = 'eu' | 'gb' | 'us' | 'china301';

export interface DutyRate extends Rule {
  readonly rate: string;
}

const LAW: Readonly<Record<Tariff, string>> = {
  eu: 'TARIC third-country duty, Reg. (EEC) 2658/87 Annex I',
  gb: 'UK Global Tariff, Customs Tariff (Establishment) (EU Exit) Regulations 2020',
  us: 'Harmonized Tariff Schedule of the United States, column 1 general',
  china301: 'Section 301, HTSUS 9903.88',
};

/** Why a code is too short for a data set that asks for this many digits; undefined when it is long enough. */
export function tooShort(hsCode: string, digits: 8 | 10, lineId: string): NotAssessable | undefined {
  if (hsCode.length >= digits) return undefined;
  const detail = `the declaration asks for a code of ${digits} digits and the product has ${hsCode}`;
  return { reason: 'unclassified', lineId, detail };
}

/** The ad valorem rate of the subheading; undefined where none is known, which is never guessed. */
export function dutyRate(tariff: Tariff, hsCode: string): DutyRate | undefined {
  const row: TariffRow | undefined = tariffRows.find(({ hs6 }) => hsCode.startsWith(hs6));
  const rate = row?.[tariff];
  if (row === undefined || rate === undefined) return undefined;
  return {
    id: `${tariff}-${row.hs6}`,
    from: '2026-01-01',
    law: `${LAW[tariff]}, ${row.hs6.slice(0, 4)}.${row.hs6.slice(4)}`,
    rate,
    ...(row.confirmed.includes(tariff) ? {} : { needsReview: true }),
  };
}
