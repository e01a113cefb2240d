import { describe, expect, it } from 'vitest';
import { productSchema, sellerSchema } from '../../../shared/catalogue/index.ts';
import { productComplianceSchema } from '../../../shared/restrictions/index.ts';

const product = {
  sku: 'TABLET-10',
  description: 'Tablet computer, 10 inch',
  hsCode: '847130',
  originCountry: 'CN',
  unitWeightGrams: 520,
  dimensions: { lengthMm: 250, widthMm: 170, heightMm: 30 },
  prices: [{ amount: 19_900, currency: 'EUR' }],
};
const certificate = {
  productId: 'T-10',
  rulesCited: ['16 CFR 1250'],
  manufacturedOn: '2026-03',
  manufacturedAt: { country: 'CN', place: 'Shantou' },
  testedOn: '2026-04-02',
  testedAt: { country: 'CN', place: 'Shenzhen' },
  laboratory: 'CPSC 1234',
  recordsContact: { name: 'Quality', postalAddress: '1 Sample Street', email: 'q@example.com' },
};
const document = (over: object) => ({ documents: [{ type: 'us-cpc', reference: 'CPC-1', ...over }] });

/** The paths of the errors. */
const wrong = (compliance: unknown) =>
  productComplianceSchema.safeParse(compliance).error?.issues.map(({ path }) => path.join('.')) ?? [];

describe('compliance data of a product', () => {
  it('may be absent, so that products stored earlier can still be read', () => {
    expect(productSchema.parse(product)).toEqual(product);
    expect(wrong({})).toEqual([]);
  });

  it('are stored as they were given', () => {
    const compliance = {
      dangerousGoods: {
        unNumber: 'UN3481',
        packing: 'contained-in',
        batteryMilliwattHours: 28_500,
        batteryCount: 1,
        cellCount: 2,
      },
      radio: true,
      electrical: true,
      identifiers: { manufacturer: 'TB-10X', gtin: '4006381333931' },
      documents: [
        { type: 'un383-test-summary', reference: 'TS-77', issuer: 'Lab', validUntil: '2028-12-31' },
        { type: 'fcc-id', reference: '2ABCD-TB10X' },
        { type: 'us-cpc', reference: 'CPC-1', certificate },
      ],
    };
    expect(productSchema.parse({ ...product, compliance }).compliance).toEqual(compliance);
  });

  it.each([
    ['an unknown field', { lithium: true }, ''],
    ['a UN number without its letters', { dangerousGoods: { unNumber: '3480' } }, 'dangerousGoods.unNumber'],
    ['UN3481 of unknown packing', { dangerousGoods: { unNumber: 'UN3481' } }, 'dangerousGoods.packing'],
    [
      'UN3480 in equipment',
      { dangerousGoods: { unNumber: 'UN3480', packing: 'contained-in' } },
      'dangerousGoods.packing',
    ],
    [
      'watt-hours of lithium metal',
      { dangerousGoods: { unNumber: 'UN3090', batteryMilliwattHours: 100 } },
      'dangerousGoods.batteryMilliwattHours',
    ],
    [
      'grams of lithium of lithium-ion',
      { dangerousGoods: { unNumber: 'UN3480', batteryLithiumMilligrams: 100 } },
      'dangerousGoods.batteryLithiumMilligrams',
    ],
    [
      'a fraction of a milliwatt-hour',
      { dangerousGoods: { unNumber: 'UN3480', batteryMilliwattHours: 37.5 } },
      'dangerousGoods.batteryMilliwattHours',
    ],
    [
      'a battery without energy',
      { dangerousGoods: { unNumber: 'UN3480', batteryMilliwattHours: 0 } },
      'dangerousGoods.batteryMilliwattHours',
    ],
    [
      'a cell above its battery',
      { dangerousGoods: { unNumber: 'UN3480', cellMilliwattHours: 20, batteryMilliwattHours: 10 } },
      'dangerousGoods.cellMilliwattHours',
    ],
    [
      'more batteries than cells',
      { dangerousGoods: { unNumber: 'UN3480', cellCount: 1, batteryCount: 2 } },
      'dangerousGoods.batteryCount',
    ],
    [
      'a rating of perfume',
      { dangerousGoods: { unNumber: 'UN1266', batteryMilliwattHours: 100 } },
      'dangerousGoods.batteryMilliwattHours',
    ],
    ['an impossible flash point', { flashPointCelsius: 5_000 }, 'flashPointCelsius'],
    ['a volume of zero', { liquid: true, volumeMl: 0 }, 'volumeMl'],
    ['a volume of a solid', { volumeMl: 100 }, 'volumeMl'],
    [
      'UN1950 on a product that is not an aerosol',
      { dangerousGoods: { unNumber: 'UN1950' }, aerosol: false },
      'aerosol',
    ],
    ['an unknown content', { content: ['fun'] }, 'content.0'],
    ['the same content twice', { content: ['adult', 'adult'] }, 'content'],
    ['no material together with a material', { animalMaterials: ['none', 'wool'] }, 'animalMaterials'],
    ['yes or no in place of medicine data', { medicine: true }, 'medicine'],
    ['a control entry in words', { exportControl: 'encryption' }, 'exportControl'],
    ['a GTIN with a wrong check digit', { identifiers: { gtin: '4006381333932' } }, 'identifiers.gtin'],
    ['a GTIN of eleven digits', { identifiers: { gtin: '40063813339' } }, 'identifiers.gtin'],
    [
      "a maker's number too long",
      { identifiers: { manufacturer: 'x'.repeat(65) } },
      'identifiers.manufacturer',
    ],
    ['a merchant number too long', { identifiers: { merchant: 'x'.repeat(129) } }, 'identifiers.merchant'],
    [
      'a GTIN together with the statement that there is none',
      { identifiers: { gtin: '4006381333931', noGtin: true } },
      'identifiers.noGtin',
    ],
    ['an unknown document', { documents: [{ type: 'letter', reference: 'L-1' }] }, 'documents.0.type'],
    ['a document without a number', document({ reference: ' ' }), 'documents.0.reference'],
    [
      'a document that ends before it begins',
      document({ validFrom: '2026-02-01', validUntil: '2026-01-31' }),
      'documents.0.validUntil',
    ],
    ['the thirtieth of February', document({ validUntil: '2026-02-30' }), 'documents.0.validUntil'],
    ['an FCC ID in another format', document({ type: 'fcc-id', reference: 'ID 7' }), 'documents.0.reference'],
    [
      'certificate data of a fibre label',
      document({ type: 'fibre-label', certificate }),
      'documents.0.certificate',
    ],
    [
      'a certificate that cites no rule',
      document({ certificate: { ...certificate, rulesCited: [] } }),
      'documents.0.certificate.rulesCited',
    ],
    [
      'a certificate without a test',
      document({ certificate: { ...certificate, testedOn: undefined } }),
      'documents.0.certificate.testedOn',
    ],
    [
      'a certificate of the thirteenth month',
      document({ certificate: { ...certificate, manufacturedOn: '2026-13' } }),
      'documents.0.certificate.manufacturedOn',
    ],
    [
      'a contact without a mailbox',
      document({
        certificate: { ...certificate, recordsContact: { ...certificate.recordsContact, email: 'q' } },
      }),
      'documents.0.certificate.recordsContact.email',
    ],
    [
      'the same document twice',
      {
        documents: [
          { type: 'us-cpc', reference: 'A' },
          { type: 'us-cpc', reference: 'A' },
        ],
      },
      'documents.1',
    ],
    [
      'a person without an address',
      { responsiblePersons: { EU: { name: 'X', country: 'DE', electronicAddress: 'a@example.com' } } },
      'responsiblePersons.EU.postalAddress',
    ],
    [
      'a person without an electronic address',
      {
        responsiblePersons: {
          EU: { name: 'X', country: 'DE', postalAddress: 'Musterstrasse 1', electronicAddress: 'call us' },
        },
      },
      'responsiblePersons.EU.electronicAddress',
    ],
  ])('with %s are refused at its field', (_name, compliance, path) => {
    expect(wrong(compliance)).toContain(path);
  });
});

describe("the seller's registrations", () => {
  const seller = { name: 'Sample Shop GmbH', importer: {} };
  const problems = (epr: unknown) =>
    sellerSchema.safeParse({ ...seller, epr }).error?.issues.map(({ path }) => path.join('.')) ?? [];

  it.each([
    ['DE', 'packaging', 'DE1234567890123', true],
    ['DE', 'packaging', 'DE123456789012', false],
    ['DE', 'packaging', '1234567890123', false],
    ['DE', 'electrical', 'DE12345678', true],
    ['DE', 'electrical', 'DE1234567', false],
    ['DE', 'batteries', 'DE1234567890123', false],
    ['FR', 'textiles', 'FR123456_11ABCD', true],
    ['FR', 'textiles', 'FR123456_1ABCDE', false],
    ['FR', 'packaging', 'FR123456-01ABCD', false],
    ['ES', 'packaging', 'ENV/2023/000001', true],
    ['ES', 'packaging', 'x', false],
  ])('accept a number of %s for %s, %s: %s', (country, stream, number, good) => {
    expect(problems([{ country, stream, number }])).toEqual(good ? [] : ['epr.0.number']);
  });

  it('contain one number for each country and known stream', () => {
    const lucid = { country: 'DE', stream: 'packaging', number: 'DE1234567890123' };
    expect(problems([lucid, lucid])).toEqual(['epr.1']);
    expect(problems([{ ...lucid, stream: 'pallets' }])).toEqual(['epr.0.stream']);
  });

  it('may be absent', () => {
    expect(sellerSchema.parse(seller)).toEqual(seller);
  });
});
