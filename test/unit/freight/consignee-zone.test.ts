import { describe, expect, it } from 'vitest';
import { consigneeZone, mainZone } from '../../../shared/freight/consignee-zone.ts';
import { placeOf } from '../../../shared/freight/country-places.ts';
import { regionalZones } from '../../../shared/freight/regional-zones.ts';
import { localTimeAt } from '../../../shared/kernel/zoned-time.ts';

describe('the consignee’s zone', () => {
  it.each([
    ['US', { postalCode: '10001' }, 'America/New_York'],
    ['US', { postalCode: '37203' }, 'America/Chicago'],
    ['US', { postalCode: '79901' }, 'America/Denver'],
    ['US', { postalCode: '85001' }, 'America/Phoenix'],
    ['US', { postalCode: '96813' }, 'Pacific/Honolulu'],
    ['US', { region: 'WA' }, 'America/Los_Angeles'],
    ['US', { region: 'TX' }, 'America/Denver'],
    ['US', { region: 'XX' }, 'Pacific/Honolulu'],
    ['CA', { postalCode: 'M5V 2T6' }, 'America/Toronto'],
    ['CA', {}, 'America/Vancouver'],
    ['AU', { postalCode: '6000' }, 'Australia/Perth'],
    ['AU', { postalCode: '2880' }, 'Australia/Adelaide'],
    ['AU', { postalCode: '0800' }, 'Australia/Darwin'],
    ['BR', { postalCode: '69005-010' }, 'America/Manaus'],
    ['BR', { postalCode: '69980-000' }, 'America/Rio_Branco'],
    ['MX', { postalCode: '22000' }, 'America/Tijuana'],
    ['MX', { postalCode: '06600' }, 'America/Mexico_City'],
    ['ID', { postalCode: '80361' }, 'Asia/Makassar'],
    ['DE', { postalCode: '10115' }, 'Europe/Berlin'],
    ['KR', {}, 'Asia/Seoul'],
  ])('for %s %j is %s', (country, place, zone) => {
    expect(consigneeZone({ country, ...place })).toBe(zone);
  });

  it('is a known time zone for every place', () => {
    const named = Object.values(regionalZones).flatMap(({ westernmost, postalCodes, regions }) => [
      westernmost,
      ...(`${postalCodes} ${regions}`.match(/[A-Z][a-z]+\/[A-Za-z_]+/g) ?? []),
    ]);
    for (const zone of new Set(named)) expect(() => localTimeAt(zone, 0)).not.toThrow();
    for (let first = 65; first <= 90; first += 1)
      for (let second = 65; second <= 90; second += 1) {
        const country = String.fromCharCode(first, second);
        if (placeOf(country) !== undefined) expect(() => localTimeAt(mainZone(country), 0)).not.toThrow();
      }
    expect(consigneeZone({ country: 'XX' })).toBe('Etc/GMT+12');
  });
});
