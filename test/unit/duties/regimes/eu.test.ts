import { describe, expect, it } from 'vitest';
import { assess, assessed, registeredSeller, sums } from '../../../builders/assess.ts';

const base = { to: 'DE', currency: 'EUR' as const, date: '2026-08-15', freight: 0 };
const shirt = (value: number) => ({ hsCode: '610910', value });
const bag = { hsCode: '42022100', value: 200_00 };

/** Of each state: VAT within the Union on EUR 100.00, under IOSS on 53.00, at the border on 226.60. */
const states: readonly (readonly [string, number, number, number])[] = [
  ['AT', 20_00, 10_60, 45_32],
  ['BE', 21_00, 11_13, 47_59],
  ['BG', 20_00, 10_60, 45_32],
  ['CY', 19_00, 10_07, 43_05],
  ['CZ', 21_00, 11_13, 47_59],
  ['DE', 19_00, 10_07, 43_05],
  ['DK', 25_00, 13_25, 56_65],
  ['EE', 24_00, 12_72, 54_38],
  ['ES', 21_00, 11_13, 47_59],
  ['FI', 25_50, 13_52, 57_78],
  ['FR', 20_00, 10_60, 45_32],
  ['GR', 24_00, 12_72, 54_38],
  ['HR', 25_00, 13_25, 56_65],
  ['HU', 27_00, 14_31, 61_18],
  ['IE', 23_00, 12_19, 52_12],
  ['IT', 22_00, 11_66, 49_85],
  ['LT', 21_00, 11_13, 47_59],
  ['LU', 17_00, 9_01, 38_52],
  ['LV', 21_00, 11_13, 47_59],
  ['MT', 18_00, 9_54, 40_79],
  ['NL', 21_00, 11_13, 47_59],
  ['PL', 23_00, 12_19, 52_12],
  ['PT', 23_00, 12_19, 52_12],
  ['RO', 21_00, 11_13, 47_59],
  ['SE', 25_00, 13_25, 56_65],
  ['SI', 22_00, 11_66, 49_85],
  ['SK', 23_00, 12_19, 52_12],
];

describe('each member state', () => {
  it.each(states)(
    '%s: charges its standard rate under OSS, under IOSS and at the border',
    (to, oss, ioss, border) => {
      const from = to === 'PL' ? 'DE' : 'PL';
      expect(sums(assessed({ ...base, to, from, goods: [shirt(100_00)] })).tax).toBe(oss);
      // 50.00 of goods and 3.00 of flat duty.
      expect(sums(assessed({ ...base, to, goods: [shirt(50_00)] })).tax).toBe(ioss);
      // A handbag of 200.00, freight 20.00, duty of 3 % on 220.00 = 6.60.
      expect(sums(assessed({ ...base, to, goods: [bag], freight: 20_00 })).tax).toBe(border);
    },
  );

  it.each([
    ['EE', '2025-06-30', 22_00],
    ['EE', '2025-07-01', 24_00],
    ['RO', '2025-07-31', 19_00],
    ['RO', '2025-08-01', 21_00],
    ['SK', '2025-01-01', 23_00],
  ])('%s on %s charges %i cents on EUR 100.00', (to, date, tax) => {
    expect(sums(assessed({ ...base, to, date, from: 'PL', goods: [shirt(100_00)] })).tax).toBe(tax);
  });

  it.each([
    ['AT', '2026-08-15', 10_00],
    ['BE', '2026-08-15', 6_00],
    ['BG', '2026-08-15', 9_00],
    ['CY', '2026-08-15', 3_00],
    ['CZ', '2026-08-15', 0],
    ['DE', '2026-08-15', 7_00],
    ['DK', '2026-08-15', 25_00],
    ['EE', '2026-08-15', 9_00],
    ['ES', '2026-08-15', 4_00],
    ['FI', '2025-12-31', 14_00],
    ['FI', '2026-01-01', 13_50],
    ['FR', '2026-08-15', 5_50],
    ['GR', '2026-08-15', 6_00],
    ['HR', '2026-08-15', 5_00],
    ['HU', '2026-08-15', 5_00],
    ['IE', '2026-08-15', 0],
    ['IT', '2026-08-15', 4_00],
    ['LT', '2025-12-31', 9_00],
    ['LT', '2026-01-01', 5_00],
    ['LU', '2026-08-15', 3_00],
    ['MT', '2026-08-15', 5_00],
    ['NL', '2026-08-15', 9_00],
    ['PL', '2026-08-15', 5_00],
    ['PT', '2026-08-15', 6_00],
    ['RO', '2025-07-31', 5_00],
    ['RO', '2025-08-01', 11_00],
    ['SE', '2026-08-15', 6_00],
    ['SI', '2026-08-15', 5_00],
    ['SK', '2026-08-15', 5_00],
  ])('books bear the rate of the member state: %s on %s', (to, date, tax) => {
    const goods = [{ hsCode: '490199', value: 100_00 }];
    const from = to === 'PL' ? 'DE' : 'PL';
    expect(sums(assessed({ ...base, to, date, from, goods })).tax).toBe(tax);
  });

  it('goods at unknown reduced rates are refused, except in Denmark, which has no reduced rates', () => {
    for (const hsCode of ['180690', '230910', '300490'])
      for (const from of ['PL', 'CN']) {
        const goods = [{ hsCode, value: 100_00 }];
        expect(assess({ ...base, to: 'HR', from, goods })).toMatchObject({ reason: 'not-supported' });
      }
    const goods = [{ hsCode: '180690', value: 100_00 }];
    expect(sums(assessed({ ...base, to: 'DK', from: 'PL', goods })).tax).toBe(25_00);
    // Garments of babies are zero-rated in Ireland: clothing of children.
    const babies = [{ hsCode: '611120', value: 100_00 }];
    expect(sums(assessed({ ...base, to: 'IE', from: 'PL', goods: babies })).tax).toBe(0);
  });

  it('food is refused from 2025-01-01 on, and books in Latvia in every language', () => {
    const of = (given: { to?: string; date?: string }, hsCode: string) =>
      assess({ ...base, ...given, from: 'PL', goods: [{ hsCode, value: 100_00 }] });
    expect(of({ to: 'HR', date: '2025-01-01' }, '180690')).toMatchObject({
      detail: expect.stringContaining('reduced rates in most states'),
    });
    expect(of({ to: 'LV' }, '490199')).toMatchObject({ reason: 'not-supported' });
  });

  it('dates before 2025 are refused, because they have no rate', () => {
    expect(assess({ ...base, date: '2024-12-31', from: 'PL', goods: [shirt(20_00)] })).toMatchObject({
      reason: 'not-supported',
    });
  });
});

describe('the flat duty', () => {
  it('replaced the relief on 2026-07-01 and applies until 2028-06-30, and then the tariff applies', () => {
    const duty = (date: string) =>
      sums(assessed({ ...base, date, goods: [{ hsCode: '42022100', value: 150_00 }] })).duty;
    // 150.00 x 3 % = 4.50.
    expect(['2026-06-30', '2026-07-01', '2028-06-30', '2028-07-01'].map(duty)).toEqual([0, 3_00, 3_00, 4_50]);
  });

  it('did not exist before 2026-07-01, and EUR 150.01 or any perfume was outside the relief', () => {
    const before = { ...base, date: '2026-06-30' };
    const goods = [{ hsCode: '42022100', value: 150_01 }];
    // 150.01 x 3 % = 4.5003 -> 4.50.
    expect(sums(assessed({ ...before, goods })).duty).toBe(4_50);
    const perfume = [{ hsCode: '33030010', value: 50_00 }];
    expect(assessed({ ...before, goods: perfume }).dataSet).toBe('EU_H1');
    // From 2026-07-01 it bears the flat duty as all goods do.
    expect(sums(assessed({ ...base, goods: perfume })).duty).toBe(3_00);
  });

  it('does not apply to a courier’s goods outside IOSS if the option for the text of Art. 2 is on', () => {
    const goods = [{ hsCode: '61091000', value: 50_00 }];
    const duty = (channel: 'post' | 'courier', euFlatDutyScope: 'all-distance-sales' | 'ioss-or-postal') =>
      sums(assessed({ ...base, channel, goods, seller: { switches: { euFlatDutyScope } } })).duty;
    expect(duty('courier', 'all-distance-sales')).toBe(3_00);
    // 50.00 x 12 % = 6.00.
    expect(duty('courier', 'ioss-or-postal')).toBe(6_00);
    expect(duty('post', 'ioss-or-postal')).toBe(3_00);
  });

  it('can be left out of the value for VAT under IOSS by an option', () => {
    const goods = [shirt(40_00), { hsCode: '392690', value: 15_00 }];
    const seller = { ...registeredSeller, switches: { iossVatOnRechargedDuty: false } };
    // (55.00 + 5.00) x 19 % = 11.40; the default has 66.00 x 19 % = 12.54.
    expect(sums(assessed({ ...base, seller, goods, freight: 5_00 }))).toEqual({
      duty: 6_00,
      tax: 11_40,
      fees: 0,
    });
  });
});

describe('fees of the EU and its member states', () => {
  it('include EUR 2 an item for handling from 2026-11-01 if the option is on, with VAT under IOSS', () => {
    const goods = [shirt(40_00), { hsCode: '392690', value: 15_00 }];
    const seller = { ...registeredSeller, switches: { unionHandlingFee: 'active' as const } };
    const on = (date: string, own = seller) =>
      sums(assessed({ ...base, date, seller: own, goods, freight: 5_00 }));
    expect(on('2026-10-31')).toEqual({ duty: 6_00, tax: 12_54, fees: 0 });
    // (55.00 + 5.00 + 6.00 + 4.00) x 19 % = 13.30.
    expect(on('2026-11-01')).toEqual({ duty: 6_00, tax: 13_30, fees: 4_00 });
    expect(sums(assessed({ ...base, date: '2026-12-01', goods, freight: 5_00 })).fees).toBe(0);
    // Over EUR 150 it is due as well, beside the VAT: 226.60 x 19 % = 43.054 -> 43.05.
    const over = { ...base, date: '2026-12-01', seller, goods: [bag], freight: 20_00 };
    expect(sums(assessed(over))).toEqual({ duty: 6_60, tax: 43_05, fees: 2_00 });
  });

  it('include RON 25 a parcel up to EUR 150 in Romania, from 2026-01-01', () => {
    // At RON 5 for a euro RON 25 are EUR 5.00.
    const fees = (date: string, value: number) =>
      sums(
        assessed({
          ...base,
          ...{ to: 'RO', date, rates: { EUR: '1', RON: '5' } },
          goods: [{ hsCode: '42022100', value }],
        }),
      ).fees;
    expect([fees('2025-12-31', 20_00), fees('2026-01-01', 20_00)]).toEqual([0, 5_00]);
    expect([fees('2026-08-15', 150_00), fees('2026-08-15', 150_01)]).toEqual([5_00, 0]);
  });

  it('include EUR 2 a subheading in France and EUR 2 a parcel in Italy, up to EUR 150, both untaxed', () => {
    const fees = (to: string, ...values: number[]) =>
      sums(
        assessed({
          ...{ ...base, to },
          goods: values.map((value, index) => ({ hsCode: index === 0 ? '42022100' : '61091000', value })),
        }),
      ).fees;
    expect([fees('FR', 149_99), fees('FR', 150_00)]).toEqual([2_00, 0]);
    expect([fees('FR', 20_00, 20_00), fees('IT', 20_00, 20_00)]).toEqual([4_00, 2_00]);
    expect([fees('IT', 150_00), fees('IT', 150_01)]).toEqual([2_00, 0]);
    // 20.00 and 3.00 of duty: 23.00 x 20 % = 4.60.
    expect(sums(assessed({ ...base, to: 'FR', goods: [shirt(20_00)] })).tax).toBe(4_60);
  });
});

describe('national fees after the expected start of the EU fee', () => {
  it.each([
    ['RO', 5_00, 150_00],
    ['FR', 2_00, 149_99],
    ['IT', 2_00, 150_00],
  ])('%s: %i cents, marked as unconfirmed from 2026-11-01 on, up to %i', (to, fee, most) => {
    const of = (date: string, value: number) =>
      assessed({
        ...{ ...base, to, date, rates: { EUR: '1', RON: '5' } },
        goods: [{ hsCode: '42022100', value }],
      });
    for (const date of ['2026-10-31', '2026-11-01']) {
      expect(sums(of(date, most)).fees).toBe(fee);
      expect(sums(of(date, most + 1)).fees).toBe(0);
    }
    const [due] = of('2026-11-01', most).charges.filter(({ kind }) => kind === 'fee');
    expect(due).toMatchObject({ needsReview: true, rate: to === 'RO' ? '25.00' : '2.00' });
  });
});

describe('trade defence', () => {
  it('tableware of China: EUR 150.00 is refused from 2026-02-07, and EUR 150.01 bears 12 % and 79 %', () => {
    const plates = (date: string, value: number) => ({
      ...base,
      date,
      goods: [{ hsCode: '69111000', value }],
    });
    for (const date of ['2026-02-07', '2026-12-01'])
      expect(assess(plates(date, 150_00))).toMatchObject({ reason: 'trade-defence' });
    // 150.01 x 12 % = 18.0012 -> 18.00; x 79 % = 118.5079 -> 118.51.
    expect(sums(assessed(plates('2026-12-01', 150_01))).duty).toBe(136_51);
  });

  it('tableware of China over EUR 150 is refused until 2026-02-06, and bears 79 % from 2026-02-07', () => {
    const plates = (date: string) => ({ ...base, date, goods: [{ hsCode: '69111000', value: 200_00 }] });
    expect(assess(plates('2026-02-06'))).toMatchObject({ reason: 'trade-defence' });
    // 200.00 x 12 % = 24.00; x 79 % = 158.00.
    expect(sums(assessed(plates('2026-02-07'))).duty).toBe(182_00);
  });

  it('bicycle parts of China are refused, and those of Viet Nam bear 4.7 %', () => {
    const parts = (origin: string) => ({ ...base, goods: [{ hsCode: '87149990', value: 200_00, origin }] });
    expect(assess(parts('CN'))).toMatchObject({ reason: 'trade-defence' });
    // 200.00 x 4.7 % = 9.40.
    expect(sums(assessed(parts('VN'))).duty).toBe(9_40);
  });
});
