import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Destination } from '../../../shared/freight/destination.ts';
import { handOverAt } from '../../../shared/freight/hand-over.ts';
import { promiseDelivery } from '../../../shared/freight/promise-delivery.ts';
import { type Transit, transitSchema } from '../../../shared/freight/transit.ts';
import { warehouse } from '../../builders/network.ts';

const site = warehouse();
const transit = (over: object = {}): Transit =>
  transitSchema.parse({ days: [{ days: 2, share: 10_000 }], ...over });
const berlin: Destination = { country: 'DE', postalCode: '10115' };

function promise(now: string, over: Partial<Parameters<typeof promiseDelivery>[0]> = {}) {
  return promiseDelivery({ site, transit: transit(), destination: berlin, now, ...over });
}
const latest = (...args: Parameters<typeof promise>) => promise(...args).latest;
const handOver = (now: string, over: object = {}, collections: readonly string[] = []) =>
  new Date(handOverAt({ ...site, ...over }, Date.parse(now), collections)).toISOString();

describe('hand-over to the carrier', () => {
  // The warehouse is in Poznań, UTC+1 in winter, open from 8 to 20 o'clock on weekdays, cut-off 14:00, 4 h of handling.
  it('is at the close of the day if the order comes before the cut-off', () => {
    expect(handOver('2026-11-23T12:59:59.999Z')).toBe('2026-11-23T19:00:00.000Z');
    expect(handOver('2026-11-23T13:00:00.000Z')).toBe('2026-11-24T19:00:00.000Z');
  });

  it('is counted from the opening time for an order at night', () => {
    expect(handOver('2026-11-23T02:00:00.000Z')).toBe('2026-11-23T19:00:00.000Z');
  });

  it('skips weekends and holidays', () => {
    expect(handOver('2026-11-27T13:00:00.000Z')).toBe('2026-11-30T19:00:00.000Z');
    expect(handOver('2026-11-28T09:00:00.000Z')).toBe('2026-11-30T19:00:00.000Z');
    expect(handOver('2026-11-27T13:00:00.000Z', { holidays: ['2026-11-30'] })).toBe(
      '2026-12-01T19:00:00.000Z',
    );
  });

  it('spreads long handling over working hours only', () => {
    // Monday 13:00 leaves seven hours of Monday and twelve of Tuesday: 19 h end on Tuesday at closing, 20 h on
    // Wednesday.
    expect(handOver('2026-11-23T12:00:00.000Z', { handlingHours: 19 })).toBe('2026-11-24T19:00:00.000Z');
    expect(handOver('2026-11-23T12:00:00.000Z', { handlingHours: 20 })).toBe('2026-11-25T19:00:00.000Z');
    // From Friday the weekend lies between.
    expect(handOver('2026-11-27T12:00:00.000Z', { handlingHours: 8 })).toBe('2026-11-30T19:00:00.000Z');
  });

  it('waits for the carrier’s next collection', () => {
    const collections = ['12:00', '17:30'];
    // Monday 08:30 local, ready at 12:30; from 07:59 ready at 12:00 sharp, because work begins at eight.
    expect(handOver('2026-11-23T07:30:00.000Z', {}, collections)).toBe('2026-11-23T16:30:00.000Z');
    expect(handOver('2026-11-23T06:59:00.000Z', {}, collections)).toBe('2026-11-23T11:00:00.000Z');
    // Ready at 17:31: the next collection is on Tuesday at noon.
    expect(handOver('2026-11-23T12:31:00.000Z', {}, collections)).toBe('2026-11-24T11:00:00.000Z');
  });

  it('keeps the local time when the clocks change', () => {
    // Sunday, 25 October 2026: Poland goes from UTC+2 to UTC+1. Friday's cut-off of 14:00 is 12:00 UTC, Monday's 13:00.
    expect(handOver('2026-10-23T11:59:00.000Z')).toBe('2026-10-23T18:00:00.000Z');
    expect(handOver('2026-10-23T12:00:00.000Z')).toBe('2026-10-26T19:00:00.000Z');
    expect(handOver('2026-10-26T12:59:00.000Z')).toBe('2026-10-26T19:00:00.000Z');
    // Sunday, 28 March 2027, the other way round.
    expect(handOver('2027-03-26T13:00:00.000Z')).toBe('2027-03-29T18:00:00.000Z');
  });

  it('waits for goods that are still on their way to the warehouse', () => {
    expect(promise('2026-11-23T09:00:00.000Z', { availableAt: '2026-11-25T10:00:00.000Z' }).handOver).toBe(
      '2026-11-25T19:00:00.000Z',
    );
  });
});

describe('the delivery promise', () => {
  it('is 20:00 in the consignee’s time zone, some delivery days after hand-over', () => {
    // Handed over on Monday: Wednesday.
    expect(promise('2026-11-23T12:00:00.000Z')).toEqual({
      earliest: '2026-11-25T07:00:00.000Z',
      latest: '2026-11-25T19:00:00.000Z',
      handOver: '2026-11-23T19:00:00.000Z',
      timeZone: 'Europe/Berlin',
      percentile: 90,
    });
  });

  it('skips a weekend and a holiday, and is on Saturday if the carrier delivers then', () => {
    // Handed over on Thursday: Friday and Monday.
    expect(latest('2026-11-26T12:00:00.000Z')).toBe('2026-11-30T19:00:00.000Z');
    const saturdays = transit({ deliveryDays: [1, 2, 3, 4, 5, 6] });
    expect(latest('2026-11-26T12:00:00.000Z', { transit: saturdays })).toBe('2026-11-28T19:00:00.000Z');
    const holidays = transit({ holidays: [{ country: 'DE', dates: ['2026-11-27', '2026-11-30'] }] });
    expect(latest('2026-11-26T12:00:00.000Z', { transit: holidays })).toBe('2026-12-02T19:00:00.000Z');
    // Those of another country don't matter.
    const french = transit({ holidays: [{ country: 'FR', dates: ['2026-11-27'] }] });
    expect(latest('2026-11-26T12:00:00.000Z', { transit: french })).toBe('2026-11-30T19:00:00.000Z');
  });

  it('stays at 20:00 when the clocks change', () => {
    // Handed over on Friday, 23 October: Monday and Tuesday, in winter time. In summer time it was 18:00 UTC.
    expect(latest('2026-10-23T11:00:00.000Z')).toBe('2026-10-27T19:00:00.000Z');
    expect(latest('2026-10-20T11:00:00.000Z')).toBe('2026-10-22T18:00:00.000Z');
  });

  const spread = transit({
    days: [
      { days: 1, share: 500 },
      { days: 2, share: 5_000 },
      { days: 3, share: 9_000 },
      { days: 5, share: 9_500 },
      { days: 9, share: 10_000 },
    ],
  });

  it.each([
    // Handed over on Monday, 23 November: Tuesday is one day, Wednesday two.
    [5, '2026-11-24'],
    [6, '2026-11-25'],
    [50, '2026-11-25'],
    [51, '2026-11-26'],
    [90, '2026-11-26'],
    [91, '2026-11-30'],
    [95, '2026-11-30'],
    [96, '2026-12-04'],
  ])('is kept for %i per cent of the parcels: %s', (percentile, date) => {
    expect(latest('2026-11-23T12:00:00.000Z', { transit: spread, percentile })).toBe(`${date}T19:00:00.000Z`);
    const own = { ...spread, percentile };
    expect(latest('2026-11-23T12:00:00.000Z', { transit: own })).toBe(`${date}T19:00:00.000Z`);
  });

  it('combines customs and transit as two independent probabilities', () => {
    const crossing = transit({
      days: [
        { days: 1, share: 8_000 },
        { days: 2, share: 10_000 },
      ],
      customs: [
        { hours: 2, share: 5_000 },
        { hours: 26, share: 10_000 },
      ],
    });
    const to = (country: string, percentile: number) =>
      latest('2026-11-23T12:00:00.000Z', { transit: crossing, destination: { country }, percentile });
    // To Britain, from Monday: Tuesday 40 %, Wednesday 10 + 40 = 50 %, so 90 % by then, Thursday the last 10 %.
    expect(to('GB', 40)).toBe('2026-11-24T20:00:00.000Z');
    expect(to('GB', 41)).toBe('2026-11-25T20:00:00.000Z');
    expect(to('GB', 90)).toBe('2026-11-25T20:00:00.000Z');
    expect(to('GB', 91)).toBe('2026-11-26T20:00:00.000Z');
    // Within the customs union nothing is cleared.
    expect(to('DE', 80)).toBe('2026-11-24T19:00:00.000Z');
    expect(to('DE', 81)).toBe('2026-11-25T19:00:00.000Z');
  });

  it('can be on the same day from a warehouse nearby', () => {
    const same = transit({ days: [{ days: 0, share: 10_000 }] });
    const near = { transit: same, destination: { country: 'PL' }, collections: ['12:00', '19:00'] };
    // Collected at noon: the same evening. Collected at 19:00: the next day of delivery.
    expect(promise('2026-11-23T06:00:00.000Z', near)).toMatchObject({
      earliest: '2026-11-23T11:00:00.000Z',
      latest: '2026-11-23T19:00:00.000Z',
    });
    expect(latest('2026-11-23T12:00:00.000Z', near)).toBe('2026-11-24T19:00:00.000Z');
    expect(latest('2026-11-27T12:00:00.000Z', near)).toBe('2026-11-30T19:00:00.000Z');
  });

  it('counts from the later date across the date line', () => {
    const angeles = warehouse({
      timeZone: 'America/Los_Angeles',
      address: { ...site.address, country: 'US' },
    });
    const oneDay = transit({ days: [{ days: 1, share: 10_000 }] });
    // Handed over on Monday at 20:00 in Los Angeles, which is Tuesday, 13:00 in Tokyo: Wednesday, 20:00 there.
    expect(
      promise('2026-11-23T20:00:00.000Z', { site: angeles, transit: oneDay, destination: { country: 'JP' } }),
    ).toMatchObject({ handOver: '2026-11-24T04:00:00.000Z', latest: '2026-11-25T11:00:00.000Z' });
  });

  it('is in the time zone of the address, and in the westernmost zone if the address has none', () => {
    const to = (destination: Destination) => latest('2026-11-23T12:00:00.000Z', { destination });
    expect(to({ country: 'US', postalCode: '10001' })).toBe('2026-11-26T01:00:00.000Z');
    expect(to({ country: 'US', postalCode: '94105' })).toBe('2026-11-26T04:00:00.000Z');
    expect(to({ country: 'US', region: 'CA' })).toBe('2026-11-26T04:00:00.000Z');
    expect(to({ country: 'US' })).toBe('2026-11-26T06:00:00.000Z');
  });

  const instants = fc
    .date({
      min: new Date('2026-01-01T00:00:00Z'),
      max: new Date('2027-12-31T00:00:00Z'),
      noInvalidDate: true,
    })
    .map((date) => date.toISOString());
  const destinations = fc.constantFrom<Destination>(
    ...['10001', '60601', '80202', '94105', '96813', '99501'].map((postalCode) => ({
      country: 'US',
      postalCode,
    })),
    ...['A1A 1A1', 'M5V 2T6', 'V6B 1A1'].map((postalCode) => ({ country: 'CA', postalCode })),
    ...['2000', '6000', '0800'].map((postalCode) => ({ country: 'AU', postalCode })),
    ...['01310-100', '69900-000'].map((postalCode) => ({ country: 'BR', postalCode })),
    { country: 'DE' },
    { country: 'JP' },
    { country: 'NZ' },
  );

  it('is never before hand-over, is never earlier for a later order, and is kept in every part of a country', () => {
    fc.assert(
      fc.property(
        instants,
        fc.integer({ min: 0, max: 40 * 3_600_000 }),
        destinations,
        fc.integer({ min: 0, max: 4 }),
        (now, waitMs, destination, days) => {
          const first = { transit: transit({ days: [{ days, share: 10_000 }] }), destination };
          const known = promise(now, first);
          expect(known.earliest <= known.latest).toBe(true);
          expect(known.handOver <= known.earliest).toBe(true);
          const waited = new Date(Date.parse(now) + waitMs).toISOString();
          expect(latest(waited, first) >= known.latest).toBe(true);
          const anywhere = { ...first, destination: { country: destination.country } };
          expect(latest(now, anywhere) >= known.latest).toBe(true);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('is never earlier if a higher share of parcels must keep it', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 98 }), destinations, (now, percentile, destination) => {
        const at = (share: number) => latest(now, { transit: spread, destination, percentile: share });
        expect(at(percentile + 1) >= at(percentile)).toBe(true);
      }),
    );
  });
});
