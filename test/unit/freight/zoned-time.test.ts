import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consigneeZone, mainZone } from '../../../shared/freight/consignee-zone.ts';
import { placeOf } from '../../../shared/freight/country-places.ts';
import { regionalZones } from '../../../shared/freight/regional-zones.ts';
import {
  dateOf,
  dayOf,
  instantOf,
  localTimeAt,
  msOfTime,
  weekdayOf,
} from '../../../shared/freight/zoned-time.ts';

const at = (timeZone: string, date: string, time: string) =>
  new Date(instantOf(timeZone, { day: dayOf(date), msOfDay: msOfTime(time) })).toISOString();

describe('local time', () => {
  it('is read from the zone’s clocks, half hours included', () => {
    expect(at('Europe/Berlin', '2026-07-01', '20:00')).toBe('2026-07-01T18:00:00.000Z');
    expect(at('Europe/Berlin', '2026-12-01', '20:00')).toBe('2026-12-01T19:00:00.000Z');
    expect(at('Asia/Kolkata', '2026-07-01', '20:00')).toBe('2026-07-01T14:30:00.000Z');
    expect(at('Pacific/Auckland', '2026-01-01', '00:30')).toBe('2025-12-31T11:30:00.000Z');
  });

  it('a time that comes twice is its first coming, one that is skipped is as much later', () => {
    expect(at('Europe/Berlin', '2026-10-25', '02:30')).toBe('2026-10-25T00:30:00.000Z');
    expect(at('Europe/Berlin', '2026-03-29', '02:30')).toBe('2026-03-29T01:30:00.000Z');
  });

  it('on the day of the change it is what it is before and after it', () => {
    expect(at('Europe/Berlin', '2026-10-25', '01:30')).toBe('2026-10-24T23:30:00.000Z');
    expect(at('Europe/Berlin', '2026-10-25', '12:00')).toBe('2026-10-25T11:00:00.000Z');
    expect(at('Europe/Berlin', '2026-03-29', '01:30')).toBe('2026-03-29T00:30:00.000Z');
    expect(at('Europe/Berlin', '2026-03-29', '12:00')).toBe('2026-03-29T10:00:00.000Z');
  });

  it('and back again, at any moment in any zone', () => {
    const zones = [
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Shanghai',
      'America/St_Johns',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2030, 0, 1) }),
        (zone, instantMs) => {
          const local = localTimeAt(zone, instantMs);
          const back = instantOf(zone, local);
          // Of an hour that comes twice the first coming is given.
          expect([0, 1_800_000, 3_600_000]).toContain(instantMs - back);
          expect(localTimeAt(zone, back)).toEqual(local);
        },
      ),
    );
  });

  it('knows weekdays and dates by the number of the day', () => {
    expect(weekdayOf(dayOf('2026-11-23'))).toBe(1);
    expect(weekdayOf(dayOf('2026-11-29'))).toBe(7);
    expect(weekdayOf(dayOf('1969-12-31'))).toBe(3);
    expect(dateOf(dayOf('2028-02-29'))).toBe('2028-02-29');
  });
});

describe('the consignee’s zone', () => {
  it.each([
    ['US', { postalCode: '10001' }, 'America/New_York'],
    ['US', { postalCode: '37203' }, 'America/Chicago'],
    ['US', { postalCode: '79901' }, 'America/Denver'],
    ['US', { postalCode: '85001-1234' }, 'America/Phoenix'],
    ['US', { postalCode: '96813' }, 'Pacific/Honolulu'],
    ['US', { region: 'WA' }, 'America/Los_Angeles'],
    ['US', { region: 'US-TX' }, 'America/Denver'],
    ['US', { region: 'Texas' }, 'Pacific/Honolulu'],
    ['CA', { postalCode: 'm5v 2t6' }, 'America/Toronto'],
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
  ])('%s %j is %s', (country, place, zone) => {
    expect(consigneeZone({ country, ...place })).toBe(zone);
  });

  it('is one that the clocks know, wherever it is', () => {
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
