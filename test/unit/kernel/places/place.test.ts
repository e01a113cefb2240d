import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { givenAddressSchema } from '../../../../shared/kernel/given-address.ts';
import { isIsoCountry } from '../../../../shared/kernel/iso-countries.ts';
import { givenCountrySchema } from '../../../../shared/kernel/places/given-country.ts';
import { canonicalPlace, isWithinPlace, type Place } from '../../../../shared/kernel/places/place.ts';
import { barePostalCode, canonicalPostalPrefix } from '../../../../shared/kernel/places/postal-code.ts';
import { regionCode, regionCodes } from '../../../../shared/kernel/places/region.ts';
import { regionNames } from '../../../../shared/kernel/places/region-names.ts';
import { quoteRequestSchema } from '../../../../shared/quote/quote.ts';
import { address } from '../../../builders/details.ts';

const placeOf = (given: Place) => canonicalPlace(given).place;
const problemsOf = (given: Place) => canonicalPlace(given).problems.map(({ field }) => field);

/** Codes of many shapes, as their posts print them. */
const printed: readonly (readonly [country: string, code: string])[] = [
  ['FI', '22100'],
  ['GR', '630 86'],
  ['GB', 'SW1A 1AA'],
  ['GB', 'M1 1AE'],
  ['SE', '114 55'],
  ['US', '10001'],
  ['NL', '1012 JS'],
  ['LU', '1009'],
  ['LV', '1050'],
  ['JP', '100-0005'],
  ['BR', '01310-100'],
  ['CA', 'M5V 2T6'],
  ['PL', '00-001'],
  ['PT', '1100-148'],
  ['DE', '10115'],
  ['IN', '110001'],
  ['IE', 'D02 AF30'],
  ['MT', 'VLT 1117'],
  ['CL', '832 0000'],
];

/** The same code as somebody else might write it. */
const spellings = (country: string, code: string) =>
  fc
    .record({
      separator: fc.constantFrom('', ' ', '-', '.', '–', '\u00a0'),
      every: fc.boolean(),
      small: fc.boolean(),
      prefix: fc.constantFrom('', `${country}-`, `${country} `, `${country.toLowerCase()}-`),
      full: fc.boolean(),
    })
    .map(({ separator, every, small, prefix, full }) => {
      const bare = barePostalCode(code);
      const parts = every ? [...bare].join(separator) : code.replaceAll(/[ -]/g, separator);
      const wide = full
        ? parts.replaceAll(/[0-9]/g, (digit) => '０１２３４５６７８９'.charAt(Number(digit)))
        : parts;
      const text = prefix + wide;
      return small ? text.toLowerCase() : text;
    });

describe('one form of a place', () => {
  it.each(printed)('any spelling of %s %s is that code', (country, code) => {
    fc.assert(
      fc.property(spellings(country, code), (postalCode) => {
        expect(placeOf({ country, postalCode })).toEqual(placeOf({ country, postalCode: code }));
        expect(placeOf({ country, postalCode }).postalCode).toBe(code);
      }),
    );
  });

  it('is made once: making it again changes nothing', () => {
    const countries = fc.constantFrom(
      ...printed.map(([country]) => country),
      'MC',
      'LI',
      'CH',
      'CN',
      'HK',
      'FR',
      'AR',
    );
    const given = fc.record(
      {
        country: countries,
        postalCode: fc.oneof(
          fc.string({ minLength: 2, maxLength: 16 }),
          fc.constantFrom(
            ...printed.map(([, code]) => code),
            '9490',
            '98000',
            '999077',
            'C1425CLA',
            '10001-1234',
          ),
        ),
        region: fc.oneof(
          fc.string({ minLength: 1, maxLength: 20 }),
          fc.constantFrom('ON', 'Ontario', 'MC', 'FL', 'HK'),
        ),
      },
      { requiredKeys: ['country'] },
    );
    fc.assert(
      fc.property(given, (place) => {
        const once = placeOf(place);
        expect(placeOf(once)).toEqual(once);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['SW1A1AA', 'SW1A 1AA', 'GB'],
    ['sw1a 1aa', 'SW1A 1AA', 'GB'],
    ['11455', '114 55', 'SE'],
    ['10001-1234', '10001', 'US'],
    ['FI-22100', '22100', 'FI'],
    ['L-1234', '1234', 'LU'],
    ['D-10115', '10115', 'DE'],
    ['630-86', '630 86', 'GR'],
    ['12211-3456', '12211', 'SA'],
    ['C1425CLA', '1425', 'AR'],
    ['〒100-0005', '100-0005', 'JP'],
  ])('%s is %s in %s', (written, code, country) => {
    expect(placeOf({ country, postalCode: written }).postalCode).toBe(code);
    expect(
      isWithinPlace(placeOf({ country, postalCode: code }), placeOf({ country, postalCode: written })),
    ).toBe(true);
  });

  it.each([
    ['CA', 'CA-ON', 'ON'],
    ['CA', 'on', 'ON'],
    ['CA', 'Ontario', 'ON'],
    ['CA', 'Québec', 'QC'],
    ['BR', 'BR-SP', 'SP'],
    ['BR', 'sao paulo', 'SP'],
    ['US', 'New York', 'NY'],
    ['US', 'US-CA', 'CA'],
    ['US', 'State of New York', 'NY'],
    ['US', 'Washington, D.C.', 'DC'],
    ['AU', 'New South Wales', 'NSW'],
    ['MX', 'CDMX', 'CMX'],
    ['MX', 'Coahuila', 'COA'],
    ['IN', 'Maharashtra', 'MH'],
    ['JP', '東京都', '13'],
    ['JP', 'Tokyo', '13'],
    ['JP', 'Tokyo Prefecture', '13'],
    ['CN', 'Guangdong', 'GD'],
    ['CN', '广东省', 'GD'],
  ])('the region of %s %s is %s', (country, region, code) => {
    expect(placeOf({ country, region }).region).toBe(code);
    expect(problemsOf({ country, region })).toEqual([]);
  });

  it('every code and every name of the table is the code, and no two regions share one', () => {
    for (const [country, table] of Object.entries(regionNames))
      for (const entry of table.split(';')) {
        const [, code = '', names = ''] = /^\s*(\S+)\s*(.*?)\s*$/s.exec(entry) ?? [];
        expect(regionCode(country, code)).toBe(code);
        expect(regionCode(country, `${country}-${code.toLowerCase()}`)).toBe(code);
        for (const name of names.split('/').filter((each) => each !== ''))
          expect([country, name, regionCode(country, name)]).toEqual([country, name, code]);
      }
  });

  it('the regions of the countries whose tax depends on them', () => {
    expect(regionCodes('CA')).toHaveLength(13);
    expect(regionCodes('BR')).toHaveLength(27);
  });
});

describe('a region and a postal code', () => {
  it.each([
    ['CA', 'M5V 2T6', 'ON'],
    ['CA', 'X0A 0H0', 'NU'],
    ['CA', 'X1A 2N2', 'NT'],
    ['BR', '40010-000', 'BA'],
    ['BR', '01310-100', 'SP'],
    ['BR', '72800-000', 'GO'],
    ['BR', '69900-000', 'AC'],
    ['US', '10001', 'NY'],
    ['US', '99501', 'AK'],
    ['US', '06390', 'NY'],
    ['AU', '2000', 'NSW'],
    ['AU', '2600', 'ACT'],
    ['AU', '0800', 'NT'],
    ['MX', '06600', 'CMX'],
    ['IN', '400001', 'MH'],
    ['IN', '110001', 'DL'],
    ['JP', '100-0005', '13'],
    ['JP', '530-0001', '27'],
    ['CN', '518103', 'GD'],
  ])('%s %s is in %s', (country, postalCode, region) => {
    expect(placeOf({ country, postalCode })).toEqual({ country, region, postalCode });
    expect(problemsOf({ country, postalCode, region })).toEqual([]);
  });

  it.each([
    ['CA', 'G1R 3X2', 'AB'],
    ['CA', 'V6B 1A1', 'AB'],
    ['CA', 'M5V 2T6', 'AB'],
    ['BR', '40010-000', 'SP'],
    ['US', '10001', 'California'],
    ['AU', '2000', 'VIC'],
    ['JP', '100-0005', 'Osaka'],
    // No province of that name.
    ['CA', 'M5V 2T6', 'Ontariow'],
    ['CA', undefined, 'XX'],
    ['US', undefined, 'Bavaria'],
  ])('%s %s is not in %s: the field is the region', (country, postalCode, region) => {
    expect(problemsOf({ country, postalCode, region })).toEqual(['region']);
    const request = {
      destination: { country, postalCode, region },
      currency: 'EUR',
      lines: [{ sku: 'A', quantity: 1 }],
    };
    expect(quoteRequestSchema.safeParse(request).error?.issues).toMatchObject([
      { path: ['destination', 'region'] },
    ]);
  });

  it('a code that crosses a border fits both regions and tells neither', () => {
    expect(placeOf({ country: 'AU', postalCode: '2620' }).region).toBeUndefined();
    for (const region of ['NSW', 'ACT'])
      expect(problemsOf({ country: 'AU', postalCode: '2620', region })).toEqual([]);
  });

  it('an address whose postal code does not tell the region has to name it, where its country needs one', () => {
    const border = address({ country: 'AU', postalCode: '2620', city: 'Hume' });
    expect(givenAddressSchema.safeParse(border).error?.issues).toMatchObject([{ path: ['region'] }]);
    expect(givenAddressSchema.parse({ ...border, region: 'nsw' })).toMatchObject({ region: 'NSW' });
    const sure = address({ country: 'us', postalCode: '10001-1234' });
    expect(givenAddressSchema.parse(sure)).toMatchObject({
      country: 'US',
      region: 'NY',
      postalCode: '10001',
    });
  });

  it('a region of a country without a table stays a word, and is not compared', () => {
    expect(placeOf({ country: 'DE', region: ' Freie  Hansestadt Bremen ' }).region).toBe(
      'Freie Hansestadt Bremen',
    );
    expect(isWithinPlace({ country: 'DE', region: 'Bayern' }, { country: 'DE', region: 'BY' })).toBe(true);
    expect(isWithinPlace({ country: 'CA', region: 'AB' }, { country: 'CA', region: 'ON' })).toBe(false);
    expect(isWithinPlace({ country: 'CA' }, { country: 'CA', region: 'ON' })).toBe(false);
  });
});

describe('a country code', () => {
  it.each([
    ['de', 'DE'],
    [' gb ', 'GB'],
    ['UK', 'GB'],
    ['el', 'GR'],
  ])('%s is %s', (written, code) => {
    expect(givenCountrySchema.parse(written)).toBe(code);
    expect(isIsoCountry(code)).toBe(true);
  });

  it.each([
    ['XI', 'Northern Ireland'],
    ['IC', 'the Canary Islands'],
    ['EA', 'Ceuta and Melilla'],
    ['QQ', 'no country has this code'],
  ])('%s is refused: %s', (code, why) => {
    expect(givenCountrySchema.safeParse(code).error?.issues).toMatchObject([
      { message: expect.stringContaining(why) },
    ]);
  });
});

describe('the beginning of a postal code in a setting', () => {
  it.each([
    ['FI', 'FI-22', '22'],
    ['GB', 'sw1a 1', 'SW1A1'],
    ['GB', 'GB', 'GB'],
    ['US', '10001-1234', '10001'],
    ['DE', 'D-10', '10'],
    ['CA', 'm5v', 'M5V'],
    ['JP', '100-', '100'],
  ])('%s %s is %s', (country, written, prefix) => {
    expect(canonicalPostalPrefix(country, written)).toBe(prefix);
    expect(canonicalPostalPrefix(country, prefix)).toBe(prefix);
  });
});
