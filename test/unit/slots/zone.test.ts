import { describe, expect, test } from 'vitest';
import { slotIdSchema, slotZoneSchema } from '../../../shared/slots/index.ts';
import { prefixServing, zonesServing } from '../../../shared/slots/zone.ts';
import { slotZone, template } from '../../builders/slots.ts';

describe('the delivery zones of a place', () => {
  const country = slotZone({ zoneId: 'de', postalCodePrefixes: [] });
  const berlin = slotZone();
  const mitte = slotZone({ zoneId: 'de-mitte', postalCodePrefixes: ['101', '102'] });
  const other = slotZone({ zoneId: 'de-other', carrier: 'other', postalCodePrefixes: [] });
  const london = slotZone({ zoneId: 'gb-london', countries: ['GB'], postalCodePrefixes: ['SW1', 'SW1A'] });
  const all = [country, berlin, mitte, other, london];
  const namesAt = (place: { country: string; postalCode?: string }) =>
    zonesServing(all, place).map(({ zoneId }) => zoneId);

  test('are the most specific zones of each carrier', () => {
    expect(namesAt({ country: 'DE', postalCode: '10115' })).toEqual(['de-mitte', 'de-other']);
    expect(namesAt({ country: 'DE', postalCode: '10999' })).toEqual(['de-berlin', 'de-other']);
    expect(namesAt({ country: 'DE', postalCode: '80331' })).toEqual(['de', 'de-other']);
    expect(namesAt({ country: 'DE' })).toEqual(['de', 'de-other']);
    expect(namesAt({ country: 'FR', postalCode: '10115' })).toEqual([]);
  });

  test('are found for any spelling of the postal code', () => {
    for (const postalCode of ['SW1A 1AA', 'sw1a1aa', 'SW1A-1AA'])
      expect(prefixServing(london, { country: 'GB', postalCode })).toBe('SW1A');
  });
});

describe('a zone that is to be stored', () => {
  const wrongIn = (over: object) => {
    const parsed = slotZoneSchema.safeParse({ ...slotZone(), ...over });
    return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('/'));
  };
  const surcharge = (amount: number, currency: string) => ({ amount, currency });

  test('is read unchanged, and absent parts become empty', () => {
    const { exceptions: _e, postalCodePrefixes: _p, ...rest } = slotZone();
    expect(slotZoneSchema.parse(rest)).toEqual({ ...slotZone(), postalCodePrefixes: [] });
  });

  test.each([
    ['countries', { countries: [] }, ['countries']],
    ['an unknown country', { countries: ['QQ'] }, ['countries/0']],
    ['a country twice in two spellings', { countries: ['DE', 'de'] }, ['countries/1']],
    ['a country twice', { countries: ['DE', 'DE'] }, ['countries/1']],
    ['a prefix with a sign', { postalCodePrefixes: ['SW1!'] }, ['postalCodePrefixes/0']],
    [
      'a prefix twice in two spellings',
      { countries: ['FI'], postalCodePrefixes: ['22', 'FI-22'] },
      ['postalCodePrefixes/1'],
    ],
    ['a prefix twice', { postalCodePrefixes: ['10', '11', '10'] }, ['postalCodePrefixes/2']],
    ['a carrier', { carrier: ' ' }, ['carrier']],
    ['an unknown time zone', { timeZone: 'Europe/Atlantis' }, ['timeZone']],
    ['an unknown field', { colour: 'blue' }, ['']],
    ['a weekday', { templates: [{ ...template(), weekday: 0 }] }, ['templates/0/weekday']],
    ['a time', { templates: [{ ...template(), from: '8:00' }] }, ['templates/0/from']],
    ['a time after the end of the day', { templates: [{ ...template(), to: '24:00' }] }, ['templates/0/to']],
    ['a kind', { templates: [{ ...template(), kind: 'noon' }] }, ['templates/0/kind']],
    ['a capacity of zero', { templates: [{ ...template(), capacity: 0 }] }, ['templates/0/capacity']],
    [
      'a capacity that is not a whole number',
      { templates: [{ ...template(), capacity: 1.5 }] },
      ['templates/0/capacity'],
    ],
    ['too many places', { templates: [{ ...template(), capacity: 501 }] }, ['templates/0/capacity']],
    ['a cut-off', { templates: [{ ...template(), cutOffHours: -1 }] }, ['templates/0/cutOffHours']],
    [
      'a negative surcharge',
      { templates: [{ ...template(), surcharge: surcharge(-1, 'EUR') }] },
      ['templates/0/surcharge/amount'],
    ],
    [
      'a currency',
      { templates: [{ ...template(), surcharge: surcharge(1, 'EURO') }] },
      ['templates/0/surcharge/currency'],
    ],
    [
      'a slot that ends as it begins',
      { templates: [template({ from: '08:00', to: '08:00', kind: 'night' })] },
      ['templates/0/to'],
    ],
    [
      'a day slot that ends before it begins',
      { templates: [template({ from: '20:00', to: '02:00' })] },
      ['templates/0/to'],
    ],
    ['a slot twice', { templates: [template(), template({ capacity: 9 })] }, ['templates/1']],
    ['an impossible day', { exceptions: [{ kind: 'closed', date: '2026-02-30' }] }, ['exceptions/0/date']],
    ['an exception of an unknown kind', { exceptions: [{ date: '2026-12-24' }] }, ['exceptions/0/kind']],
    [
      'a capacity exception without a capacity',
      { exceptions: [{ kind: 'capacity', date: '2026-12-24' }] },
      ['exceptions/0/capacity'],
    ],
    [
      'a day twice',
      {
        exceptions: [
          { kind: 'closed', date: '2026-12-24' },
          { kind: 'capacity', date: '2026-12-24', capacity: 1 },
        ],
      },
      ['exceptions/1'],
    ],
  ])('is refused at its field: %s', (_what, over, paths) => {
    expect(wrongIn(over)).toEqual(paths);
  });
});

test.each([
  'de-berlin_2026-02-30_0800-1200_timed',
  'de-berlin_2026-13-01_0800-1200_timed',
  'de-berlin_2026-12-01_0800-1200_noon',
  'de-berlin',
  '',
])('no slot has the name "%s"', (slotId) => {
  expect(slotIdSchema.safeParse(slotId).success).toBe(false);
});
