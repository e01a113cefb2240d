import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Declaration } from '../../../shared/customs/broker.ts';
import { buildDeclaration } from '../../../shared/customs/brokers/broker/build-declaration.ts';
import { declarations } from '../../../shared/customs/brokers/broker/fixtures/declarations.ts';
import { writeManufacturerId } from '../../../shared/customs/brokers/broker/manufacturer-id.ts';
import { money } from '../../../shared/kernel/money.ts';

const declarant = { eori: 'DE123456789012345' };

function given(dataSet: Declaration['dataSet'], more: Partial<Declaration> = {}): Declaration {
  const found = declarations.find((one) => one.dataSet === dataSet);
  if (found === undefined) throw new Error(`no declaration ${dataSet}`);
  return { ...found, ...more };
}
const filedAt = '2026-11-23T12:00:00.000Z';
const build = (dataSet: Declaration['dataSet'], more: Partial<Declaration> = {}, at = filedAt) =>
  buildDeclaration(given(dataSet, more), declarant, at);

describe('EU H7', () => {
  it('under IOSS: has F48, FR5 with the number, six digits, the duty, and no VAT to pay at the border', () => {
    expect(build('EU_H7')).toMatchObject({
      dataSet: 'EU_H7',
      jurisdiction: 'DE',
      declarationType: 'IM',
      additionalDeclarationType: 'D',
      declarant: { id: 'DE123456789012345' },
      additionalFiscalReferences: [{ role: 'FR5', id: 'IM2760000001' }],
      transportDocument: { type: 'N750', reference: 'RB123456785CN' },
      transportCosts: { amountMinor: 500, currency: 'EUR' },
      totalGrossMassGrams: 700,
      items: [
        {
          itemNumber: 1,
          commodityCode: '610910',
          additionalProcedures: ['F48'],
          intrinsicValue: { amountMinor: 2_500, currency: 'EUR' },
          grossMassGrams: 467,
          charges: [{ type: 'A00', amount: { amountMinor: 300, currency: 'EUR' } }],
        },
        { itemNumber: 2, commodityCode: '691200', grossMassGrams: 233 },
      ],
    });
  });

  it.each([
    // Summer time in Brussels: July begins at 22:00 UTC on 30 June.
    ['2026-06-30T21:59:59.000Z', ['C07', 'F48'], ['C07']],
    ['2026-06-30T22:00:00.000Z', ['F48'], ['F53']],
  ])('filed at %s claims the relief of duty only before the flat duty', (at, underIoss, otherwise) => {
    expect(build('EU_H7', {}, at).items[0]?.additionalProcedures).toEqual(underIoss);
    expect(build('EU_H7', { fiscalReference: undefined }, at).items[0]?.additionalProcedures).toEqual(
      otherwise,
    );
  });

  it('without IOSS: has F53, and VAT in addition to the duty', () => {
    const built = build('EU_H7', { fiscalReference: undefined });
    expect(built).not.toHaveProperty('additionalFiscalReferences');
    expect(built.items[0]).toMatchObject({ additionalProcedures: ['F53'] });
    expect(built.items[0]?.charges.map(({ type }) => type)).toEqual(['A00', 'B00']);
  });
});

describe('H1', () => {
  it.each(['EU_H1', 'GB_H1'] as const)(
    '%s: procedure, transaction value, both masses, duty and VAT',
    (set) => {
      expect(build(set).items[0]).toMatchObject({
        commodityCode: '6109100010',
        procedure: '4000',
        additionalProcedures: ['000'],
        valuationMethod: '1',
        itemPrice: { amountMinor: 2_500 },
        netMassGrams: 400,
        countryOfOrigin: 'CN',
        charges: [{ type: 'A00' }, { type: 'B00' }],
      });
    },
  );
});

describe('EU H1', () => {
  it('marks the items that bear the flat duty', () => {
    const [first, second] = given('EU_H1').items;
    if (first === undefined || second === undefined) throw new Error('two items');
    const { items } = build('EU_H1', { items: [{ ...first, bearsFlatDuty: true }, second] });
    expect(items.map(({ preference }) => preference)).toEqual(['500', undefined]);
  });
});

describe('GB H7', () => {
  it('has the seller’s VAT number as fiscal reference, and no VAT to pay at the border', () => {
    const built = build('GB_H7');
    expect(built.additionalFiscalReferences).toEqual([{ role: 'FR5', id: 'GB123456789' }]);
    expect(built.items[0]).toMatchObject({ additionalProcedures: ['C07'], charges: [{ type: 'A00' }] });
  });
});

describe('US entries', () => {
  it('names us as importer of record if the goods are delivered duty paid, and shows the fee separately', () => {
    expect(build('US_TYPE_11')).toMatchObject({
      importer: { name: 'Entrepot GmbH', id: '98-7654321XX', address: { line1: 'Hafenstrasse 1' } },
      consignee: { name: 'Ada Sample', address: { line1: '1 Main Street' } },
      countryOfDispatch: 'CN',
      items: [{ commodityCode: '6109100010', manufacturerId: 'CNSUNTRA1201SHE' }, {}],
      charges: [{ type: '499', amount: { amountMinor: 222, currency: 'USD' } }],
    });
  });

  it('names the consignee as importer of record otherwise, with the whole address', () => {
    const { importer, consignee } = build('US_TYPE_01');
    expect(importer).toEqual({
      ...{ name: 'Ada Sample', company: 'Sample Works', id: '12-3456789XX' },
      address: {
        ...{ line1: '1 Main Street', line2: 'Suite 3300', city: 'Reno', region: 'NV' },
        ...{ postalCode: '89501', country: 'US' },
      },
    });
    expect(consignee).toEqual(importer);
  });
});

describe('every data set', () => {
  it.each(declarations.map(({ dataSet }) => dataSet))(
    '%s: declares the amounts of the declaration',
    (dataSet) => {
      const declaration = given(dataSet);
      const built = buildDeclaration(declaration, declarant, filedAt);
      const values = built.items.map((item) => item.intrinsicValue ?? item.itemPrice);
      const goods = values.reduce((sum, value) => sum + (value?.amountMinor ?? 0), 0);
      expect(goods).toBe(declaration.totals.goods.amountMinor);
      expect(built.invoice.total.amountMinor).toBe(goods);
      const duty = built.items
        .flatMap((item) => item.charges)
        .filter(({ type }) => type === 'A00' || type === 'DUTY');
      expect(duty.reduce((sum, { amount }) => sum + amount.amountMinor, 0)).toBe(
        declaration.totals.duty.amountMinor,
      );
    },
  );

  it('shares the whole gross mass among the items', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 30_000 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 0, max: 5_000 }),
        (netGrams, packagingGrams) => {
          const [item] = given('EU_H7').items;
          if (item === undefined) throw new Error('no item');
          const items = netGrams.map((netWeightGrams, index) => ({
            ...item,
            itemNumber: index + 1,
            netWeightGrams,
          }));
          const grossWeightGrams = netGrams.reduce((sum, one) => sum + one, 0) + packagingGrams;
          const built = build('EU_H7', { items, grossWeightGrams });
          expect(built.items.reduce((sum, one) => sum + one.grossMassGrams, 0)).toBe(grossWeightGrams);
          for (const one of built.items) expect(one.grossMassGrams).toBeGreaterThanOrEqual(one.netMassGrams);
        },
      ),
    );
  });

  it('prefers the EORI number of the declaration to ours', () => {
    const own = { name: 'Marketplace SE', identification: 'FR00000000001' };
    expect(build('EU_H7', { declarant: own }).declarant).toEqual({
      name: 'Marketplace SE',
      id: 'FR00000000001',
    });
  });

  it('leaves out charges of zero', () => {
    const items = given('EU_H1').items.map((item) => ({ ...item, duty: money(0, 'EUR') }));
    const types = build('EU_H1', { items }).items.flatMap(({ charges }) => charges.map(({ type }) => type));
    expect(types).toEqual(['B00', 'B00']);
  });

  it('declares an air waybill for a number that is not a postal number', () => {
    const transportDocument = { trackingNumber: '1234567890', carrier: 'DHLExpress' };
    expect(build('GB_H7', { transportDocument }).transportDocument.type).toBe('N740');
  });
});

describe('the manufacturer’s identification', () => {
  it.each([
    ['Quaker Steel Company', '1 Main St 256', 'Budapest', 'HU', 'HUQUASTE256BUD'],
    ['The Gärtner & Söhne', 'Weg 12', 'Köln', 'DE', 'DEGARSOH12KOL'],
    ['A B C', 'Plaza', 'Lima', 'PE', 'PEBCLIM'],
    ['Sunrise', '88 Road 123456', 'Xi’an', 'CN', 'CNSUN1234XIA'],
  ])('of %s', (name, line1, city, country, expected) => {
    expect(writeManufacturerId({ name, line1, city, country })).toBe(expected);
  });
});
