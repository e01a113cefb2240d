import { describe, expect, it } from 'vitest';
import { assess, assessed, sums } from '../../../builders/assess.ts';

const base = { to: 'CL', currency: 'USD' as const, date: '2026-12-01', freight: 0 };
const seller = { taxNumbers: { CL: '59.123.456-7' } };
const shirts = (value: number) => [{ hsCode: '610910', value }];

describe('Chile', () => {
  it('a seller registered with the SII charges 19 % IVA at the sale, and no duty is due', () => {
    // The regime reckons in pesos, which have no decimals; at 950 a dollar 30.00 is 28,500; x 19 % = 5,415 = 5.70.
    const outcome = assessed({ ...base, seller, goods: shirts(30_00), rates: { USD: '1', CLP: '950' } });
    expect(outcome.scheme).toBe('cl-vendor');
    expect(sums(outcome)).toEqual({ duty: 0, tax: 5_70, fees: 0 });
  });

  it('above USD 500, duty of 6 % on the CIF value is due, and IVA on the sum', () => {
    const pesos = { ...base, currency: 'CLP' as const, seller, rates: { USD: '1', CLP: '1000' } };
    expect(assessed({ ...pesos, goods: shirts(500_000), freight: 20_000 }).scheme).toBe('cl-vendor');
    // CIF 500,100 + 20,000 = 520,100; x 6 % = 31,206; (520,100 + 31,206) x 19 % = 104,748.14 -> 104,748.
    const over = assessed({ ...pesos, goods: shirts(500_100), freight: 20_000 });
    expect(over.scheme).toBe('import');
    expect(sums(over)).toEqual({ duty: 31_206, tax: 104_748, fees: 0 });
  });

  it('an unregistered seller is refused up to USD 500, and every seller before 2025-10-25', () => {
    expect(assess({ ...base, seller: {}, goods: shirts(30_00) })).toMatchObject({ reason: 'not-supported' });
    expect(assess({ ...base, seller, date: '2025-10-24', goods: shirts(30_00) })).toMatchObject({
      reason: 'not-supported',
    });
    expect(assess({ ...base, seller, date: '2025-10-25', goods: shirts(30_00) })).not.toHaveProperty(
      'reason',
    );
  });

  it('for an unregistered seller, the merchant may choose no duty up to USD 500, or the general 6 %', () => {
    const pesos = { ...base, currency: 'CLP' as const, rates: { USD: '1', CLP: '1000' }, freight: 20_000 };
    const by = (clUnregisteredDuty: 'relieved' | 'due', value: number) =>
      sums(assessed({ ...pesos, seller: { switches: { clUnregisteredDuty } }, goods: shirts(value) }));
    // CIF 120,000 x 19 % = 22,800; with duty of 7,200 (120,000 x 6 %) 127,200 x 19 % = 24,168.
    expect(by('relieved', 100_000)).toEqual({ duty: 0, tax: 22_800, fees: 0 });
    expect(by('due', 100_000)).toEqual({ duty: 7_200, tax: 24_168, fees: 0 });
    // Over USD 500 the answer changes nothing: 520,100 x 6 % = 31,206.
    for (const answer of ['relieved', 'due'] as const) expect(by(answer, 500_100).duty).toBe(31_206);
    expect(assess({ ...pesos, seller: {}, goods: shirts(500_100) })).not.toHaveProperty('reason');
    expect(by('relieved', 500_000).duty).toBe(0);
  });
});
