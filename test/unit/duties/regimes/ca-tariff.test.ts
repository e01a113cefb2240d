import { describe, expect, it } from 'vitest';
import { assess, assessed, sums } from '../../../builders/assess.ts';

const base = { to: 'CA', region: 'AB', currency: 'CAD' as const, date: '2026-12-01', freight: 0 };

/** Items of the Customs Tariff T2026-2 with the most-favoured-nation rate in its table, read by hand, on CAD 100.00. */
const lines: readonly (readonly [item: string, rate: string, duty: number])[] = [
  ['40111000', '7%', 7_00],
  ['42021290', '11%', 11_00],
  ['42022100', '10%', 10_00],
  ['42022290', '10.5%', 10_50],
  ['42029290', '7%', 7_00],
  ['48201000', 'Free', 0],
  ['61071100', '18%', 18_00],
  ['61112000', 'Free', 0],
  ['61159600', '16%', 16_00],
  ['62014090', '17%', 17_00],
  ['62034200', '17%', 17_00],
  ['62044900', '16%', 16_00],
  ['62132000', '9%', 9_00],
  ['62171000', '15%', 15_00],
  ['63026000', '17%', 17_00],
  ['63049210', '15.5%', 15_50],
  ['64011011', '20%', 20_00],
  ['64021200', 'Free', 0],
  ['64029990', '17.5%', 17_50],
  ['64039930', '11%', 11_00],
  ['65050040', '12.5%', 12_50],
  ['66019900', '7.5%', 7_50],
  ['69119000', '5.5%', 5_50],
  ['90058090', '4.5%', 4_50],
  ['91021100', '5%', 5_00],
  ['91051100', '14%', 14_00],
  ['92079090', '6%', 6_00],
  ['94036010', '9.5%', 9_50],
  ['95030010', '8%', 8_00],
  ['95066200', 'Free', 0],
  ['96170000', '7.5%', 7_50],
  ['96190022', '12%', 12_00],
];

describe("Canada's tariff", () => {
  it.each(lines)('%s bears %s', (hsCode, _rate, duty) => {
    // The origin has no agreement. GST of Alberta is 5 % of the value with duty.
    const goods = [{ hsCode, value: 100_00, origin: 'CH' }];
    const tax = Math.round((100_00 + duty) * 0.05);
    expect(sums(assessed({ ...base, goods }))).toEqual({ duty, tax, fees: 0 });
  });

  it('a code that is filled up with zeros is the shorter one, whose items have several rates', () => {
    const goods = [{ hsCode: '640399', value: 100_00, origin: 'CH' }];
    expect(assess({ ...base, goods })).toMatchObject({ reason: 'unclassified' });
    // 6403.99.30 bears 11 %, .91 and .99 bear 18 %: the middle one is 18 %.
    for (const hsCode of ['640399', '6403990000'])
      expect(
        sums(
          assessed({
            ...base,
            seller: { classification: 'median' },
            goods: [{ hsCode, value: 100_00, origin: 'CH' }],
          }),
        ).duty,
      ).toBe(18_00);
  });

  it.each([
    ['eu-ca-ceta', 'IT'],
    ['gb-ca-tca', 'GB'],
    ['cptpp', 'JP'],
    ['usmca', 'MX'],
  ])('%s frees a shirt of %s with its proof of origin, and not without', (proof, origin) => {
    const shirt = { hsCode: '62052000', value: 100_00, origin };
    expect(sums(assessed({ ...base, goods: [shirt] })).duty).toBe(17_00);
    expect(sums(assessed({ ...base, goods: [{ ...shirt, originProofs: [proof] }] })).duty).toBe(0);
  });

  it('goods that anti-dumping duties or the surtax on goods of steel may cover are refused above CAD 20', () => {
    const of = (hsCode: string, origin: string, value: number) =>
      assess({ ...base, goods: [{ hsCode, value, origin }] });
    expect(of('94016110', 'CN', 20_01)).toMatchObject({ reason: 'trade-defence' });
    expect(of('94016110', 'VN', 100_00)).toMatchObject({ reason: 'trade-defence' });
    expect(of('94016110', 'IT', 100_00)).not.toHaveProperty('reason');
    expect(of('94032000', 'IT', 20_01)).toMatchObject({ reason: 'not-supported' });
    expect(of('94032000', 'IT', 20_00)).not.toHaveProperty('reason');
  });

  it('wheeled toys have had their own rate in the edition since 2026-09-01; before, the row of all toys holds', () => {
    const on = (date: string) =>
      sums(assessed({ ...base, date, goods: [{ hsCode: '95030010', value: 100_00, origin: 'CH' }] })).duty;
    expect([on('2026-08-31'), on('2026-09-01')]).toEqual([0, 8_00]);
  });
});
