import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lawCount, lawOf } from '../../../../infra/cli/pages/territory-law.ts';
import { givenAddressSchema } from '../../../../shared/kernel/given-address.ts';
import { isIsoCountry } from '../../../../shared/kernel/iso-countries.ts';
import { canonicalPlace } from '../../../../shared/kernel/places/place.ts';
import { territories } from '../../../../shared/kernel/places/territories.ts';
import {
  findTerritory,
  refusedTerritory,
  specialTerritory,
} from '../../../../shared/kernel/places/territory.ts';
import { address } from '../../../builders/details.ts';

/**
 * The codes of ISO 3166-1 whose addresses are written under their own code alone. A code that is neither here nor in
 * the table of territories fails the test: somebody has to say under which other code its addresses are written.
 */
// biome-ignore format: a table reads better in columns
const UNDER_THEIR_OWN_CODE = new Set([
  'AD', 'AE', 'AF', 'AG', 'AI', 'AL', 'AM', 'AO', 'AR', 'AT', 'AU', 'AZ', 'BA', 'BB', 'BD', 'BE', 'BF', 'BG', 'BH',
  'BI', 'BJ', 'BM', 'BN', 'BO', 'BR', 'BS', 'BT', 'BV', 'BW', 'BY', 'BZ', 'CA', 'CD', 'CF', 'CG', 'CH', 'CI', 'CL',
  'CM', 'CN', 'CO', 'CR', 'CU', 'CV', 'CY', 'CZ', 'DE', 'DJ', 'DK', 'DM', 'DO', 'DZ', 'EC', 'EE', 'EG', 'ER', 'ES',
  'ET', 'FI', 'FJ', 'FR', 'GA', 'GB', 'GD', 'GE', 'GH', 'GM', 'GN', 'GQ', 'GR', 'GT', 'GW', 'GY', 'HN', 'HR', 'HT',
  'HU', 'ID', 'IE', 'IL', 'IN', 'IQ', 'IR', 'IS', 'IT', 'JM', 'JO', 'JP', 'KE', 'KG', 'KH', 'KI', 'KM', 'KN', 'KP',
  'KR', 'KW', 'KY', 'KZ', 'LA', 'LB', 'LC', 'LK', 'LR', 'LS', 'LT', 'LU', 'LV', 'LY', 'MA', 'MD', 'ME', 'MG', 'MK',
  'ML', 'MM', 'MN', 'MR', 'MS', 'MT', 'MU', 'MV', 'MW', 'MX', 'MY', 'MZ', 'NA', 'NE', 'NG', 'NI', 'NL', 'NO', 'NP',
  'NR', 'NZ', 'OM', 'PA', 'PE', 'PG', 'PH', 'PK', 'PL', 'PS', 'PT', 'PY', 'QA', 'RO', 'RS', 'RU', 'RW', 'SA', 'SB',
  'SC', 'SD', 'SE', 'SG', 'SI', 'SK', 'SL', 'SN', 'SO', 'SR', 'SS', 'ST', 'SV', 'SY', 'SZ', 'TD', 'TG', 'TH', 'TJ',
  'TL', 'TM', 'TN', 'TO', 'TR', 'TT', 'TV', 'TZ', 'UA', 'UG', 'US', 'UY', 'UZ', 'VC', 'VE', 'VG', 'VN', 'VU', 'WS',
  'YE', 'ZA', 'ZM', 'ZW',
]);

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const isoCodes = letters.flatMap((a) => letters.map((b) => a + b)).filter(isIsoCountry);

describe('the codes of ISO 3166-1', () => {
  it.each(isoCodes)(
    '%s: its addresses are written under its own code alone, or the table says under which',
    (code) => {
      const rows = territories.filter((row) => row.code === code);
      expect(UNDER_THEIR_OWN_CODE.has(code)).toBe(rows.length === 0);
      for (const row of rows) {
        expect(isIsoCountry(row.parent)).toBe(true);
        expect(row.postalCodes !== undefined || row.regions !== undefined).toBe(true);
      }
    },
  );

  it('have one outcome under both codes: refused by one name, or priced as one place', () => {
    for (const { code, parent, name, regions, pricedAs } of territories) {
      const [region] = regions ?? [];
      if (region === undefined || code === undefined || !isIsoCountry(code)) continue;
      if (pricedAs === undefined) {
        expect(refusedTerritory({ country: parent, region })?.name).toBe(name);
        expect(refusedTerritory({ country: code })).toBeDefined();
      } else {
        expect(canonicalPlace({ country: parent, region }).place).toMatchObject({ country: pricedAs });
        expect(canonicalPlace({ country: code }).place).toEqual({ country: pricedAs });
      }
    }
  });

  it('every row has a source, and says what the place is for customs and for VAT', () => {
    const page = readFileSync('docs/territories.md', 'utf8');
    for (const territory of territories) {
      const { source = '', customs = '', vat = '' } = lawOf(territory) ?? {};
      expect([territory.name, Math.min(source.length, customs.length, vat.length) > 7]).toEqual([
        territory.name,
        true,
      ]);
      expect(page).toContain(source);
    }
    expect(lawCount).toBe(territories.length);
  });
});

describe('territories with rules of their own', () => {
  it.each([
    ['GB', 'BT1 1AA', 'Northern Ireland'],
    ['GB', 'JE2 3AB', 'Jersey'],
    ['GB', 'GX11 1AA', 'Gibraltar'],
    ['GB', 'BF1 2AA', 'British forces abroad (BFPO)'],
    ['GB', 'FIQQ 1ZZ', 'the Falkland Islands'],
    ['GB', 'ABCD 1ZZ', 'a British overseas territory'],
    ['ES', '35001', 'the Canary Islands'],
    ['ES', '51001', 'Ceuta'],
    ['FR', '97110', 'Guadeloupe'],
    ['FR', '97133', 'Saint-Barthélemy'],
    ['FR', '98800', 'New Caledonia'],
    ['PT', '9500-321', 'the Azores'],
    ['FI', '22100', 'Åland'],
    ['GR', '630 86', 'Mount Athos'],
    ['AT', '6991', 'Kleinwalsertal'],
    ['DE', '87568', 'Kleinwalsertal'],
    ['DE', '78266', 'Büsingen'],
    ['IT', '47890', 'San Marino'],
    ['IT', '00120', 'the Vatican'],
    ['DK', '3900', 'Greenland'],
    ['NO', '9170', 'Svalbard'],
    ['NO', '8099', 'Jan Mayen'],
    ['CH', '7563', 'Samnaun'],
    ['US', '00901', 'Puerto Rico'],
    ['US', '00801', 'the US Virgin Islands'],
    ['US', '96910', 'Guam'],
    ['US', '96950', 'the Northern Mariana Islands'],
    ['US', '96799', 'American Samoa'],
    ['US', '09012', 'an American military or diplomatic post (APO, FPO, DPO)'],
    ['US', '34002', 'an American military or diplomatic post (APO, FPO, DPO)'],
    ['US', '96201', 'an American military or diplomatic post (APO, FPO, DPO)'],
    ['AU', '2899', 'Norfolk Island'],
    ['AU', '6798', 'Christmas Island'],
    ['MY', '87000', 'Labuan'],
    ['MY', '07000', 'Langkawi'],
    ['MY', '32300', 'Pangkor'],
    ['ID', '29411', 'Batam'],
    ['BR', '69005-010', 'the Manaus free zone'],
    ['TR', '99010', 'Northern Cyprus'],
    ['IL', '8800000', 'Eilat'],
  ])('%s %s belongs to %s', (country, postalCode, name) => {
    const { place, problems } = canonicalPlace({ country, postalCode });
    expect(problems).toEqual([]);
    expect(specialTerritory(place)).toBe(name);
    expect(refusedTerritory(place)?.field).toBe('postalCode');
  });

  it.each([
    ['GB', 'NIR', 'Northern Ireland'],
    ['GB', 'Northern Ireland', 'Northern Ireland'],
    ['GB', 'GB-NIR', 'Northern Ireland'],
    ['ES', 'GC', 'the Canary Islands'],
    ['ES', 'ES-TF', 'the Canary Islands'],
    ['PT', '30', 'Madeira'],
    ['US', 'PR', 'Puerto Rico'],
    ['US', 'Guam', 'Guam'],
    ['US', 'AE', 'an American military or diplomatic post (APO, FPO, DPO)'],
    ['FI', 'Ahvenanmaa', 'Åland'],
    ['NL', 'NL-CW', 'Curaçao'],
    ['CN', 'Macau', 'Macao'],
    ['MY', 'Labuan', 'Labuan'],
  ])('%s, region %s belongs to %s', (country, region, name) => {
    const { place } = canonicalPlace({ country, region });
    expect(refusedTerritory(place)).toMatchObject({ name, field: 'region' });
  });

  it.each([
    ['GG', 'GY1 1AA'],
    ['GI', 'GX11 1AA'],
    ['GU', '96910'],
    ['PR', '00901'],
    ['AX', '22100'],
    ['SM', '47890'],
    ['SJ', '9170'],
  ])('the code %s of its own is refused by its name too', (country, postalCode) => {
    expect(refusedTerritory({ country, postalCode })).toMatchObject({ field: 'country' });
  });

  it.each([
    ['FI', 'FI-22100'],
    ['FI', 'AX-22 100'],
    ['GR', '630-86'],
    ['GR', 'EL-63086'],
    ['GB', 'gx111aa'],
    ['PT', '9500321'],
  ])('%s %s is recognised in any spelling', (country, postalCode) => {
    expect(specialTerritory(canonicalPlace({ country, postalCode }).place)).toBeDefined();
    expect(specialTerritory(givenAddressSchema.parse(address({ country, postalCode })))).toBeDefined();
  });

  it.each([
    ['GB', 'B1 1AA'],
    ['GB', 'SW1A 1AA'],
    ['GB', 'GU1 1AA'],
    ['ES', '28001'],
    ['FR', '75001'],
    ['FR', '98000'],
    ['PT', '1000-001'],
    ['FI', '00100'],
    ['DE', '35001'],
    ['NO', '9180'],
    ['CH', '7560'],
    ['CH', '9490'],
    ['AU', '2900'],
    ['MY', '08000'],
    ['US', '99501'],
    ['US', '96813'],
    ['US', '10001'],
    ['GR', '105 57'],
    ['DE', undefined],
  ])('%s %s belongs to none', (country, postalCode) => {
    expect(specialTerritory(canonicalPlace({ country, postalCode }).place)).toBeUndefined();
  });

  it.each([
    [
      { country: 'MC', postalCode: '98000' },
      { country: 'FR', postalCode: '98000' },
    ],
    [
      { country: 'FR', postalCode: '98000' },
      { country: 'FR', postalCode: '98000' },
    ],
    [
      { country: 'CH', postalCode: '9490' },
      { country: 'LI', postalCode: '9490' },
    ],
    [
      { country: 'LI', postalCode: 'FL-9490' },
      { country: 'LI', postalCode: '9490' },
    ],
    [{ country: 'CN', postalCode: '999077' }, { country: 'HK' }],
    [{ country: 'CN', region: 'HK' }, { country: 'HK' }],
    [
      { country: 'IM', postalCode: 'im11aa' },
      { country: 'GB', postalCode: 'IM1 1AA' },
    ],
    [
      { country: 'GB', region: 'Isle of Man', postalCode: 'IM9 4NR' },
      { country: 'GB', region: 'Isle of Man', postalCode: 'IM9 4NR' },
    ],
    [
      { country: 'GR', postalCode: '85300' },
      { country: 'GR', postalCode: '853 00' },
    ],
    [
      { country: 'GR', postalCode: 'EL-851 00' },
      { country: 'GR', postalCode: '851 00' },
    ],
  ])('%j is priced as %j', (given, place) => {
    expect(canonicalPlace(given).place).toEqual(place);
    expect(findTerritory(place)?.territory.pricedAs).toBe(place.country);
  });
});
