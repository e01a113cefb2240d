import { describe, expect, it } from 'vitest';
import { assess, assessed, sums } from '../../../builders/assess.ts';

// One dollar is 1,400 won.
const base = {
  to: 'KR',
  currency: 'KRW' as const,
  date: '2026-12-01',
  freight: 10_000,
  rates: { USD: '1', KRW: '1400' },
};
const shirts = (value: number) => [{ hsCode: '610910', value }];

describe('Korea', () => {
  it('USD 150 bears nothing; above, 13 % duty and 10 % VAT apply to the whole CIF value, rounded down to KRW 10', () => {
    // USD 150 = KRW 210,000.
    expect(sums(assessed({ ...base, goods: shirts(210_000) }))).toEqual({ duty: 0, tax: 0, fees: 0 });
    // CIF 211,407 + 10,000 = 221,407; x 13 % = 28,782.9 -> 28,780; (221,407 + 28,780) x 10 % = 25,018.7 -> 25,010.
    expect(sums(assessed({ ...base, goods: shirts(211_407) }))).toEqual({
      duty: 28_780,
      tax: 25_010,
      fees: 0,
    });
  });

  it('for goods shipped from the United States, the threshold is USD 200', () => {
    // USD 200 = KRW 280,000.
    expect(sums(assessed({ ...base, from: 'US', goods: shirts(280_000) }))).toEqual({
      duty: 0,
      tax: 0,
      fees: 0,
    });
    // CIF 281,400 + 10,000 = 291,400; x 13 % = 37,882 -> 37,880.
    expect(sums(assessed({ ...base, from: 'US', goods: shirts(281_400) })).duty).toBe(37_880);
  });

  it('the relief has data from 2015-12-01 on', () => {
    expect(assess({ ...base, date: '2015-11-30', goods: shirts(210_000) })).toMatchObject({
      reason: 'not-supported',
    });
    expect(sums(assessed({ ...base, date: '2015-12-01', goods: shirts(210_000) })).tax).toBe(0);
  });

  it('within the country, books bear no VAT, and food is refused', () => {
    const within = { ...base, from: 'KR', seller: { taxNumbers: { KR: '123-45-67890' } } };
    expect(sums(assessed({ ...within, goods: [{ hsCode: '490199', value: 20_000 }] })).tax).toBe(0);
    // (20,000 + 10,000) x 10 % = 3,000.
    expect(sums(assessed({ ...within, goods: shirts(20_000) })).tax).toBe(3_000);
    expect(assess({ ...within, goods: [{ hsCode: '080810', value: 20_000 }] })).toMatchObject({
      reason: 'not-supported',
    });
  });

  it('above the threshold, a code without a known rate is refused', () => {
    expect(assess({ ...base, goods: [{ hsCode: '950300', value: 300_000 }] })).toMatchObject({
      reason: 'unclassified',
    });
  });

  it('cosmetics bear the rate of the WTO schedule, and a code of six digits of toys one of several rates', () => {
    // 300,000 + 10,000 = 310,000; x 6.5 % = 20,150; (310,000 + 20,150) x 10 % = 33,015 -> 33,010.
    const creams = [{ hsCode: '330499', value: 300_000 }];
    expect(sums(assessed({ ...base, goods: creams }))).toEqual({ duty: 20_150, tax: 33_010, fees: 0 });
    // Kits are free, toys with a motor bear 8 %: 24,800.
    const toys = (hsCode: string) => ({ ...base, goods: [{ hsCode, value: 300_000 }] });
    expect(sums(assessed(toys('9503003300'))).duty).toBe(0);
    expect(sums(assessed(toys('9503003800'))).duty).toBe(24_800);
    expect(assess(toys('950300'))).toMatchObject({ reason: 'unclassified' });
    expect(sums(assessed({ ...toys('950300'), seller: { classification: 'maximum' } })).duty).toBe(24_800);
  });

  it('computers, cameras and consoles are free by the Information Technology Agreement, appliances bear 8 %', () => {
    const duty = (hsCode: string) => sums(assessed({ ...base, goods: [{ hsCode, value: 490_000 }] })).duty;
    for (const hsCode of ['847130', '850440', '851713', '851762', '851830', '852589', '950450'])
      expect(duty(hsCode), hsCode).toBe(0);
    // (490,000 + 10,000) x 8 % = 40,000; bed linen x 13 % = 65,000.
    for (const hsCode of ['851671', '850811', '871200', '910211']) expect(duty(hsCode), hsCode).toBe(40_000);
    expect(duty('630231')).toBe(65_000);
  });

  it('bags and watches that may bear individual consumption tax are refused, each by its own price', () => {
    const bags = (value: number, quantity = 1) =>
      assess({ ...base, goods: [{ hsCode: '420221', value, quantity }] });
    expect(bags(1_700_000)).toHaveProperty('charges');
    expect(bags(1_700_001)).toMatchObject({ detail: expect.stringContaining('individual consumption tax') });
    expect(bags(3_400_000, 2)).toHaveProperty('charges');
    expect(assess({ ...base, goods: [{ hsCode: '940360', value: 4_200_001 }] })).toMatchObject({
      reason: 'not-supported',
    });
  });
});
