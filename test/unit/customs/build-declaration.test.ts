import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Charge } from '../../../events/landed-cost.ts';
import { buildDeclaration, type DeclarationInput } from '../../../shared/customs/build-declaration.ts';
import { declarationIdFor, lrnOf } from '../../../shared/customs/declaration-id.ts';
import { exporterAt } from '../../../shared/customs/index.ts';
import { idSchema } from '../../../shared/kernel/ids.ts';
import { address } from '../../builders/details.ts';
import { idOf } from '../../builders/ids.ts';
import { charge, consignment, landedCost, line } from '../../builders/landed-cost.ts';
import { inThreeCartons } from '../../builders/several-cartons.ts';

function input(over: Partial<DeclarationInput> = {}): DeclarationInput {
  const own = over.consignment ?? consignment();
  return {
    lrn: 'LRN1',
    landedCost: landedCost({ consignments: [own] }),
    consignment: own,
    consignee: address(),
    exporter: { name: 'Seller', line1: 'Road 1', city: 'Shenzhen', postalCode: '518000', country: 'CN' },
    seller: { name: 'Seller', importer: { EU: 'DE123456789' }, ioss: 'IM0123456789', gbVat: 'GB123456789' },
    trackingNumber: 'TRACK1',
    ...over,
  };
}

function built(over: Partial<DeclarationInput> = {}) {
  const result = buildDeclaration(input(over));
  if (!result.ok) throw new Error(`incomplete: ${result.error.field}`);
  return result.value;
}

describe('a declaration', () => {
  test('has the amounts, parties and references of the quote', () => {
    expect(built()).toMatchObject({
      ...{ lrn: 'LRN1', dataSet: 'EU_H7', jurisdiction: 'DE', incoterm: 'DDP' },
      declarant: { name: 'Seller', identification: 'DE123456789' },
      fiscalReference: { role: 'FR5', number: 'IM0123456789' },
      transportDocument: { trackingNumber: 'TRACK1', carrier: 'easypost' },
      grossWeightGrams: 360,
      freight: { amountMinor: 600, currency: 'EUR' },
      items: [
        {
          ...{ itemNumber: 1, hsCode: '630260', originCountry: 'IN', quantity: 2, netWeightGrams: 360 },
          packageCount: 1,
          intrinsicValue: { amountMinor: 2400, currency: 'EUR' },
          duty: { amountMinor: 300, currency: 'EUR' },
          tax: { amountMinor: 627, currency: 'EUR' },
        },
      ],
      totals: {
        goods: { amountMinor: 2400 },
        duty: { amountMinor: 300 },
        tax: { amountMinor: 627 },
        fees: { amountMinor: 0 },
      },
    });
  });

  test('joins goods of one subheading and origin to one item if the flat duty was charged so, and no others', () => {
    const lines = [
      line({ lineId: 'line-1', description: 'T-shirt, navy' }),
      line({ lineId: 'line-2', description: 'T-shirt, red' }),
    ];
    const own = consignment({ lines });
    const itemsBy = (euFlatDutyItem: 'subheading' | 'description' | undefined) => {
      const cost = landedCost({ consignments: [own] });
      const switches = { euFlatDutyScope: 'all-distance-sales', iossVatOnRechargedDuty: true } as const;
      const answers = { ...switches, unionHandlingFee: 'pending', euFlatDutyItem } as const;
      const ruleSet = { ...cost.ruleSet, switches: answers };
      return built({ consignment: own, landedCost: { ...cost, ruleSet } }).items;
    };
    expect(itemsBy('subheading')).toMatchObject([
      { description: 'T-shirt, navy; T-shirt, red', quantity: 4 },
    ]);
    expect(itemsBy('description')).toMatchObject([{ quantity: 2 }, { quantity: 2 }]);
    // A quote from before the question was priced by description.
    expect(itemsBy(undefined)).toHaveLength(2);
  });

  test('gives the number of cartons and the weight of each item', () => {
    const { items, transportDocument, grossWeightGrams } = built({ consignment: inThreeCartons() });
    // 500 + 500 + 900 g on the labels.
    expect(grossWeightGrams).toBe(1_900);
    expect(items.map(({ sku, packageCount }) => [sku, packageCount])).toEqual([
      ['TEA-TOWEL', 3],
      ['LAMP', 1],
    ]);
    expect(transportDocument.trackingNumber).toBe('TRACK1');
  });

  test('has the whole address of each party', () => {
    const home = {
      ...{ name: 'Jo Doe', company: 'Acme c/o Front Desk', line1: '350 5th Ave', line2: 'Suite 3300' },
      ...{ city: 'New York', region: 'NY', postalCode: '10001', country: 'US' },
    };
    const seat = {
      line1: 'Hafenstrasse 1',
      line2: 'Haus B',
      city: 'Hamburg',
      postalCode: '20457',
      country: 'DE',
    };
    const store = {
      ...home,
      line1: 'Bonded Road 9',
      line2: 'Gate 4',
      city: 'Reno',
      region: 'NV',
      postalCode: '89501',
    };
    const declaration = inUnitedStates({
      consignee: { ...home, taxId: '12-3456789' },
      exporter: exporterAt({ address: store }, { name: 'Seller' }),
      seller: { name: 'Seller', address: seat, importer: { US: '98-7654321XX' } },
    });
    expect(declaration.consignee).toEqual({ ...home, identification: expect.any(String) });
    const { name: _name, company: _company, ...place } = store;
    expect(declaration.exporter).toEqual({ ...place, name: 'Seller' });
    const merchant = { name: 'Seller', identification: '98-7654321XX', address: seat };
    expect(declaration).toMatchObject({ importer: merchant, declarant: merchant });
  });

  const inUnitedStates = (over: Partial<DeclarationInput>, incoterm: 'DDP' | 'DAP' = 'DDP') => {
    const own = over.consignment ?? usParcel('US_TYPE_11');
    const cost = { ...landedCost({ consignments: [own], destination: { country: 'US' } }), incoterm };
    const consignee = address({ country: 'US', postalCode: '10001' });
    return built({ consignment: own, landedCost: cost, consignee, ...over });
  };
  const usParcel = (dataSet: string) =>
    consignment({ dataSet, scheme: 'import', regime: 'us', lines: [line({ hsCode: '6302600020' })] });
  const registered = { name: 'Seller', importer: { US: '98-7654321XX' } };

  test('names the merchant as importer in the United States where it has a number there and pays the duty', () => {
    expect(inUnitedStates({ seller: registered }).importer).toMatchObject({ identification: '98-7654321XX' });
    expect(inUnitedStates({ seller: registered }, 'DAP').importer).toBeUndefined();
    expect(inUnitedStates({ seller: { name: 'Seller', importer: {} } }).importer).toBeUndefined();
    expect(built().importer).toBeUndefined();
  });

  test('is not a formal entry without the number of the importer', () => {
    const formal = { consignment: usParcel('US_TYPE_01') };
    expect(inUnitedStates({ ...formal, seller: registered }).dataSet).toBe('US_TYPE_01');
    const without = { ...formal, seller: { name: 'Seller', importer: {} } };
    expect(() => inUnitedStates(without)).toThrow('incomplete: seller.importer.US');
    const consignee = address({ country: 'US', postalCode: '10001', taxId: '12-3456789' });
    expect(inUnitedStates({ ...without, consignee }, 'DAP').consignee.identification).toBeDefined();
  });

  test('combines goods with the same subheading, description and origin', () => {
    const lines = [
      line({ lineId: '1', hsCode: '63026000' }),
      line({ lineId: '2', hsCode: '63026010', quantity: 1, goodsValue: { amount: 1200, currency: 'EUR' } }),
      line({ lineId: '3', originCountry: 'CN' }),
    ];
    const items = built({ consignment: consignment({ lines }) }).items;
    expect(items.map(({ quantity, originCountry }) => [quantity, originCountry])).toEqual([
      [3, 'IN'],
      [2, 'CN'],
    ]);
    expect(items[0]).toMatchObject({ hsCode: '630260', netWeightGrams: 540, duty: { amountMinor: 300 } });
  });

  test('keeps longer codes separate if the data set accepts them', () => {
    const lines = [line({ hsCode: '63026000' }), line({ lineId: '2', hsCode: '63026010' })];
    const own = consignment({ lines, dataSet: 'EU_H1', scheme: 'import-vat' });
    expect(built({ consignment: own }).items.map(({ hsCode }) => hsCode)).toEqual(['63026000', '63026010']);
  });

  test('shows under DAP what the consignee will pay', () => {
    const charges = consignment().charges.map((each) =>
      each.kind === 'duty' || each.kind === 'tax' ? { ...each, collectedOnDelivery: true } : each,
    );
    expect(built({ consignment: consignment({ charges }) }).totals).toMatchObject({
      duty: { amountMinor: 300 },
      tax: { amountMinor: 627 },
    });
  });

  test('gives the number under which VAT was charged, in the United Kingdom', () => {
    const own = consignment({ dataSet: 'GB_H7', scheme: 'supply-vat', regime: 'gb' });
    expect(built({ consignment: own }).fiscalReference).toEqual({ role: 'FR1', number: 'GB123456789' });
  });

  test('gives the number under which tax was charged, and the consignee’s number, in other countries', () => {
    const own = consignment({ dataSet: 'IMPORT_STANDARD', scheme: 'import', regime: 'kr' });
    const cost = landedCost({ consignments: [own], destination: { country: 'KR' } });
    const consignee = address({ country: 'KR', postalCode: '04524', taxId: 'p123456789012' });
    const declaration = built({ consignment: own, landedCost: cost, consignee });
    expect(declaration).toMatchObject({ dataSet: 'IMPORT_STANDARD', jurisdiction: 'KR' });
    expect(declaration.consignee.identification).toBe('P123456789012');
    expect(declaration.declarant.identification).toBeUndefined();
    expect(declaration.fiscalReference).toBeUndefined();

    const vendor = consignment({ dataSet: 'IMPORT_LOW_VALUE', scheme: 'ch-vendor', regime: 'ch' });
    const taxed = built({
      consignment: vendor,
      landedCost: landedCost({ consignments: [vendor], destination: { country: 'LI' } }),
      consignee: address({ country: 'LI', postalCode: '9490' }),
      seller: { name: 'Seller', importer: {}, taxNumbers: { CH: 'CHE-123.456.788 MWST' } },
    });
    expect(taxed.fiscalReference).toEqual({ role: 'FR1', number: 'CHE-123.456.788 MWST' });
  });
});

describe('missing data is named by field, and no value is shown', () => {
  const elsewhere = (over: Parameters<typeof consignment>[0] = {}) =>
    consignment({ dataSet: 'IMPORT_STANDARD', scheme: 'import', ...over });
  const withoutCode = (() => {
    const { postalCode: _, ...rest } = address();
    return rest;
  })();

  test.each([
    ['dataSet', { consignment: consignment({ dataSet: 'JP_X' }) }],
    ['seller', { seller: undefined }],
    ['seller.ioss', { seller: { name: 'Seller', importer: {} } }],
    ['seller.name', { seller: { name: ' ', importer: {}, ioss: 'IM0123456789' } }],
    ['consignee.postalCode', { consignee: withoutCode }],
    ['items.1.hsCode', { consignment: consignment({ lines: [line({ hsCode: '6302' })] }) }],
    ['items.1.hsCode', { consignment: elsewhere({ lines: [line({ hsCode: '63026' })] }) }],
    ['seller.taxNumbers', { consignment: elsewhere({ scheme: 'no-vendor' }) }],
    ['consignee.taxId', { consignment: elsewhere(), consignee: address({ country: 'BR' }) }],
    ['items.1.description', { consignment: consignment({ lines: [line({ description: ' ' })] }) }],
    ['items.1.hsCode', { consignment: consignment({ dataSet: 'US_TYPE_11', scheme: 'informal-entry' }) }],
  ] as const)('%s', (field, over) => {
    expect(buildDeclaration(input(over))).toEqual({ ok: false, error: { field } });
  });

  test('an address in a country without postal codes needs no postal code', () => {
    const consignee = { ...withoutCode, country: 'HK' };
    expect(buildDeclaration(input({ consignee })).ok).toBe(true);
  });
});

describe('the amounts of a declaration', () => {
  const amount = fc.integer({ min: 0, max: 100_000 });
  const money = (value: number) => ({ amount: value, currency: 'EUR' as const });

  const priced = fc
    .array(
      fc.record({
        hs: fc.constantFrom('630260', '610910', '330499'),
        origin: fc.constantFrom('CN', 'IN'),
        goods: fc.integer({ min: 1, max: 100_000 }),
        duty: amount,
        tax: amount,
      }),
      { minLength: 1, maxLength: 6 },
    )
    .chain((rows) =>
      fc.record({ rows: fc.constant(rows), common: fc.record({ duty: amount, tax: amount, fee: amount }) }),
    );

  test('are those of the quote to the minor unit, for any combination of lines', () => {
    fc.assert(
      fc.property(priced, ({ rows, common }) => {
        const lines = rows.map(({ hs, origin, goods }, index) =>
          line({
            ...{ lineId: String(index), hsCode: hs, originCountry: origin, goodsValue: money(goods) },
            description: `goods of ${hs}`,
          }),
        );
        const charges: Charge[] = [
          ...rows.flatMap(({ duty, tax }, index) => [
            charge({ kind: 'duty', lineId: String(index), amount: money(duty) }),
            charge({ kind: 'tax', lineId: String(index), amount: money(tax) }),
          ]),
          charge({ kind: 'duty', amount: money(common.duty) }),
          charge({ kind: 'tax', amount: money(common.tax) }),
          charge({ kind: 'fee', amount: money(common.fee) }),
        ];
        const { items, totals } = built({ consignment: consignment({ lines, charges }) });
        const charged = (kind: Charge['kind']) =>
          charges.filter((each) => each.kind === kind).reduce((all, each) => all + each.amount.amount, 0);
        const declared = (of: 'duty' | 'tax' | 'intrinsicValue') =>
          items.reduce((all, item) => all + item[of].amountMinor, 0);

        expect(totals.duty.amountMinor).toBe(charged('duty'));
        expect(totals.tax.amountMinor).toBe(charged('tax'));
        expect(totals.fees.amountMinor).toBe(charged('fee'));
        expect(declared('duty')).toBe(charged('duty'));
        expect(declared('tax')).toBe(charged('tax'));
        expect(declared('intrinsicValue')).toBe(rows.reduce((all, { goods }) => all + goods, 0));
        expect(totals.goods.amountMinor).toBe(declared('intrinsicValue'));
        if (common.duty === 0 && common.tax === 0) {
          for (const item of items) {
            const own = rows.filter(({ hs, origin }) => hs === item.hsCode && origin === item.originCountry);
            expect(item.duty.amountMinor).toBe(own.reduce((all, { duty }) => all + duty, 0));
            expect(item.tax.amountMinor).toBe(own.reduce((all, { tax }) => all + tax, 0));
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('reference numbers', () => {
  test('depend on the parcel and the attempt, so that a repeated call files the same declaration', () => {
    const first = declarationIdFor(idOf('parcel', 1), 1);
    expect(declarationIdFor(idOf('parcel', 1), 1)).toBe(first);
    expect(idSchema('declaration').safeParse(first).success).toBe(true);
    const others = [declarationIdFor(idOf('parcel', 1), 2), declarationIdFor(idOf('parcel', 2), 1)];
    expect(new Set([first, ...others].map(lrnOf)).size).toBe(3);
  });

  test('have the 22 characters that the data element takes', () => {
    expect(lrnOf(declarationIdFor(idOf('parcel', 1), 1))).toMatch(/^[0-9A-Z]{22}$/);
  });
});
