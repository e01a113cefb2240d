import { describe, expect, it } from 'vitest';
import { assess, assessed, sums } from '../../builders/assess.ts';

/** Of a state of the Union in euros: the rates, and not the conversion, are tested here. */
const currencyOf = (to: string) => (to === 'GB' ? ('GBP' as const) : ('EUR' as const));

/** Goods of 100.00 of China, sold under IOSS or as a supply in Great Britain. */
const basket = (to: string, hsCode: string, date = '2026-12-01') => ({
  ...{ to, currency: currencyOf(to), date, freight: 0 },
  goods: [{ hsCode, value: 100_00, origin: 'CN' }],
});

describe('reduced rates of VAT by code', () => {
  it.each([
    // The Union: 100.00 and the flat duty of 3.00, times the rate.
    ['coffee in Germany, 7 %: Anlage 2 no. 12', 'DE', '09012100', 7_21],
    ['chocolate in Germany, 7 %: no. 30', 'DE', '18069019', 7_21],
    ['a food supplement in Germany, 7 %: no. 33', 'DE', '21069092', 7_21],
    ['dog food in Germany, 7 %: no. 37', 'DE', '23091011', 7_21],
    ['vinegar in Germany, 7 %: no. 36', 'DE', '22090011', 7_21],
    ['juice in Germany, 19 %: no. 32 leaves it out', 'DE', '20091200', 19_57],
    ['medicines in Germany, 19 %: in no number', 'DE', '30049000', 19_57],
    // 103.00 x 5.5 % = 5.665.
    ['coffee in France, 5.5 %', 'FR', '09012100', 5_67],
    ['cat food in France, 20 %', 'FR', '23091011', 20_60],
    ['cat food in Italy, 22 %', 'IT', '23091011', 22_66],
    ['coffee in Romania, 11 %', 'RO', '09012100', 11_33],
    ['coffee in Italy, 22 %', 'IT', '09012100', 22_66],
    ['a food supplement in Italy, 10 %: Tab. A III no. 80', 'IT', '21069098', 10_30],
    ['olive oil in Italy, 4 %', 'IT', '15092000', 4_12],
    ['filled bars of chocolate in France, 20 %', 'FR', '18063100', 20_60],
    ['coffee in Spain, 10 %', 'ES', '09012100', 10_30],
    ['dog food in Spain, 10 %', 'ES', '23091011', 10_30],
    ['tomatoes in Spain, 4 %', 'ES', '07020000', 4_12],
    ['coffee in the Netherlands, 9 %', 'NL', '09012100', 9_27],
    ['dog food in the Netherlands, 21 %', 'NL', '23091011', 21_63],
    ['cheese in Poland, 5 %', 'PL', '04069001', 5_15],
    ['dog food in Poland, 8 %', 'PL', '23091011', 8_24],
    ['chocolate in Belgium, 6 %', 'BE', '18069019', 6_18],
    ['coffee in Austria, 20 %', 'AT', '09012100', 20_60],
    ['pepper in Austria, 10 %', 'AT', '09041100', 10_30],
    ['coffee in Ireland, zero', 'IE', '09012100', 0],
    ['chocolates in Ireland, 23 %', 'IE', '18069019', 23_69],
    ['coffee in Sweden, 6 %', 'SE', '09012100', 6_18],
    ['dog food in Sweden, 25 %', 'SE', '23091011', 25_75],
    // 103.00 x 13.5 % = 13.905.
    ['coffee in Finland, 13.5 %', 'FI', '09012100', 13_91],
    ['nappies in Finland, 13.5 %', 'FI', '96190081', 13_91],
    ['medicines in Finland, 13.5 %', 'FI', '30049000', 13_91],
    ['chocolate in Czechia, 12 %', 'CZ', '18069019', 12_36],
    ['chocolate in Hungary, 27 %', 'HU', '18069019', 27_81],
    ['chocolate in Luxembourg, 3 %', 'LU', '18069019', 3_09],
    ['chocolate in Estonia, 24 %', 'EE', '18069019', 24_72],
    ['chocolate in Lithuania, 21 %', 'LT', '18069019', 21_63],
    ['chocolate in Bulgaria, 20 %', 'BG', '18069019', 20_60],
    ['coffee in Portugal, 23 %', 'PT', '09012100', 23_69],
    ['coffee in Greece, 24 %', 'GR', '09012100', 24_72],
    ['olive oil in Greece, 13 %', 'GR', '15092000', 13_39],
    // Great Britain: the price alone.
    ['instant coffee in Great Britain, zero', 'GB', '21011100', 0],
    ['ice cream in Great Britain, 20 %', 'GB', '21050010', 20_00],
    ['medicines without a prescription in Great Britain, 20 %', 'GB', '30049000', 20_00],
    ['coffee in Great Britain, zero', 'GB', '09012100', 0],
    ['cocoa in Great Britain, zero', 'GB', '18050000', 0],
    ['chocolates in Great Britain, 20 %', 'GB', '18069011', 20_00],
    ['dog food in Great Britain, 20 %', 'GB', '23091011', 20_00],
  ] as const)('%s', (_name, to, hsCode, tax) => {
    expect(sums(assessed(basket(to, hsCode))).tax).toBe(tax);
  });

  it.each([
    ['lobster in Germany, which no. 3 leaves out of the chapter', 'DE', '03061210'],
    ['milk drinks in Germany, by their share of milk', 'DE', '22029991'],
    ['chocolate in France', 'FR', '18069019'],
    ['yoghurt in France, which may have cocoa', 'FR', '04032011'],
    ['chocolate in Italy, by its packing', 'IT', '18069019'],
    ['chocolate in Romania, by its sugar', 'RO', '18069019'],
    ['frozen fruit in Romania, which may have sugar', 'RO', '08111011'],
    ['chocolate spread in Great Britain, among other goods of its code', 'GB', '18069060'],
    ['coffee in Croatia, whose list we do not have', 'HR', '09012100'],
    ['contraceptives in Great Britain, by their kind', 'GB', '30066000'],
    ['yoghurt in Spain, by its kind', 'ES', '04032011'],
    ['food supplements in Ireland', 'IE', '21069092'],
  ] as const)('refuse by name what the code does not decide: %s', (_name, to, hsCode) => {
    expect(assess(basket(to, hsCode))).toMatchObject({ reason: 'not-supported' });
  });

  it('begin on their days: Romania’s of 11 % on 2025-08-01', () => {
    expect(assess(basket('RO', '09012100', '2025-07-31'))).toMatchObject({ reason: 'not-supported' });
    // Relieved from duty up to EUR 150 then.
    expect(sums(assessed(basket('RO', '09012100', '2025-08-01'))).tax).toBe(11_00);
  });

  it('change on their days: Sweden’s to 6 % on 2026-04-01, Finland’s to 13.5 % on 2026-01-01', () => {
    const tax = (to: string, date: string) => sums(assessed(basket(to, '09012100', date))).tax;
    expect(tax('SE', '2026-03-31')).toBe(12_00);
    expect(tax('SE', '2026-04-01')).toBe(6_00);
    expect(tax('FI', '2025-12-31')).toBe(14_00);
    expect(tax('FI', '2026-01-01')).toBe(13_50);
    // Not known after 2027, and basic food in Austria not since 2026-07-01.
    expect(assess(basket('SE', '09012100', '2028-01-01'))).toMatchObject({ reason: 'not-supported' });
    expect(tax('AT', '2026-06-30')).toBe(20_00);
    expect(assess(basket('AT', '04069001', '2026-07-01'))).toMatchObject({ reason: 'not-supported' });
  });

  it('is 8 % on food in Japan, and refused where other goods share the code', () => {
    const at = (hsCode: string) => {
      const goods = [{ hsCode, value: 100_000, origin: 'GB' }];
      return assess({ to: 'JP', currency: 'JPY', date: '2026-12-01', freight: 0, goods });
    };
    const coffee = at('090121000');
    const taxes = 'charges' in coffee ? coffee.charges.filter(({ kind }) => kind === 'tax') : [];
    expect(taxes.map(({ rate, ruleId }) => [rate, ruleId])).toEqual([['8', 'jp-jct-food']]);
    expect(at('210690000')).toMatchObject({ detail: expect.stringContaining('other goods of the heading') });
  });

  it.each([
    // Australia: a registered seller charges GST on the price.
    ['coffee in Australia, exempt', 'AU', 'AUD', '090121', 0],
    ['filled bars of chocolate in Australia, 10 %', 'AU', 'AUD', '180631', 10_00],
    ['ice cream in Australia, 10 %', 'AU', 'AUD', '210500', 10_00],
    ['instant coffee in Australia, exempt', 'AU', 'AUD', '210111', 0],
    // Colombia: no duty up to USD 200, one dollar is one peso here; whole pesos.
    ['roasted coffee in Colombia, 5 %', 'CO', 'COP', '090121', 5_00],
    ['chocolates in Colombia, 19 %', 'CO', 'COP', '180690', 19_00],
  ] as const)('%s', (_name, to, currency, hsCode, tax) => {
    const goods = [{ hsCode, value: 100_00, origin: 'GB' }];
    const seller = to === 'AU' ? { taxNumbers: { AU: '51824753556' } } : {};
    expect(sums(assessed({ to, currency, date: '2026-12-01', freight: 0, goods, seller })).tax).toBe(tax);
  });

  it.each([
    ['rice in South Africa', 'ZA', 'ZAR', '100630', 'za-vat-basic-food', '0'],
    ['fresh apples in South Africa', 'ZA', 'ZAR', '080810', 'za-vat-basic-food', '0'],
    ['cheese in South Africa', 'ZA', 'ZAR', '040690', 'za-vat-15', '15'],
    ['chocolates in Argentina', 'AR', 'USD', '180690', 'ar-iva-food-21', '21'],
    ['books in Argentina', 'AR', 'USD', '490199', 'ar-iva-books', '0'],
    ['coffee in Indonesia', 'ID', 'USD', '090121', 'id-ppn-11', '11'],
  ] as const)('%s bear the rate of their rule', (_name, to, currency, hsCode, ruleId, rate) => {
    const goods = [{ hsCode, value: 20_00, origin: 'GB' }];
    const { charges } = assessed({ to, currency, date: '2026-12-01', freight: 0, goods, channel: 'courier' });
    const taxes = charges.filter(({ kind }) => kind === 'tax');
    expect(taxes.map((tax) => [tax.ruleId, tax.rate])).toEqual([[ruleId, rate]]);
  });
});
