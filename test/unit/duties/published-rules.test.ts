import { describe, expect, it } from 'vitest';
import { assess, assessed, sums } from '../../builders/assess.ts';

describe('the EU', () => {
  const base = { to: 'DE', currency: 'EUR', date: '2026-08-15' } as const;
  const shirtAndCase = [
    { hsCode: '610910', value: 40_00 },
    { hsCode: '392690', value: 15_00 },
  ];

  it('charges EUR 3 a declaration line under IOSS up to EUR 150, as part of the value for VAT', () => {
    // Two tariff lines: duty 2 x 3.00 = 6.00. VAT: (55.00 + 5.00 + 6.00) x 19 % = 66.00 x 0.19 = 12.54.
    const outcome = assessed({ ...base, goods: shirtAndCase, freight: 5_00 });
    expect(outcome).toMatchObject({ scheme: 'ioss', dataSet: 'EU_H7' });
    expect(sums(outcome)).toEqual({ duty: 6_00, tax: 12_54, fees: 0 });
  });

  it('counts several lines as one if goods, description and origin are the same', () => {
    // T-shirt twice, once from China and once from Bangladesh: two items, 6.00. The same twice from China: one, 3.00.
    const shirt = { hsCode: '610910', value: 10_00, description: 'shirt' };
    expect(sums(assessed({ ...base, goods: [shirt, { ...shirt, origin: 'BD' }], freight: 0 })).duty).toBe(
      6_00,
    );
    expect(sums(assessed({ ...base, goods: [shirt, shirt], freight: 0 })).duty).toBe(3_00);
  });

  it.each([
    ['2026-06-30', 0], // the relief of EUR 150 is in force to the end of June (Reg. (EC) 1186/2009 Art. 23)
    ['2026-07-01', 3_00], // Reg. (EU) 2026/382
    ['2028-06-30', 3_00],
  ])('on %s, one line up to EUR 150 bears %i cents of duty', (date, duty) => {
    expect(
      sums(assessed({ ...base, date, goods: [{ hsCode: '610910', value: 20_00 }], freight: 0 })).duty,
    ).toBe(duty);
  });

  it('applies the threshold to EUR 150.00, and the tariff on the CIF value to EUR 150.01', () => {
    const goods = (value: number) => [{ hsCode: '42022100', value }];
    expect(assessed({ ...base, goods: goods(150_00), freight: 20_00 }).scheme).toBe('ioss');
    const over = assessed({ ...base, goods: goods(150_01), freight: 20_00 });
    expect(over).toMatchObject({ scheme: 'import-vat', dataSet: 'EU_H1' });
    // CIF 170.01 x 3 % = 5.1003 -> 5.10; VAT (170.01 + 5.10) x 19 % = 175.11 x 0.19 = 33.2709 -> 33.27.
    expect(sums(over)).toEqual({ duty: 5_10, tax: 33_27, fees: 0 });
  });

  it('charges duty and VAT on a leather handbag of EUR 200 with EUR 20 of freight', () => {
    // CV 220.00 x 3 % = 6.60; VAT 226.60 x 19 % = 43.054 -> 43.05.
    expect(
      sums(assessed({ ...base, goods: [{ hsCode: '42022100', value: 200_00 }], freight: 20_00 })),
    ).toEqual({ duty: 6_60, tax: 43_05, fees: 0 });
  });

  it('charges no duty and needs no declaration for goods from a warehouse in the EU, only the VAT', () => {
    // (55.00 + 5.00) x 19 % = 11.40; to France 20 % = 12.00.
    const here = { ...base, from: 'PL', goods: shirtAndCase, freight: 5_00 };
    const outcome = assessed(here);
    expect(outcome.dataSet).toBeUndefined();
    expect(sums(outcome)).toEqual({ duty: 0, tax: 11_40, fees: 0 });
    expect(sums(assessed({ ...here, to: 'FR' })).tax).toBe(12_00);
  });

  it('adds the national fees of Romania, France and Italy from their first days', () => {
    const one = { ...base, goods: [{ hsCode: '610910', value: 20_00 }], freight: 0 };
    // France: EUR 2 a line from 2026-03-01.
    expect(sums(assessed({ ...one, to: 'FR', date: '2026-02-28' })).fees).toBe(0);
    expect(sums(assessed({ ...one, to: 'FR', date: '2026-03-01' })).fees).toBe(2_00);
    // Italy: EUR 2 a parcel from 2026-07-01.
    expect(sums(assessed({ ...one, to: 'IT', date: '2026-06-30' })).fees).toBe(0);
    expect(sums(assessed({ ...one, to: 'IT', date: '2026-07-01' })).fees).toBe(2_00);
  });

  it('charges 79 % anti-dumping duty on porcelain of China over EUR 150, and refuses it up to EUR 150', () => {
    const plates = (value: number) => ({ ...base, goods: [{ hsCode: '69111000', value }], freight: 20_00 });
    expect(assess(plates(150_00))).toMatchObject({ reason: 'trade-defence' });
    // CIF 220.00: 12 % = 26.40; 79 % = 173.80; VAT (220.00 + 26.40 + 173.80) x 19 % = 79.838 -> 79.84.
    expect(sums(assessed(plates(200_00)))).toEqual({ duty: 200_20, tax: 79_84, fees: 0 });
  });

  it('charges 4.5 % on watches, with a minimum of EUR 0.30 and a maximum of EUR 0.80 each', () => {
    const watches = (value: number, quantity: number) => {
      const goods = [{ hsCode: '91021100', value, quantity }];
      return sums(assessed({ ...base, goods, freight: 0 })).duty;
    };
    // 200.00 x 4.5 % = 9.00, at most 0.80 a piece: one bears 0.80, ten bear 8.00; 4.5 % of 200.00 spread on
    // forty is 0.225 each, so at least 40 x 0.30 = 12.00; on twenty it is between, 9.00.
    expect([1, 10, 20, 40].map((quantity) => watches(200_00, quantity))).toEqual([80, 8_00, 9_00, 12_00]);
  });

  it('refuses goods that an anti-dumping duty may cover, goods without a rate, and codes that are too short', () => {
    const over = (hsCode: string) => assess({ ...base, goods: [{ hsCode, value: 200_00 }], freight: 0 });
    expect(over('87116010')).toMatchObject({ reason: 'trade-defence' });
    expect(over('99999999')).toMatchObject({ reason: 'unclassified', lineId: 'line-1' });
    expect(over('420221')).toMatchObject({ reason: 'unclassified', lineId: 'line-1' });
  });

  it('checks the threshold in euros for every shopper’s currency, and charges in the shopper’s currency', () => {
    // GBP 0.88 for a euro: GBP 44.00 = EUR 50.00; duty EUR 3.00 = GBP 2.64; VAT EUR 53.00 x 19 % = 10.07 = GBP 8.8616
    // -> 8.86.
    const outcome = assessed({
      ...base,
      currency: 'GBP',
      rates: { EUR: '1', GBP: '0.88' },
      goods: [{ hsCode: '610910', value: 44_00 }],
      freight: 0,
    });
    expect(outcome.deMinimis[0]?.value).toEqual({ amount: 50_00, currency: 'EUR' });
    expect(sums(outcome)).toEqual({ duty: 2_64, tax: 8_86, fees: 0 });
  });
});

describe('Great Britain', () => {
  const base = { to: 'GB', currency: 'GBP', date: '2026-11-23' } as const;

  it('charges VAT at the sale up to GBP 135, and no duty', () => {
    // (50.00 + 4.99) x 20 % = 10.998 -> 11.00.
    const outcome = assessed({ ...base, goods: [{ hsCode: '610910', value: 50_00 }], freight: 4_99 });
    expect(outcome).toMatchObject({ scheme: 'supply-vat', dataSet: 'GB_H7' });
    expect(sums(outcome)).toEqual({ duty: 0, tax: 11_00, fees: 0 });
  });

  it('applies the relief to GBP 135.00, and charges duty and import VAT on the CIF value of GBP 135.01', () => {
    const goods = (value: number) => [{ hsCode: '61091000', value }];
    expect(assessed({ ...base, goods: goods(135_00), freight: 10_00 }).scheme).toBe('supply-vat');
    // CIF 145.01 x 12 % = 17.4012 -> 17.40; VAT (145.01 + 17.40) x 20 % = 32.482 -> 32.48.
    const over = assessed({ ...base, goods: goods(135_01), freight: 10_00 });
    expect(over).toMatchObject({ scheme: 'import-vat', dataSet: 'GB_H1' });
    expect(sums(over)).toEqual({ duty: 17_40, tax: 32_48, fees: 0 });
  });

  it('zero-rates books, excludes perfume from the relief, and needs a VAT number up to GBP 135', () => {
    expect(sums(assessed({ ...base, goods: [{ hsCode: '49019900', value: 50_00 }], freight: 0 })).tax).toBe(
      0,
    );
    // Outside the relief of duty, so that the full declaration is filed, at a rate of 0 %.
    expect(assess({ ...base, goods: [{ hsCode: '33030010', value: 50_00 }], freight: 0 })).toMatchObject({
      scheme: 'supply-vat',
      dataSet: 'GB_H1',
    });
    expect(
      assess({ ...base, seller: {}, goods: [{ hsCode: '610910', value: 50_00 }], freight: 0 }),
    ).toMatchObject({ reason: 'not-registered' });
  });

  it('charges only VAT for goods from a warehouse in the country, and needs no declaration', () => {
    // (200.00 + 5.00) x 20 % = 41.00, at any value over the import threshold.
    const outcome = assessed({
      ...base,
      from: 'GB',
      goods: [{ hsCode: '610910', value: 200_00 }],
      freight: 5_00,
    });
    expect(outcome.dataSet).toBeUndefined();
    expect(sums(outcome)).toEqual({ duty: 0, tax: 41_00, fees: 0 });
  });
});

describe('the United States', () => {
  const base = { to: 'US', currency: 'USD', freight: 12_00 } as const;
  const shirts = [{ hsCode: '6109100012', value: 60_00 }];

  it('charges column 1, Section 301 and forced labour on the FOB value of two cotton T-shirts of China', () => {
    // 60.00 x 16.5 % = 9.90; x 7.5 % = 4.50; x 12.5 % = 7.50; together 21.90. MPF informal 2.77 from 2026-10-01.
    const outcome = assessed({ ...base, date: '2026-12-01', goods: shirts });
    expect(outcome).toMatchObject({ scheme: 'informal-entry', dataSet: 'US_TYPE_11' });
    expect(outcome.charges.filter(({ kind }) => kind === 'duty').map(({ amount }) => amount.amount)).toEqual([
      9_90, 4_50, 7_50,
    ]);
    expect(sums(outcome)).toEqual({ duty: 21_90, tax: 0, fees: 2_77 });
  });

  it.each([
    ['2025-04-30', 0], // within USD 800 a person and day
    ['2026-02-01', 26_40], // 16.5 + 7.5 + IEEPA 10 + 10 = 44 %
    ['2026-03-15', 20_40], // 16.5 + 7.5 + Section 122 10 = 34 %
    ['2026-07-23', 20_40],
    ['2026-07-24', 21_90], // Section 301 forced labour 12.5 in the place of Section 122
  ])('on %s, the same goods bear %i cents of duty', (date, duty) => {
    expect(sums(assessed({ ...base, date, goods: shirts })).duty).toBe(duty);
  });

  it('charges another fee for informal entries from 2026-10-01, and needs a formal entry over USD 2,500', () => {
    expect(sums(assessed({ ...base, date: '2026-09-30', goods: shirts })).fees).toBe(2_69);
    expect(sums(assessed({ ...base, date: '2026-10-01', goods: shirts })).fees).toBe(2_77);
    const seller = { importer: { US: '98-7654321XX' } };
    const costly = (value: number) =>
      assessed({ ...base, seller, date: '2026-12-01', goods: [{ hsCode: '6109100012', value }] });
    expect(costly(2_500_00).scheme).toBe('informal-entry');
    expect(costly(2_500_01).scheme).toBe('formal-entry');
    // 2,500.01 x 0.3464 % = 8.66, lifted to the least of 34.58.
    expect(sums(costly(2_500_01)).fees).toBe(34_58);
  });

  it('limits the forced-labour duty of Japan and the EU to the difference between its cap and column 1', () => {
    // A toy of Japan, column 1 free: 40.00 x 12.5 % = 5.00. A T-shirt of Germany, column 1 16.5 % is over 10: nothing
    // more.
    expect(
      sums(
        assessed({
          ...base,
          date: '2026-12-01',
          goods: [{ hsCode: '9503000073', value: 40_00, origin: 'JP' }],
        }),
      ).duty,
    ).toBe(5_00);
    expect(
      sums(
        assessed({
          ...base,
          date: '2026-12-01',
          goods: [{ hsCode: '6109100012', value: 100_00, origin: 'DE' }],
        }),
      ).duty,
    ).toBe(16_50);
  });

  it('charged USD 80 an item on mail from Britain until 2026-02-28, then 10 % until 2026-07-23', () => {
    const mail = {
      ...base,
      channel: 'post' as const,
      goods: [{ hsCode: '6109100012', value: 60_00, origin: 'GB' }],
    };
    expect(sums(assessed({ ...mail, freight: 12_00, date: '2025-10-01' })).duty).toBe(80_00);
    expect(sums(assessed({ ...mail, freight: 12_00, date: '2026-02-28' })).duty).toBe(80_00);
    // 60.00 x 10 % = 6.00.
    expect(sums(assessed({ ...mail, freight: 12_00, date: '2026-03-01' })).duty).toBe(6_00);
  });

  it('charges no tax at the border and says so, and refuses vehicles under Section 232', () => {
    const outcome = assessed({ ...base, date: '2026-12-01', goods: shirts });
    expect(outcome.deMinimis.find(({ on }) => on === 'tax')?.explanation).toContain('sales tax');
    expect(
      assess({ ...base, date: '2026-12-01', goods: [{ hsCode: '8703230190', value: 50_00 }] }),
    ).toMatchObject({ reason: 'trade-defence' });
  });
});

describe('every charge', () => {
  it('names its rule, its law and its formula', () => {
    for (const { to, currency } of [
      { to: 'DE', currency: 'EUR' },
      { to: 'GB', currency: 'GBP' },
      { to: 'US', currency: 'USD' },
    ] as const) {
      const { charges } = assessed({
        to,
        currency,
        date: '2026-12-01',
        goods: [{ hsCode: '6109100012', value: 60_00 }],
        freight: 5_00,
      });
      for (const charge of charges) {
        expect(charge.ruleId).not.toBe('');
        expect(charge.legalReference).not.toBe('');
        expect(charge.formula).not.toBe('');
        expect(charge.owedTo).toBeDefined();
      }
    }
  });

  it('under DAP is paid on delivery if it is due at the border, and at the sale if it is due at the sale', () => {
    const dap = {
      currency: 'EUR',
      incoterm: 'DAP',
      date: '2026-12-01',
      goods: [{ hsCode: '42022100', value: 200_00 }],
      freight: 0,
    } as const;
    expect(
      assessed({ ...dap, to: 'DE' }).charges.every(({ collectedOnDelivery }) => collectedOnDelivery === true),
    ).toBe(true);
    expect(
      assessed({ ...dap, to: 'DE', from: 'PL' }).charges.some(
        ({ collectedOnDelivery }) => collectedOnDelivery === true,
      ),
    ).toBe(false);
  });
});
