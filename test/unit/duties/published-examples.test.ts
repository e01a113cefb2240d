import { describe, expect, it } from 'vitest';
import { builtinRuleBook } from '../../../shared/duties/index.ts';
import { createRuleBook } from '../../../shared/duties/rule-book.ts';
import type { RuleOf } from '../../../shared/duties/rules/schema.ts';
import { type AssessCase, assessed, sums } from '../../builders/assess.ts';

/**
 * Examples that authorities and others have published, each with its source. An example whose rate we do not have is
 * computed with the rate that it states.
 */
const date = '2026-12-01';

/** The rules of the repository without some rows and with the tariff lines of an example. */
function rulesWith(lines: readonly RuleOf<'tariff-line'>[], without: readonly string[] = []) {
  const rows = builtinRuleBook.rows.filter(({ id }) => !without.includes(id));
  return createRuleBook([...rows, ...lines], 'with the rates of an example');
}

function tariffLine(regime: string, hsPrefix: string, rate: string): RuleOf<'tariff-line'> {
  const row = { id: `example-${regime}-${hsPrefix}`, kind: 'tariff-line', regime, tariff: regime } as const;
  const source = { law: 'as the example states', provenance: 'published', confidence: 'high' } as const;
  return { ...row, ...source, hsPrefix, goods: 'goods of the example', rate, validFrom: '2010-01-01' };
}

const outcomeOf = (given: Omit<AssessCase, 'date'> & { date?: string }) =>
  sums(assessed({ date, seller: {}, ...given }));

describe('Norway: duty and VAT are in whole kroner, and the rounded duty is in the base of VAT', () => {
  const norway = { to: 'NO', currency: 'NOK' as const };

  it('a skirt (toll.no, calculation of Norwegian VAT)', () => {
    // (1,000 + 250) x 10.7 % = 133.75 -> 134; (1,250 + 134) x 25 % = 346; 1,250 + 134 + 346 = 1,730.
    const skirt = { ...norway, goods: [{ hsCode: '620452', value: 1_000_00 }], freight: 250_00 };
    expect(outcomeOf(skirt)).toEqual({ duty: 134_00, tax: 346_00, fees: 0 });
  });

  it('building materials and trousers (toll.no, examples of the calculation of taxes)', () => {
    // (20,000 + 850 + 500) x 25 % = 5,337.50 -> 5,338.
    const materials = { ...norway, goods: [{ hsCode: '681019', value: 20_000_00 }], freight: 1_350_00 };
    expect(outcomeOf(materials)).toEqual({ duty: 0, tax: 5_338_00, fees: 0 });
    // 50,600 x 10.7 % = 5,414.20 -> 5,414; 56,014 x 25 % = 14,003.50 -> 14,004.
    const trousers = { ...norway, goods: [{ hsCode: '620342', value: 50_000_00 }], freight: 600_00 };
    expect(outcomeOf(trousers)).toEqual({ duty: 5_414_00, tax: 14_004_00, fees: 0 });
  });
});

describe('Japan (customs.go.jp, Customs Answer 1111)', () => {
  // The rates of the example are put in. A price of
  // 891,325 is a value of 534,795 for a person's own use, one of 210,430 a value of 126,258.
  const reduced = {
    ...tariffLine('jp', '420221', '14'),
    kind: 'tax-rate',
    id: 'example-jct-reduced',
    code: 'jct',
    rate: '8',
    when: { goods: { only: ['420222'] } },
  };
  const { tariff: _tariff, hsPrefix: _prefix, goods: _goods, ...reducedRate } = reduced;
  const rules = createRuleBook(
    [
      ...builtinRuleBook.rows,
      tariffLine('jp', '420221', '14'),
      tariffLine('jp', '420222', '14'),
      reducedRate as RuleOf<'tax-rate'>,
    ],
    'with the rates of the example',
  );
  const japan = { to: 'JP', currency: 'JPY' as const, freight: 0 };
  const itemA = { hsCode: '420221', value: 891_325 };
  const itemB = { hsCode: '420222', value: 210_430 };

  it('items A and B: bases by item, summed, then down to a hundred yen', () => {
    // Duty: A 534,000 x 14 % = 74,760, B 126,000 x 14 % = 17,640: 92,400.
    // National: A (534,795 + 74,700 -> 609,000) x 7.8 % = 47,502, B (126,258 + 17,600 -> 143,000) x 6.24 % = 8,923:
    // 56,425 -> 56,400. Local: A 47,500 x 22/78 = 13,397, B 8,900 x 22/78 = 2,510: 15,907 -> 15,900.
    expect(outcomeOf({ ...japan, rules, goods: [itemA, itemB] })).toEqual({
      duty: 92_400,
      tax: 56_400 + 15_900,
      fees: 0,
    });
  });

  it('item A alone', () => {
    // 74,760 -> 74,700; 47,502 -> 47,500; 13,397 -> 13,300.
    expect(outcomeOf({ ...japan, rules, goods: [itemA] })).toEqual({ duty: 74_700, tax: 60_800, fees: 0 });
  });

  it('two sizes of one T-shirt are one item', () => {
    // 2,900 x 60 % = 1,740 each; 3,480 -> 3,000 x 10.9 % = 327 -> 300. Base 3,480 + 300 -> 3,000: 234 -> 200; 56 -> 0.
    const shirt = { hsCode: '610910010', value: 2_900 };
    const goods = [
      { ...shirt, description: 'T-shirt M' },
      { ...shirt, description: 'T-shirt L' },
    ];
    expect(outcomeOf({ ...japan, goods })).toEqual({ duty: 300, tax: 200, fees: 0 });
  });

  it.each([
    ['toys', '950300'],
    ['furniture', '940360'],
    ['seats', '940161'],
    ['watches', '910211'],
    ['lipsticks', '330410'],
    ['perfumes', '330300'],
    ['bath soaps', '340111'],
    ['personal computers', '847130'],
    ['digital cameras', '852589'],
    ['string instruments', '920290'],
    ['golf clubs', '950631'],
    ['books', '490199'],
  ])('%s are free (Customs Answer 1204; 1001: no simplified tariff on free goods)', (_name, hsCode) => {
    // 50,000 x 60 % = 30,000: 2,340 -> 2,300; 2,300 x 22/78 = 648 -> 600.
    expect(outcomeOf({ ...japan, goods: [{ hsCode, value: 50_000 }] })).toEqual({
      duty: 0,
      tax: 2_900,
      fees: 0,
    });
  });
});

describe('Singapore (customs.gov.sg, GST on low-value goods)', () => {
  const singapore = { to: 'SG', currency: 'SGD' as const, freight: 20_00 };
  const seller = { taxNumbers: { SG: 'M90371234X' } };
  const item = (value: number, hsCode = '610910') => ({ hsCode, value });

  it('of a registered seller, two items of SGD 390 each are taxed at the sale, though the parcel is over SGD 400', () => {
    const outcome = assessed({ ...singapore, date, seller, goods: [item(390_00), item(390_00, '420221')] });
    expect(outcome.scheme).toBe('sg-vendor');
    // (780.00 + 20.00) x 9 % = 72.00.
    expect(sums(outcome).tax).toBe(72_00);
    for (const charge of outcome.charges.filter(({ kind }) => kind === 'tax'))
      expect(charge).toMatchObject({ code: 'gst-at-sale', owedTo: 'SG:iras' });
  });

  it('an item over SGD 400 beside it is taxed on import, and paid at the door under DAP', () => {
    const goods = [item(390_00), item(400_01, '420221')];
    const outcome = assessed({ ...singapore, date, seller, goods, freight: 0, incoterm: 'DAP' });
    const taxes = outcome.charges.filter(({ kind }) => kind === 'tax');
    // 390.00 x 9 % = 35.10; 400.01 x 9 % = 36.0009 -> 36.00.
    expect(
      taxes.map(({ code, owedTo, amount, collectedOnDelivery }) => ({
        code,
        owedTo,
        of: amount.amount,
        collectedOnDelivery,
      })),
    ).toEqual([
      { code: 'gst-at-sale', owedTo: 'SG:iras', of: 35_10, collectedOnDelivery: undefined },
      { code: 'import-gst', owedTo: 'SG:customs', of: 36_00, collectedOnDelivery: true },
    ]);
    expect(outcome.scheme).toBe('import');
  });

  it('of a seller who is not registered, SGD 280 + 25 bear nothing, SGD 390 + 35 bear GST on import (IRAS)', () => {
    expect(outcomeOf({ ...singapore, goods: [item(280_00)], freight: 25_00 }).tax).toBe(0);
    // 425.00 x 9 % = 38.25.
    expect(outcomeOf({ ...singapore, goods: [item(390_00)], freight: 35_00 }).tax).toBe(38_25);
  });
});

describe('Switzerland (ch.ch and bazg.admin.ch: nothing below CHF 62, or CHF 193 at the reduced rate)', () => {
  const switzerland = { to: 'CH', currency: 'CHF' as const, freight: 0 };
  const of = (value: number, hsCode: string) => outcomeOf({ ...switzerland, goods: [{ hsCode, value }] }).tax;

  it('CHF 61.99 and CHF 192.99 of books bear nothing; CHF 62.00 and CHF 193.00 bear tax', () => {
    // 62.00 x 8.1 % = 5.022 -> 5.02; 193.00 x 2.6 % = 5.018 -> 5.02.
    expect(of(61_99, '610910')).toBe(0);
    expect(of(62_00, '610910')).toBe(5_02);
    expect(of(192_99, '490199')).toBe(0);
    expect(of(193_00, '490199')).toBe(5_02);
  });

  it('of goods at both rates, the shares of the two bases are added', () => {
    const both = (shirt: number, book: number) =>
      outcomeOf({
        ...switzerland,
        goods: [
          { hsCode: '610910', value: shirt },
          { hsCode: '490199', value: book },
        ],
      }).tax;
    // 31.00/62 + 96.49/193 = 0.99995; tax 2.511 + 2.50874 = 5.01974. With 96.50 the shares are 1: 2.51 + 2.51.
    expect(both(31_00, 96_49)).toBe(0);
    expect(both(31_00, 96_50)).toBe(5_02);
  });
});

describe('Indonesia: duty goes up to whole thousands of rupiah', () => {
  const indonesia = { to: 'ID', currency: 'IDR' as const, freight: 0, rates: { USD: '1', IDR: '16000' } };

  it('shoes of IDR 8,807,935 at 30 % (statement of the DJBC at barak.id): 2,642,380.50 -> 2,643,000', () => {
    const rows = builtinRuleBook.rows.map((row) =>
      row.id === 'id-duty-25' && row.kind === 'simplified-duty' ? { ...row, rate: '30' } : row,
    );
    const rules = createRuleBook(rows, 'with the rate of 2024');
    const shoes = { ...indonesia, rules, goods: [{ hsCode: '640411', value: 8_807_935_00 }] };
    expect(outcomeOf(shoes).duty).toBe(2_643_000_00);
  });

  it('PMK 190/2022 (example at ddtc.co.id): 1,506,882.069 -> 1,507,000', () => {
    // 20,091,760.92 x 7.5 % = 1,506,882.069.
    expect(outcomeOf({ ...indonesia, goods: [{ hsCode: '392690', value: 20_091_760_92 }] }).duty).toBe(
      1_507_000_00,
    );
  });
});

describe('Australia over AUD 1,000 (customs.gov.au; abf.gov.au, Import Processing Charges)', () => {
  const australia = { to: 'AU', currency: 'AUD' as const };
  const shirts = (value: number) => [{ hsCode: '610910', value }];

  it('A$ 1,200 with A$ 150 of transport at 5 %: duty 60, GST 141, and the charges of a declaration by air', () => {
    // 1,200 x 5 % = 60; (1,200 + 60 + 150) x 10 % = 141; 50 for processing and 45 for biosecurity.
    expect(outcomeOf({ ...australia, goods: shirts(1_200_00), freight: 150_00 })).toEqual({
      duty: 60_00,
      tax: 141_00,
      fees: 95_00,
    });
  });

  it('from A$ 10,000 on the processing charge is A$ 152', () => {
    const fees = (value: number) => outcomeOf({ ...australia, goods: shirts(value), freight: 0 }).fees;
    expect([fees(1_000_00), fees(1_000_01), fees(9_999_99), fees(10_000_00)]).toEqual([
      0, 95_00, 95_00, 197_00,
    ]);
  });

  it('A$ 1,100 with GST and A$ 5.50 of transport with GST are low-value goods (sellercentral.amazon.com.au)', () => {
    const seller = { taxNumbers: { AU: '51824753556' } };
    // Without GST 1,000.00 and 5.00: 1,005.00 x 10 % = 100.50.
    const outcome = assessed({ ...australia, date, seller, goods: shirts(1_000_00), freight: 5_00 });
    expect(outcome.scheme).toBe('au-vendor');
    expect(sums(outcome).tax).toBe(100_50);
  });
});

describe('the European Union: EUR 3 an item up to EUR 150', () => {
  const union = { to: 'DE', currency: 'EUR' as const, freight: 0 };
  const seller = { ioss: 'IM2760000001' };
  const duty = (...goods: AssessCase['goods']) => outcomeOf({ ...union, seller, goods }).duty;
  const shirt = (description: string, quantity = 1) => ({
    hsCode: '610910',
    value: 10_00,
    quantity,
    description,
  });

  it('five T-shirts are one item; a T-shirt and a watch are two (Commission, as reported by Baker McKenzie)', () => {
    expect(duty(shirt('T-shirt', 5))).toBe(3_00);
    expect(duty(shirt('T-shirt'), { hsCode: '910211', value: 20_00 })).toBe(6_00);
    expect(duty(shirt('T-shirt, navy', 3), shirt('T-shirt, red', 2))).toBe(3_00);
  });

  it('a pen, a book and a hat are three items; four pens and a book are two (dhl.com)', () => {
    const pen = { hsCode: '960810', value: 2_00, description: 'pen' };
    const book = { hsCode: '490199', value: 12_00, description: 'book' };
    const hat = { hsCode: '650500', value: 20_00, description: 'hat' };
    expect(duty(pen, book, hat)).toBe(9_00);
    expect(duty({ ...pen, quantity: 4 }, book)).toBe(6_00);
  });

  it('if the merchant says so, goods with another description are another item', () => {
    const byDescription = { ...seller, switches: { euFlatDutyItem: 'description' } } as const;
    const goods = [shirt('T-shirt, navy', 3), shirt('T-shirt, red', 2)];
    expect(outcomeOf({ ...union, seller: byDescription, goods }).duty).toBe(6_00);
  });

  it('a coat of EUR 140 with EUR 15 of transport: H7, VAT 31.00 (sede.agenciatributaria.gob.es)', () => {
    // Before the flat duty: (140.00 + 15.00) x 20 % = 31.00.
    const coat = { to: 'FR', currency: 'EUR' as const, date: '2026-02-01', seller, freight: 15_00 };
    const outcome = assessed({ ...coat, goods: [{ hsCode: '620240', value: 140_00 }] });
    expect(outcome.dataSet).toBe('EU_H7');
    expect(sums(outcome).tax).toBe(31_00);
  });
});

describe('Great Britain, Ireland, New Zealand, South Africa, Israel', () => {
  it('umbrellas of GBP 10,000 with GBP 500 of transport at 4 %: 420.00 (dhl.com, discover UK guide)', () => {
    const umbrellas = { to: 'GB', currency: 'GBP' as const, freight: 500_00 };
    const rules = rulesWith([tariffLine('gb', '66019990', '4')], []);
    const goods = [{ hsCode: '6601999000', value: 10_000_00 }];
    const own = outcomeOf({ ...umbrellas, goods, rules, seller: { gbVat: 'GB123456789' } });
    // VAT: (10,500.00 + 420.00) x 20 % = 2,184.00.
    expect(own).toEqual({ duty: 420_00, tax: 2_184_00, fees: 0 });
  });

  it('cases of the duty calculator of the UK Trade Tariff (specs of trade-tariff/mcp and trade-tariff-testing)', () => {
    const kingdom = { to: 'GB', currency: 'GBP' as const, seller: { gbVat: 'GB123456789' } };
    const all = tariffLine('gb', '83062100', '12');
    const ofChina = {
      ...tariffLine('gb', '83062100', '5'),
      id: 'example-gb-cn',
      when: { origins: { only: ['CN'] } },
    };
    const goodsOf = (origin: string) => ({
      ...kingdom,
      freight: 0,
      rules: rulesWith([all, ofChina]),
      goods: [{ hsCode: '8306210000', value: 500_00, origin }],
    });
    // The specs use live horses, which are refused here, as food is. 500.00 x 12 % = 60.00; 560.00 x 20 % = 112.00.
    // A rate of one country stands in place of the general one: 25.00 and 105.00.
    expect(outcomeOf(goodsOf('AR'))).toEqual({ duty: 60_00, tax: 112_00, fees: 0 });
    expect(outcomeOf(goodsOf('CN'))).toEqual({ duty: 25_00, tax: 105_00, fees: 0 });
    // (500.00 + 250.00 + 250.00) x 4 % = 40.00; 1,040.00 x 20 % = 208.00.
    const additives = { ...kingdom, goods: [{ hsCode: '3811210027', value: 500_00 }], freight: 500_00 };
    const rules = rulesWith([tariffLine('gb', '38112100', '4')], ['gb-duty-38112100']);
    expect(outcomeOf({ ...additives, rules })).toEqual({ duty: 40_00, tax: 208_00, fees: 0 });
  });

  it('clothing of EUR 200 with EUR 20 of transport at 12 %, Irish VAT of 23 % (moneydoctors.ie)', () => {
    // 220.00 x 12 % = 26.40; 246.40 x 23 % = 56.672 -> 56.67.
    const clothing = { to: 'IE', currency: 'EUR' as const, freight: 20_00 };
    expect(outcomeOf({ ...clothing, goods: [{ hsCode: '61091000', value: 200_00 }] })).toMatchObject({
      duty: 26_40,
      tax: 56_67,
    });
  });

  it('NZD 1,000 with NZD 100 of transport: GST 165 (NZ Customs, fyi.org.nz 657)', () => {
    const seller = { taxNumbers: { NZ: '123456789' } };
    const goods = [{ hsCode: '610910', value: 1_000_00 }];
    expect(outcomeOf({ to: 'NZ', currency: 'NZD', goods, freight: 100_00, seller }).tax).toBe(165_00);
  });

  it('an added tax value of ZAR 10,000 with 20 % of duty: VAT 1,950 (sars.gov.za)', () => {
    // (10,000 x 110 % + 2,000) x 15 % = 1,950.
    const rules = rulesWith([tariffLine('za', '392690', '20')], ['za-duty-392690', 'za-duty-3926']);
    const goods = [{ hsCode: '392690', value: 10_000_00 }];
    expect(outcomeOf({ to: 'ZA', currency: 'ZAR', goods, freight: 0, rules })).toMatchObject({
      duty: 2_000_00,
      tax: 1_950_00,
    });
  });

  it('USD 70 + 10.99 to Israel bear nothing; USD 100 + 15 bear VAT on 115 (unitedxp.co.il)', () => {
    const israel = { to: 'IL', currency: 'USD' as const };
    const of = (value: number, freight: number) =>
      outcomeOf({ ...israel, goods: [{ hsCode: '610910', value }], freight }).tax;
    expect(of(70_00, 10_99)).toBe(0);
    // 115.00 x 18 % = 20.70.
    expect(of(100_00, 15_00)).toBe(20_70);
  });
});
