import { describe, expect, test } from 'vitest';
import { slotNamed, slotsOn } from '../../../shared/slots/calendar.ts';
import { type SlotZone, slotView } from '../../../shared/slots/index.ts';
import type { Slot } from '../../../shared/slots/slot.ts';
import { everyDay, slotZone, template } from '../../builders/slots.ts';

const window = ({ from, to }: Slot) => [from, to];
/** The only slot of a zone with this pattern on every day. */
function only(date: string, over: Parameters<typeof template>[0], timeZone = 'Europe/Berlin'): Slot {
  const [slot, ...others] = slotsOn(slotZone({ timeZone, templates: everyDay(over) }), date);
  if (slot === undefined || others.length > 0) throw new Error('one slot a day');
  return slot;
}

describe('the slots of a day', () => {
  const zone = slotZone({
    templates: [
      template({ weekday: 1, from: '14:00', to: '18:00' }),
      template({ weekday: 1 }),
      template({ weekday: 2, capacity: 9 }),
      template({ weekday: 1, kind: 'night', from: '21:00', to: '01:00' }),
    ],
  });

  test('are the slots of its weekday, earliest first', () => {
    expect(slotsOn(zone, '2026-11-23').map(({ slotId }) => slotId)).toEqual([
      'de-berlin_2026-11-23_0800-1200_timed',
      'de-berlin_2026-11-23_1400-1800_timed',
      'de-berlin_2026-11-23_2100-0100_night',
    ]);
    expect(slotsOn(zone, '2026-11-24').map(({ capacity }) => capacity)).toEqual([9]);
    expect(slotsOn(zone, '2026-11-25')).toEqual([]);
  });

  test('are found by name if they exist', () => {
    expect(slotNamed(zone, 'de-berlin_2026-11-23_1400-1800_timed')?.from).toBe('2026-11-23T13:00:00.000Z');
    expect(slotNamed(zone, 'de-berlin_2026-11-24_1400-1800_timed')).toBeUndefined();
    expect(slotNamed(zone, 'de-berlin_2026-11-23_1400-1800_day')).toBeUndefined();
    expect(slotNamed(zone, 'de-berlin_2026-02-30_0800-1200_timed')).toBeUndefined();
    expect(slotNamed(zone, 'de-berlin_2026-99-99_0800-1200_timed')).toBeUndefined();
  });

  test('end on the next day by the local clocks if they pass midnight', () => {
    const night = slotsOn(zone, '2026-11-23')[2] as Slot;
    expect(window(night)).toEqual(['2026-11-23T20:00:00.000Z', '2026-11-24T00:00:00.000Z']);
    expect(slotView(night).local).toEqual({
      timeZone: 'Europe/Berlin',
      date: '2026-11-23',
      from: '21:00',
      to: '01:00',
      label: 'Monday 23 November 2026, 21:00-01:00',
    });
  });

  test('can be booked until a number of hours before they begin', () => {
    const { bookableUntil } = only('2026-11-24', { cutOffHours: 36 });
    expect(bookableUntil).toBe('2026-11-22T19:00:00.000Z');
    expect(only('2026-11-24', { cutOffHours: 0 }).bookableUntil).toBe('2026-11-24T07:00:00.000Z');
  });

  test('carry their surcharge if they have one', () => {
    const surcharge = { amount: 590, currency: 'EUR' } as const;
    expect(slotView(only('2026-11-24', { surcharge })).surcharge).toEqual(surcharge);
    expect(slotView(only('2026-11-24', {}))).not.toHaveProperty('surcharge');
  });
});

describe('exceptions in the calendar', () => {
  const templates = [...everyDay(), ...everyDay({ from: '14:00', to: '18:00' })];
  const on = (exceptions: SlotZone['exceptions']) =>
    slotsOn(slotZone({ templates, exceptions }), '2026-12-24').map(({ slotId, capacity }) => [
      slotId.split('_')[2],
      capacity,
    ]);

  test.each([
    ['a closed day has no slots', [{ kind: 'closed', date: '2026-12-24' }], []],
    [
      'a slot is closed by the time at which it begins',
      [{ kind: 'closed', date: '2026-12-24', from: '14:00' }],
      [['0800-1200', 2]],
    ],
    [
      'the capacity of a day applies to all its slots',
      [{ kind: 'capacity', date: '2026-12-24', capacity: 7 }],
      [
        ['0800-1200', 7],
        ['1400-1800', 7],
      ],
    ],
    [
      'an exception for a slot overrides an exception for its day',
      [
        { kind: 'closed', date: '2026-12-24' },
        { kind: 'capacity', date: '2026-12-24', from: '08:00', capacity: 1 },
      ],
      [['0800-1200', 1]],
    ],
    [
      'exceptions for another day change nothing',
      [{ kind: 'closed', date: '2026-12-25' }],
      [
        ['0800-1200', 2],
        ['1400-1800', 2],
      ],
    ],
  ] as [string, SlotZone['exceptions'], unknown[]][])('%s', (_what, exceptions, slots) => {
    expect(on(exceptions)).toEqual(slots);
  });
});

describe('slots when clocks go forward (Berlin, 29 March 2026, 02:00 to 03:00)', () => {
  const day = '2026-03-29';
  test.each([
    [
      'begins before the lost hour and ends after it: is an hour shorter',
      '01:00',
      '05:00',
      ['00:00', '03:00'],
    ],
    ['begins in the lost hour: begins later', '02:30', '06:00', ['01:30', '04:00']],
    ['ends in the lost hour: ends later', '00:00', '02:30', ['23:00', '01:30']],
    ['is the lost hour: is moved completely', '02:00', '03:00', ['01:00', '02:00']],
    ['would end before it begins: is moved completely', '02:30', '03:15', ['01:30', '02:15']],
    ['lies in the lost hour: is moved completely', '02:10', '02:40', ['01:10', '01:40']],
    ['begins after the lost hour: is unchanged', '08:00', '12:00', ['06:00', '10:00']],
  ])('give the right instants for a slot that %s', (_what, from, to, [begins, ends]) => {
    const slot = only(day, { from, to });
    expect(window(slot).map((instant) => instant.slice(11, 16))).toEqual([begins, ends]);
    expect(slot.from < slot.to).toBe(true);
  });

  test('have a label with the time on the clocks, and a name from the pattern', () => {
    const slot = only(day, { from: '02:00', to: '03:00' });
    expect(slotView(slot).local).toMatchObject({ from: '03:00', to: '04:00' });
    expect(slot.slotId).toContain('_0200-0300_');
  });

  test('at night end by the new time, and the cut-off counts real hours', () => {
    const night = only('2026-03-28', { kind: 'night', from: '22:00', to: '04:00', cutOffHours: 24 });
    expect(window(night)).toEqual(['2026-03-28T21:00:00.000Z', '2026-03-29T02:00:00.000Z']);
    expect(only(day, { cutOffHours: 24 }).bookableUntil).toBe('2026-03-28T06:00:00.000Z');
  });
});

describe('slots when clocks go back (Berlin, 25 October 2026, 03:00 to 02:00)', () => {
  const day = '2026-10-25';
  test.each([
    ['spans the repeated hour: is an hour longer', '01:00', '05:00', ['23:00', '04:00']],
    ['begins in the repeated hour: begins the first time', '02:30', '06:00', ['00:30', '05:00']],
    ['ends in the repeated hour: ends the first time', '00:00', '02:30', ['22:00', '00:30']],
    ['begins after the repeated hour: is unchanged', '08:00', '12:00', ['07:00', '11:00']],
  ])('give the right instants for a slot that %s', (_what, from, to, [begins, ends]) => {
    expect(window(only(day, { from, to })).map((instant) => instant.slice(11, 16))).toEqual([begins, ends]);
  });
});

test('slots never end before they begin, on any day of the year in zones with unusual clock changes', () => {
  const templates = [
    ...everyDay({ from: '00:00', to: '00:30' }),
    ...everyDay({ from: '01:45', to: '02:15' }),
    ...everyDay({ from: '02:00', to: '03:00' }),
    ...everyDay({ from: '23:00', to: '01:00', kind: 'night' }),
  ];
  for (const timeZone of ['Europe/Berlin', 'America/Santiago', 'Australia/Lord_Howe', 'Asia/Kathmandu'])
    for (let day = 0; day < 366; day += 1) {
      const date = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);
      const slots = slotsOn(slotZone({ timeZone, templates }), date);
      expect(slots).toHaveLength(4);
      for (const slot of slots) expect([slot.slotId, slot.from < slot.to]).toEqual([slot.slotId, true]);
    }
});
