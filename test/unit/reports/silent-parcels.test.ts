import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { later } from '../../../shared/kernel/time.ts';
import { service } from '../../../shared/reports/service/service.ts';
import { dispatched, parcelId, scanned } from '../../builders/facts.ts';
import { orderRecords, paid, pricedOrder } from '../../builders/made-up-orders.ts';
import { placedAt } from '../../builders/timeline.ts';
import { type MadeUpLake, madeUpLake } from '../../fakes/made-up-lake.ts';
import { askedReport, rowsOf } from './asked-report.ts';

let lake: MadeUpLake;
beforeEach(async () => {
  lake = await madeUpLake();
});
afterEach(() => lake.close());

/** All orders are placed then. */
const at = '2026-11-25T10:00:00.000Z';
/** The end of 28 November in Berlin is 23:00 in UTC. */
const berlin = { period: '2026-11-28', timeZone: 'Europe/Berlin' };

type TimedFact = NewFact & { readonly occurredAt: string };

/** A fact that is recorded when it happened. */
const recorded = (instant: string, fact: NewFact): TimedFact => {
  const since = Date.parse(instant) - Date.parse(at);
  return { ...fact, occurredAt: new Date(Date.parse(placedAt) + since).toISOString() };
};
const handed = (handedOverAt: string) => recorded(handedOverAt, dispatched({ handedOverAt }));
const scan = (scannedAt: string) => recorded(scannedAt, scanned({ scannedAt }));
const arrived = (deliveredAt: string) =>
  recorded(deliveredAt, { name: 'parcel.delivered', data: { parcelId, deliveredAt } });
const lost = (instant: string) =>
  recorded(instant, { name: 'parcel.closed', data: { parcelId, outcome: 'lost', refund: 'none' } });
const parcel = (number: number, facts: readonly NewFact[], country = 'DE', storefrontId = 'shop') =>
  orderRecords(number, {
    at,
    facts: [pricedOrder({ goods: 2400, country, storefrontId }), ...paid(2400), ...facts],
  });

beforeEach(() =>
  lake.load([
    // 23:00 less 22:59:59 of the day before: 86,401 seconds, a day and a second.
    ...parcel(1, [handed('2026-11-27T12:00:00.000Z'), scan('2026-11-27T22:59:59.000Z')]),
    // 86,399 seconds: a second less than a day.
    ...parcel(2, [handed('2026-11-27T12:00:00.000Z'), scan('2026-11-27T23:00:01.000Z')]),
    // Never scanned: two days since it was handed over, 172,800 seconds.
    ...parcel(3, [handed('2026-11-26T23:00:00.000Z')]),
    ...parcel(4, [handed('2026-11-26T12:00:00.000Z'), arrived('2026-11-28T20:00:00.000Z')]),
    // Handed over after the end.
    ...parcel(5, [handed('2026-11-28T23:30:00.000Z')]),
    // Scanned again after the end: until then 3 days and 10 hours, 295,200 seconds.
    ...parcel(
      6,
      [
        handed('2026-11-25T12:00:00.000Z'),
        scan('2026-11-25T13:00:00.000Z'),
        scan('2026-11-28T23:10:00.000Z'),
      ],
      'US',
      'outlet',
    ),
    ...parcel(7, [handed('2026-11-25T12:00:00.000Z'), lost('2026-11-28T12:00:00.000Z')]),
  ]),
);

it('are those without a scan for a day at the end of the period, whenever they were ordered', async () => {
  const day = await askedReport(service, lake, berlin);

  expect(rowsOf(day, 'silent')).toEqual([{ underWay: 4, silent: 3, longest: 295_200 }]);
  expect(rowsOf(day, 'silent-by-lane')).toEqual([
    {
      ...{ warehouse: 'cn-shenzhen', market: 'DE', carrier: 'easypost', limit: 86_400 },
      ...{ underWay: 3, silent: 2, longest: 172_800 },
    },
    {
      ...{ warehouse: 'cn-shenzhen', market: 'US', carrier: 'easypost', limit: 86_400 },
      ...{ underWay: 1, silent: 1, longest: 295_200 },
    },
  ]);
});

it('are fewer where a reader waits longer', async () => {
  const two = await askedReport(service, lake, { ...berlin, parameters: { silentDays: '2' } });
  const three = await askedReport(service, lake, { ...berlin, parameters: { silentDays: '3' } });

  expect(rowsOf(two, 'silent')).toMatchObject([{ underWay: 4, silent: 2 }]);
  expect(rowsOf(two, 'silent-by-lane')).toMatchObject([{ limit: 172_800 }, { limit: 172_800 }]);
  expect(rowsOf(three, 'silent')).toMatchObject([{ underWay: 4, silent: 1 }]);
});

it('of a period that is not over are those at the last scan or step that is known', async () => {
  const running = await askedReport(service, lake, { ...berlin, now: '2026-11-28T22:00:00.000Z' });

  // The last step is the handing over of 23:30: parcel 2 has been silent for a day then, and 5 is with its carrier.
  // Parcel 6 was scanned twenty minutes before.
  expect(rowsOf(running, 'silent')).toMatchObject([{ underWay: 5, silent: 3, longest: 174_600 }]);
});

it('are those of one storefront for its reader', async () => {
  const own = await askedReport(service, lake, { ...berlin, storefrontId: 'outlet' });

  expect(rowsOf(own, 'silent')).toEqual([{ underWay: 1, silent: 1, longest: 295_200 }]);
});

it('are none in an empty lake', async () => {
  const empty = await madeUpLake();
  const day = await askedReport(service, empty, berlin);
  empty.close();

  expect(rowsOf(day, 'silent')).toEqual([{ underWay: 0, silent: 0, longest: null }]);
  expect(rowsOf(day, 'silent-by-lane')).toEqual([]);
});

describe('the limit of a lane', () => {
  /** A parcel that waits `hours` from its handing over to its only scan, and three more hours to its delivery. */
  const arrivedAfter = (number: number, handedOverAt: string, hours: number) => {
    const scannedAt = later(handedOverAt, hours * 3_600_000);
    const deliveredAt = later(scannedAt, 3 * 3_600_000);
    return parcel(number, [handed(handedOverAt), scan(scannedAt), arrived(deliveredAt)], 'JP');
  };
  /** Under way to Japan, last scanned that number of hours before the end of the day in Berlin. */
  const heardBefore = (number: number, hours: number) => {
    const scannedAt = later('2026-11-28T23:00:00.000Z', -hours * 3_600_000);
    return parcel(number, [handed('2026-11-25T12:00:00.000Z'), scan(scannedAt)], 'JP');
  };
  const japan = { warehouse: 'cn-shenzhen', market: 'JP', carrier: 'easypost' };
  const underWay = [heardBefore(201, 29), heardBefore(202, 30), heardBefore(203, 40)].flat();
  const laneOf = async () =>
    rowsOf(await askedReport(service, lake, berlin), 'silent-by-lane').find(({ market }) => market === 'JP');
  const parcels = (first: number, hours: readonly number[]) =>
    hours.flatMap((each, index) => arrivedAfter(first + index, '2026-11-26T00:00:00.000Z', each));

  it('is what 99 of 100 of its waits did not exceed', async () => {
    // 50 parcels have two waits each, which are 100: 48 of 1 h, 50 of 3 h, one of 30 h and one of 50 h. The 99th of
    // them is the one of 30 h, so that a parcel of 30 h is silent, and one of 29 h is not.
    await lake.load([...parcels(100, [...Array(48).fill(1), 30, 50]), ...underWay]);

    expect(await laneOf()).toEqual({
      ...{ ...japan, limit: 30 * 3_600 },
      ...{ underWay: 3, silent: 2, longest: 40 * 3_600 },
    });
  });

  it('is a day if there are fewer than 100 waits', async () => {
    // 49 parcels have 98 waits.
    await lake.load([...parcels(100, [...Array(47).fill(1), 30, 50]), ...underWay]);

    expect(await laneOf()).toMatchObject({ limit: 86_400, underWay: 3, silent: 3 });
  });

  it('knows nothing of parcels that arrived more than 28 days before the end', async () => {
    // The 28 days begin on 31 October at 23:00. 49 parcels arrive in them, and the 50th an hour before.
    await lake.load([
      ...parcels(100, [...Array(47).fill(1), 30, 50]),
      ...arrivedAfter(150, '2026-10-31T18:00:00.000Z', 1),
      ...underWay,
    ]);
    expect(await laneOf()).toMatchObject({ limit: 86_400 });

    await lake.load(arrivedAfter(151, '2026-10-31T19:00:00.000Z', 1));
    expect(await laneOf()).toMatchObject({ limit: 30 * 3_600 });
  });
});
