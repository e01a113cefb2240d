import { describe, expect, it } from 'vitest';
import { builtinRuleBook } from '../../../shared/duties/index.ts';
import { createRuleBook } from '../../../shared/duties/rule-book.ts';
import type { Rule } from '../../../shared/duties/rules/schema.ts';
import { assessed, sums } from '../../builders/assess.ts';

const toGermany = {
  to: 'DE',
  from: 'GB',
  currency: 'EUR' as const,
  date: '2026-11-23',
  freight: 20_00,
};
const shirts = (origin: string, ...originProofs: string[]) => [
  { hsCode: '61091000', value: 200_00, origin, originProofs },
];

describe('preferential rates', () => {
  it('are charged with a proof of origin of the agreement, and the reason is stored', () => {
    // CIF 220.00: 0 % of duty; VAT 220.00 x 19 % = 41.80.
    const outcome = assessed({ ...toGermany, goods: shirts('GB', 'eu-gb-tca') });
    expect(sums(outcome)).toEqual({ duty: 0, tax: 41_80, fees: 0 });
    expect(outcome.charges[0]).toMatchObject({
      code: 'eu-third-country-duty-preferential',
      ruleId: 'eu-pref-gb-tca',
      assumption: 'proof of origin under eu-gb-tca',
    });
  });

  it('are not charged without the proof, with the proof of another agreement, or for another origin', () => {
    // CIF 220.00: 12 % = 26.40; VAT 246.40 x 19 % = 46.816 -> 46.82.
    const full = { duty: 26_40, tax: 46_82, fees: 0 };
    expect(sums(assessed({ ...toGermany, goods: shirts('GB') }))).toEqual(full);
    expect(sums(assessed({ ...toGermany, goods: shirts('GB', 'eu-kr-fta') }))).toEqual(full);
    expect(sums(assessed({ ...toGermany, goods: shirts('CN', 'eu-gb-tca') }))).toEqual(full);
  });

  it('are the lower of two agreements with proofs, whichever proof is named first', () => {
    const rules = createRuleBook(
      [
        ...builtinRuleBook.rows,
        {
          ...{ kind: 'preference', id: 'eu-test-gb', regime: 'eu', tariff: 'eu', agreement: 'test' },
          ...{ rate: '5', when: { origins: { only: ['GB'] } }, validFrom: '2021-01-01' },
          ...{ law: 'an agreement for this test', provenance: 'published', confidence: 'high' },
        } as Rule,
      ],
      'test',
    );
    const duty = (...proofs: string[]) =>
      sums(assessed({ ...toGermany, rules, goods: shirts('GB', ...proofs) })).duty;
    // CIF 220.00 x 5 % = 11.00.
    expect(duty('test')).toBe(11_00);
    expect([duty('test', 'eu-gb-tca'), duty('eu-gb-tca', 'test')]).toEqual([0, 0]);
  });

  it('replace the flat duty up to EUR 150 outside IOSS', () => {
    const shirt = { hsCode: '61091000', value: 50_00, origin: 'GB', originProofs: ['eu-gb-tca'] };
    const mug = { hsCode: '39241000', value: 30_00, origin: 'CN' };
    const given = { ...toGermany, seller: {}, goods: [shirt, mug] };
    // The shirt at 0 %, the mug EUR 3.00; VAT (80.00 + 20.00 + 3.00) x 19 % = 19.57.
    const claimed = assessed(given);
    expect(claimed.dataSet).toBe('EU_H1');
    expect(sums(claimed)).toEqual({ duty: 3_00, tax: 19_57, fees: 0 });
    // Under IOSS, with too short a code, or without the proof: two items, 6.00; 106.00 x 19 % = 20.14.
    const flat = { duty: 6_00, tax: 20_14, fees: 0 };
    const ioss = assessed({ ...given, seller: { ioss: 'IM2760000001' } });
    expect([ioss.dataSet, sums(ioss)]).toEqual(['EU_H7', flat]);
    expect(sums(assessed({ ...given, goods: [shirt, { ...mug, hsCode: '392410' }] }))).toEqual(flat);
    expect(sums(assessed({ ...given, goods: [{ ...shirt, originProofs: [] }, mug] }))).toEqual(flat);
  });

  it('of USMCA replace column 1 and the Section 301 duty on forced labour', () => {
    const toUs = {
      to: 'US',
      from: 'MX',
      currency: 'USD' as const,
      date: '2026-12-01',
      freight: 12_00,
    };
    const goods = (...originProofs: string[]) => [
      { hsCode: '6109100012', value: 60_00, origin: 'MX', originProofs },
    ];
    // Without: 60.00 x 16.5 % = 9.90 and 60.00 x 10 % = 6.00.
    expect(sums(assessed({ ...toUs, goods: goods() })).duty).toBe(15_90);
    expect(sums(assessed({ ...toUs, goods: goods('usmca') })).duty).toBe(0);
  });
});
