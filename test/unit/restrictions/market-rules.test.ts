import { describe, expect, it } from 'vitest';
import { checkGoods } from '../../../shared/restrictions/check-goods.ts';
import { blockedBy } from '../../../shared/restrictions/finding.ts';
import type { GoodsRegistrations } from '../../../shared/restrictions/index.ts';
import { byAir, byPost, byRoad, findingsOn, goods, saidBy, seller, way } from './goods.ts';

const certificate = {
  productId: '4006381333931',
  rulesCited: ['16 CFR 1250', '16 CFR 1303'],
  manufacturedOn: '2026-03',
  manufacturedAt: { country: 'CN', place: 'Shantou' },
  testedOn: '2026-04-02',
  testedAt: { country: 'CN', place: 'Shenzhen' },
  laboratory: 'CPSC 1234',
  recordsContact: {
    name: 'Quality desk',
    postalAddress: '1 Sample Street, Springfield',
    email: 'q@example.com',
  },
};
const toy = (documents: NonNullable<ReturnType<typeof goods>['compliance']>['documents'] = []) =>
  goods({ documents }, { hsCode: '950300' });
const cpc = { type: 'us-cpc', reference: 'CPC-1' } as const;

describe('the EU', () => {
  const nobody: GoodsRegistrations = {};

  it.each([
    ['2024-12-12', 'none'],
    ['2024-12-13', 'unsatisfied'],
  ])('requires a responsible person on %s: %s', (on, said) => {
    expect(saidBy('eu-gpsr', { to: 'DE', on, of: nobody })).toBe(said);
  });

  it('accepts the responsible person of the product, or of the seller if the product has none', () => {
    const own = goods({ responsiblePersons: seller.responsiblePersons });
    expect(saidBy('eu-gpsr', { product: own, to: 'DE', of: nobody })).toBe('satisfied');
    expect(saidBy('eu-gpsr', { to: 'DE' })).toBe('satisfied');
    const onlyGb = { responsiblePersons: { GB: seller.responsiblePersons?.GB } } as GoodsRegistrations;
    expect(saidBy('eu-gpsr', { to: 'DE', of: onlyGb })).toBe('unsatisfied');
  });

  it('requires none for food and medicines', () => {
    const honey = goods({}, { hsCode: '040900' });
    expect(saidBy('eu-gpsr', { product: honey, to: 'DE', of: nobody })).toBe('none');
    expect(saidBy('eu-gpsr', { product: goods({ food: true }), to: 'DE', of: nobody })).toBe('none');
  });

  it.each([
    ['2026-10-31', {}, 'none'],
    ['2026-11-01', {}, 'unsatisfied'],
    ['2026-11-01', { manufacturer: 'M-1' }, 'unsatisfied'],
    ['2026-11-01', { gtin: '4006381333931' }, 'unsatisfied'],
    ['2026-11-01', { manufacturer: 'M-1', gtin: '4006381333931' }, 'satisfied'],
    ['2026-11-01', { manufacturer: 'M-1', noGtin: true as const }, 'satisfied'],
  ])('requires product identifiers on %s with %j: %s', (on, identifiers, said) => {
    const asked = { product: goods({ identifiers }), to: 'DE', on, by: byAir };
    expect(saidBy('eu-product-identifiers', asked)).toBe(said);
    const within = way({ shipFrom: 'PL' });
    expect(saidBy('eu-product-identifiers', { ...asked, by: within })).toBe('none');
  });

  it('requires a declaration of conformity for marked goods; a statement overrides the code', () => {
    expect(saidBy('eu-ce', { product: toy(), to: 'FR' })).toBe('unsatisfied');
    const declared = toy([{ type: 'ce-declaration', reference: 'DoC 7' }]);
    expect(saidBy('eu-ce', { product: declared, to: 'FR' })).toBe('satisfied');
    const hairdryer = goods({}, { hsCode: '851631' });
    expect(saidBy('eu-ce', { product: hairdryer, to: 'FR' })).toBe('unsatisfied');
    const part = goods({ electrical: false }, { hsCode: '851690' });
    expect(saidBy('eu-ce', { product: part, to: 'FR' })).toBe('none');
    expect(saidBy('eu-ce', { to: 'FR' })).toBe('none');
  });

  it('requires CPNP for cosmetics in the EU, and SCPN in Great Britain', () => {
    const cream = goods(
      { documents: [{ type: 'cpnp-notification', reference: '4501234' }] },
      { hsCode: '330499' },
    );
    expect(saidBy('eu-cosmetics', { product: cream, to: 'IT' })).toBe('satisfied');
    expect(saidBy('gb-cosmetics', { product: cream, to: 'GB' })).toBe('unsatisfied');
    expect(saidBy('eu-cosmetics', { product: cream, to: 'GB' })).toBe('none');
  });

  it.each([
    ['2026-12-29', 'none'],
    ['2026-12-30', 'unsatisfied'],
  ])('requires a due diligence statement for wood on %s: %s', (on, said) => {
    const board = goods({}, { hsCode: '441990' });
    expect(saidBy('eu-eudr', { product: board, to: 'DE', on, by: byRoad })).toBe(said);
    expect(saidBy('eu-eudr', { product: board, to: 'DE', on, by: way({ shipFrom: 'SE' }) })).toBe('none');
  });
});

describe('extended producer responsibility', () => {
  it.each([
    ['DE', 'epr-de-packaging'],
    ['FR', 'epr-fr-packaging'],
    ['ES', 'epr-es-packaging'],
    ['AT', 'epr-at-packaging'],
    ['SE', 'epr-packaging-national'],
  ])('covers packaging to %s', (to, ruleId) => {
    expect(saidBy(ruleId, { to })).toBe('satisfied');
    expect(saidBy(ruleId, { to, of: {} })).toBe('unsatisfied');
    const elsewhere = { epr: seller.epr?.filter(({ country }) => country !== to) };
    expect(saidBy(ruleId, { to, of: elsewhere })).toBe('unsatisfied');
  });

  it('differs by stream: packaging is separate from equipment', () => {
    const kettle = goods({}, { hsCode: '851671' });
    const packagingOnly = { epr: seller.epr?.filter(({ stream }) => stream === 'packaging') };
    expect(saidBy('epr-de-electrical', { product: kettle, to: 'DE' })).toBe('satisfied');
    expect(saidBy('epr-de-electrical', { product: kettle, to: 'DE', of: packagingOnly })).toBe('unsatisfied');
    expect(saidBy('epr-fr-textiles', { product: goods({}, { hsCode: '610910' }), to: 'FR' })).toBe(
      'satisfied',
    );
  });

  it('accepts a number until its last day', () => {
    const of = {
      epr: [
        {
          country: 'DE',
          stream: 'packaging' as const,
          number: 'DE1234567890123',
          validUntil: '2026-11-23',
        },
      ],
    };
    expect(saidBy('epr-de-packaging', { to: 'DE', on: '2026-11-23', of })).toBe('satisfied');
    expect(saidBy('epr-de-packaging', { to: 'DE', on: '2026-11-24', of })).toBe('unsatisfied');
    expect(findingsOn({ to: 'DE', on: '2026-11-24', of }).get('epr-de-packaging')?.detail).toContain(
      'good until 2026-11-23',
    );
  });
});

describe('the United States', () => {
  it.each([
    ['2026-07-07', 'none'],
    ['2026-07-08', 'unsatisfied'],
  ])('requires the data of a children’s certificate on %s: %s', (on, said) => {
    const asked = { product: toy([cpc]), on, by: byAir };
    expect(saidBy('us-cpc', asked)).toBe('satisfied');
    expect(saidBy('us-cpc-efiling', asked)).toBe(said);
    expect(saidBy('us-cpc-efiling', { ...asked, product: toy([{ ...cpc, certificate }]) })).toBe(
      said === 'none' ? 'none' : 'satisfied',
    );
  });

  it('requires no data if no border is crossed, and none for goods for adults', () => {
    const domestic = way({ shipFrom: 'US' });
    expect(saidBy('us-cpc-efiling', { product: toy([cpc]), by: domestic })).toBe('none');
    const collectible = goods({ forChildrenUnder12: false }, { hsCode: '950300' });
    expect(saidBy('us-cpc', { product: collectible })).toBe('none');
    expect(saidBy('us-cpc', { product: goods({ forChildrenUnder12: true }) })).toBe('unsatisfied');
  });

  it('accepts a certificate from its first to its last day, in the countries that it names', () => {
    const dated = toy([{ ...cpc, validFrom: '2026-01-10', validUntil: '2026-11-23' }]);
    expect(saidBy('us-cpc', { product: dated, on: '2026-11-23' })).toBe('satisfied');
    expect(saidBy('us-cpc', { product: dated, on: '2026-11-24' })).toBe('unsatisfied');
    expect(saidBy('us-cpc', { product: dated, on: '2026-01-09' })).toBe('unsatisfied');
    const detail = findingsOn({ product: dated, on: '2026-11-24' }).get('us-cpc')?.detail;
    expect(detail).toContain('CPC-1 expired: good until 2026-11-23');
    const renewed = toy([
      { ...cpc, validUntil: '2026-01-01' },
      { ...cpc, reference: 'CPC-2' },
    ]);
    expect(saidBy('us-cpc', { product: renewed })).toBe('satisfied');
    expect(saidBy('us-cpc', { product: toy([{ ...cpc, countries: ['CA'] }]) })).toBe('unsatisfied');
  });

  it('requires an FCC ID for radio equipment, and a declaration or an ID for other digital devices', () => {
    const sdoc = { documents: [{ type: 'fcc-sdoc' as const, reference: 'S-1' }] };
    const phone = goods(sdoc, { hsCode: '851713' });
    expect(saidBy('us-fcc-radio', { product: phone })).toBe('unsatisfied');
    expect(saidBy('us-fcc-digital', { product: goods(sdoc, { hsCode: '847160' }) })).toBe('satisfied');
  });

  it('presumes forced labour for cotton of China, and gives a warning for shirts', () => {
    const fabric = goods({}, { hsCode: '520811', originCountry: 'CN' });
    expect(saidBy('us-uflpa', { product: fabric, by: byAir })).toBe('unsatisfied');
    expect(saidBy('us-uflpa', { product: { ...fabric, originCountry: 'IN' }, by: byAir })).toBe('none');
    const shirt = goods({}, { hsCode: '610910', originCountry: 'CN' });
    const found = findingsOn({ product: shirt, by: byAir });
    expect(found.get('us-uflpa-cotton-goods')).toMatchObject({ enforcement: 'advised', satisfied: false });
    expect(blockedBy([...found.values()])).toEqual([]);
  });

  it('excludes goods under trade defence from the post, and drones from abroad entirely', () => {
    const plate = goods({ tradeDefence: true });
    expect(saidBy('us-trade-defence-post', { product: plate, by: byPost })).toBe('unsatisfied');
    expect(saidBy('us-trade-defence-post', { product: plate, by: byAir })).toBe('none');
    const drone = goods({}, { hsCode: '880622' });
    expect(saidBy('us-fcc-covered-list', { product: drone })).toBe('unsatisfied');
    expect(saidBy('us-fcc-covered-list', { product: { ...drone, originCountry: 'US' } })).toBe('none');
  });
});

describe('other destinations', () => {
  const country = (code: string, place: object = {}) =>
    blockedBy(
      checkGoods({
        product: goods(),
        destination: { country: code, ...place },
        date: '2026-11-23',
        transport: byRoad,
        seller,
      }),
    ).map(({ ruleId }) => ruleId);

  it('an embargoed place receives nothing', () => {
    for (const code of ['BY', 'CU', 'IR', 'KP', 'RU', 'SY'])
      expect(country(code), code).toContain(`embargo-${code.toLowerCase()}`);
    expect(country('UA', { postalCode: '98600' })).toEqual(['embargo-ua-crimea']);
    expect(country('UA', { region: '14' })).toEqual(['embargo-ua-donetsk-luhansk']);
    expect(country('UA', { postalCode: '01001' })).toEqual([]);
  });

  it.each([
    ['2026-02-05', 'none'],
    ['2026-02-06', 'unsatisfied'],
  ])('parcels to Türkiye on %s: %s', (on, said) => {
    expect(saidBy('tr-no-simplified-clearance', { to: 'TR', on, by: byRoad })).toBe(said);
  });

  it.each([
    ['SA', 'gulf-religious', { content: ['religious' as const] }],
    ['AE', 'gulf-adult', { content: ['adult' as const] }],
    ['AE', 'gulf-pork', { content: ['pork' as const] }],
    ['AU', 'au-asbestos', { content: ['asbestos' as const] }],
    ['DE', 'narcotics', { content: ['religious' as const, 'narcotic' as const] }],
  ])('%s: %s', (to, ruleId, compliance) => {
    expect(saidBy(ruleId, { product: goods(compliance), to })).toBe('unsatisfied');
    expect(saidBy(ruleId, { to })).toBe('none');
  });

  it('endangered species need permits of both countries to cross a border', () => {
    const bag = goods({ cites: true, animalMaterials: ['exotic-leather'] }, { hsCode: '420221' });
    const blocked = (product: typeof bag) =>
      blockedBy([...findingsOn({ product, to: 'HK', by: byAir }).values()]).map(({ ruleId }) => ruleId);
    expect(blocked(bag)).toEqual(['cites-export-permit', 'cites-import-permit']);
    const permits = [
      { type: 'cites-export-permit' as const, reference: 'E-1', validUntil: '2026-12-31' },
      { type: 'cites-import-permit' as const, reference: 'I-1', countries: ['HK'] },
    ];
    expect(blocked(goods({ ...bag.compliance, documents: permits }, { hsCode: '420221' }))).toEqual([]);
    expect(blocked(goods({ cites: false, animalMaterials: ['leather'] }, { hsCode: '420221' }))).toEqual([]);
    expect(saidBy('cites-export-permit', { product: bag, to: 'HK', by: way({ shipFrom: 'HK' }) })).toBe(
      'none',
    );
  });

  it('vapes bear a duty in Great Britain from 2026-10-01, and are barred in any case', () => {
    const vape = goods({}, { hsCode: '854340' });
    expect(saidBy('gb-vaping-duty', { product: vape, to: 'GB', on: '2026-09-30' })).toBe('none');
    expect(saidBy('gb-vaping-duty', { product: vape, to: 'GB', on: '2026-10-01' })).toBe('unsatisfied');
    expect(saidBy('excise-vapes', { product: vape, to: 'GB', on: '2026-09-30' })).toBe('unsatisfied');
  });

  it('dual-use goods need a licence, except EAR99', () => {
    const asked = { to: 'BR', by: byAir };
    expect(saidBy('export-control', { ...asked, product: goods({ exportControl: '5A002' }) })).toBe(
      'unsatisfied',
    );
    expect(saidBy('export-control', { ...asked, product: goods({ exportControl: 'EAR99' }) })).toBe('none');
  });
});
