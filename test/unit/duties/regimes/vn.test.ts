import { describe, expect, it } from 'vitest';
import { type AssessCase, assess, assessed, sums } from '../../../builders/assess.ts';

const within = {
  ...{ to: 'VN', from: 'VN', currency: 'VND' as const, date: '2026-12-01', freight: 0 },
  seller: { taxNumbers: { VN: '0101234567' } },
};
const goods = [{ hsCode: '610910', value: 500_000 }];

describe('sales within Viet Nam', () => {
  it('bear 8 % VAT until 2026-12-31, then 10 %, which a person has to confirm', () => {
    // 500,000 x 8 % = 40,000; x 10 % = 50,000.
    const outcome = assessed({ ...within, date: '2026-12-31', goods });
    expect(sums(outcome).tax).toBe(40_000);
    expect(outcome.charges[0]?.needsReview).toBe(true);
    expect(sums(assessed({ ...within, date: '2027-01-01', goods })).tax).toBe(50_000);
  });

  it('goods that the reduction leaves out bear 10 %, and goods of several rates are refused', () => {
    // 500,000 x 10 % = 50,000 on aluminium foil.
    expect(sums(assessed({ ...within, goods: [{ hsCode: '760711', value: 500_000 }] })).tax).toBe(50_000);
    for (const hsCode of ['090220', '490199', '950300', '732690', '220291'])
      expect(assess({ ...within, goods: [{ hsCode, value: 500_000 }] }), hsCode).toMatchObject({
        reason: 'not-supported',
      });
  });

  it('the reduction has data from 2025-07-01 on', () => {
    expect(assess({ ...within, date: '2025-06-30', goods })).toMatchObject({ reason: 'not-supported' });
    expect(sums(assessed({ ...within, date: '2025-07-01', goods })).tax).toBe(40_000);
  });
});

describe('imports into Viet Nam', () => {
  const sent = (hsCode: string, given: Partial<AssessCase> = {}): AssessCase => ({
    ...{ to: 'VN', from: 'US', currency: 'VND', date: '2026-12-01', freight: 500_000 },
    goods: [{ hsCode, value: 5_000_000, origin: 'US' }],
    ...given,
  });

  it('bear the tariff on the value with freight, and VAT on that with duty', () => {
    // T-shirts 20 %: 5,500,000 x 20 % = 1,100,000; (5,500,000 + 1,100,000) x 8 % = 528,000.
    expect(sums(assessed(sent('610910')))).toEqual({ duty: 1_100_000, tax: 528_000, fees: 0 });
    expect(sums(assessed(sent('610910', { date: '2027-01-01' }))).tax).toBe(660_000);
    // Telephones are free: 5,500,000 x 8 % = 440,000.
    expect(sums(assessed(sent('851713')))).toEqual({ duty: 0, tax: 440_000, fees: 0 });
    // Leather shoes 30 %, headphones 15 %, bags 25 %.
    expect(sums(assessed(sent('64039990'))).duty).toBe(1_650_000);
    expect(sums(assessed(sent('85183010'))).duty).toBe(825_000);
    expect(sums(assessed(sent('42022220'))).duty).toBe(1_375_000);
  });

  it('the rate says that the edition was known to 2026-04-05', () => {
    expect(assessed(sent('610910')).charges[0]).toMatchObject({
      needsReview: true,
      tariffLine: { edition: 'vn 2026-04-05', isCurrent: false },
    });
  });

  it('proof of origin of China, the Union and the United Kingdom gives the rates of their agreements', () => {
    const by = (origin: string, proof: string) =>
      sums(
        assessed(
          sent('64039990', {
            goods: [{ hsCode: '64039990', value: 5_000_000, origin, originProofs: [proof] }],
          }),
        ),
      ).duty;
    expect(by('CN', 'acfta')).toBe(0);
    // 5,500,000 x 3.7 % = 203,500.
    expect(by('IT', 'eu-vn-fta')).toBe(203_500);
    expect(by('GB', 'gb-vn-fta')).toBe(203_500);
    expect(by('US', 'eu-vn-fta')).toBe(1_650_000);
  });

  const small = (hsCode: string, value: number) =>
    sums(assessed(sent(hsCode, { freight: 0, goods: [{ hsCode, value, origin: 'US' }] })));

  it('up to VND 1,000,000 with freight they bear VAT and no duty', () => {
    // 1,000,000 x 8 % = 80,000; 1,000,001 x 20 % = 200,000.2, 1,200,001 x 8 % = 96,000.08.
    expect(small('610910', 1_000_000)).toEqual({ duty: 0, tax: 80_000, fees: 0 });
    expect(small('610910', 1_000_001)).toEqual({ duty: 200_000, tax: 96_000, fees: 0 });
  });

  it('a duty of VND 100,000 is not collected, and one of VND 100,001 is', () => {
    // Polystyrene, 5 %: 2,000,000 x 5 % = 100,000, and VAT 2,000,000 x 8 %; 2,000,020 x 5 % = 100,001.
    expect(small('39031110', 2_000_000)).toEqual({ duty: 0, tax: 160_000, fees: 0 });
    expect(small('39031110', 2_000_020).duty).toBe(100_001);
  });

  it('furniture of China, goods without the preferential rate, and dates before the edition are refused', () => {
    const chair = (origin: string) =>
      assess(sent('94017990', { goods: [{ hsCode: '94017990', value: 5_000_000, origin }] }));
    expect(chair('CN')).toMatchObject({ reason: 'trade-defence' });
    expect(chair('IT')).toHaveProperty('charges');
    expect(chair('SY')).toMatchObject({ reason: 'not-supported' });
    expect(assess(sent('610910', { date: '2026-04-04' }))).toMatchObject({ reason: 'not-supported' });
  });
});
