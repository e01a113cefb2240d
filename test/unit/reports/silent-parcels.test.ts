import { afterEach, beforeEach, expect, it } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
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
      ...{ warehouse: 'cn-shenzhen', market: 'DE', carrier: 'easypost' },
      ...{ underWay: 3, silent: 2, longest: 172_800 },
    },
    {
      ...{ warehouse: 'cn-shenzhen', market: 'US', carrier: 'easypost' },
      ...{ underWay: 1, silent: 1, longest: 295_200 },
    },
  ]);
});

it('are fewer where a reader waits longer', async () => {
  const two = await askedReport(service, lake, { ...berlin, parameters: { silentDays: '2' } });
  const three = await askedReport(service, lake, { ...berlin, parameters: { silentDays: '3' } });

  expect(rowsOf(two, 'silent')).toMatchObject([{ underWay: 4, silent: 2 }]);
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
