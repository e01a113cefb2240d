import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { later } from '../../../shared/kernel/time.ts';
import { service } from '../../../shared/reports/service/service.ts';
import { booked, declarationReleased, filed, parcelId } from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { orderRecords, paid, pricedOrder } from '../../builders/made-up-orders.ts';
import { placedAt } from '../../builders/timeline.ts';
import { type MadeUpLake, madeUpLake } from '../../fakes/made-up-lake.ts';
import { askedReport, rowsOf } from './asked-report.ts';

let lake: MadeUpLake;
beforeEach(async () => {
  lake = await madeUpLake();
});
afterEach(() => lake.close());

const berlin = { period: '2026-11-28', timeZone: 'Europe/Berlin' };
const hour = 3600;
type TimedFact = NewFact & { readonly occurredAt: string };
/** A fact that happens these seconds after the order was placed. */
const after = (seconds: number, fact: NewFact): TimedFact => ({
  ...fact,
  occurredAt: later(placedAt, seconds * 1000),
});
const deliveredAt = '2026-12-02T12:00:00.000Z';
const delivered = { name: 'parcel.delivered', data: { parcelId, deliveredAt } } as const;
const broken = {
  ...({ name: 'parcel.promise_broken' } as const),
  data: { parcelId, promisedBy: '2026-12-01T12:00:00.000Z' },
};
const queried = {
  ...({ name: 'declaration.queried' } as const),
  data: {
    ...{ declarationId: idOf('declaration', 1), parcelId, authorityCode: 'IM440' },
    reason: 'documents' as const,
  },
};

/** Paid 2 seconds after the order; booked these seconds after that, and these seconds at customs. */
const journey = (
  number: number,
  given: { country?: string; storefrontId?: string; at?: string; booking: number; customs: number },
  ...more: NewFact[]
) =>
  orderRecords(number, {
    at: given.at ?? '2026-11-28T10:00:00.000Z',
    facts: [
      pricedOrder({
        goods: 2400,
        country: given.country ?? 'DE',
        storefrontId: given.storefrontId ?? 'shop',
      }),
      ...paid(2400),
      after(2 + given.booking, booked()),
      after(10 * hour, filed()),
      after(10 * hour + given.customs, declarationReleased()),
      ...more.map((fact) => after(90 * hour, fact)),
    ],
  });

describe('the service of a day', () => {
  beforeEach(() =>
    lake.load([
      ...journey(1, { booking: 60, customs: hour }, delivered),
      ...journey(2, { booking: 120, customs: 2 * hour }, delivered, broken),
      ...journey(3, { booking: 180, customs: 3 * hour }, queried),
      // 00:30 of 28 November in Berlin, 27 November in UTC.
      ...journey(
        4,
        { at: '2026-11-27T23:30:00.000Z', country: 'US', storefrontId: 'outlet', booking: 600, customs: 600 },
        delivered,
      ),
      // 00:30 of 29 November in Berlin.
      ...journey(5, { at: '2026-11-28T23:30:00.000Z', booking: 9000, customs: 9000 }, delivered, broken),
      // Nobody paid this one.
      ...orderRecords(6, { at: '2026-11-28T10:00:00.000Z', facts: [pricedOrder({ goods: 2400 })] }),
    ]),
  );

  it('is by lane and carrier', async () => {
    const day = await askedReport(service, lake, berlin);

    expect(rowsOf(day, 'by-lane')).toEqual([
      {
        ...{ warehouse: 'cn-shenzhen', market: 'DE', carrier: 'easypost', parcels: 3, delivered: 2 },
        // One of two decided parcels kept its promise; the third is under way.
        ...{ kept: 1, broken: 1, share: 0.5 },
        // 60, 120, 180: rank 2 of 3 is the half, and rank 3 of 3 (2.7, up) nine of ten.
        ...{ trackingHalf: 120, trackingNine: 180, customsHalf: 2 * hour, customsNine: 3 * hour },
        ...{ queried: 1, refused: 0, short: 0, lost: 0, exceptions: 1 },
      },
      {
        ...{ warehouse: 'cn-shenzhen', market: 'US', carrier: 'easypost', parcels: 1, delivered: 1 },
        ...{ kept: 1, broken: 0, share: 1 },
        ...{ trackingHalf: 600, trackingNine: 600, customsHalf: 600, customsNine: 600 },
        ...{ queried: 0, refused: 0, short: 0, lost: 0, exceptions: 0 },
      },
    ]);
    // 60, 120, 180, 600: rank 2 of 4 and rank 4 of 4 (3.6, up). Customs 600, 3600, 7200, 10800.
    expect(rowsOf(day, 'summary')).toMatchObject([
      {
        ...{ parcels: 4, delivered: 3, kept: 2, broken: 1, share: 2 / 3, exceptions: 1 },
        ...{ trackingHalf: 120, trackingNine: 600, customsHalf: hour, customsNine: 3 * hour },
      },
    ]);
    expect(day.notCounted).toMatchObject([{ code: 'not-paid', count: 1 }]);
  });

  it('is that of one storefront for its reader', async () => {
    const own = await askedReport(service, lake, { ...berlin, storefrontId: 'outlet' });

    expect(rowsOf(own, 'by-lane')).toMatchObject([{ market: 'US', parcels: 1 }]);
    expect(rowsOf(own, 'summary')).toMatchObject([{ parcels: 1, trackingNine: 600 }]);
  });
});

it('has no figure of nothing in an empty lake', async () => {
  const day = await askedReport(service, lake, berlin);

  expect(rowsOf(day, 'summary')).toMatchObject([
    { parcels: 0, share: null, trackingHalf: null, customsNine: null, exceptions: 0 },
  ]);
  expect(rowsOf(day, 'by-lane')).toEqual([]);
});

it('counts a refused, a short and a lost parcel, each as one exception, and a stopped one as none', async () => {
  const refused: NewFact = {
    name: 'declaration.refused',
    data: { declarationId: idOf('declaration', 1), parcelId, authorityCode: 'X', reasons: [] },
  };
  const short: NewFact = {
    name: 'dispatch.short',
    data: {
      ...{ dispatchId: idOf('dispatch', 1), parcelId },
      short: [{ sku: 'TEA-TOWEL', missingQuantity: 1 }],
    },
  };
  const closedAs = (outcome: 'lost' | 'stopped') =>
    ({ name: 'parcel.closed', data: { parcelId, outcome, refund: 'none' } }) as const;
  await lake.load([
    ...journey(1, { booking: 60, customs: hour }, refused),
    ...journey(2, { booking: 60, customs: hour }, short),
    ...journey(3, { booking: 60, customs: hour }, closedAs('lost')),
    // Queried, then lost: in both figures, and one parcel with an exception.
    ...journey(4, { booking: 60, customs: hour }, queried, closedAs('lost')),
    ...journey(5, { booking: 60, customs: hour }, closedAs('stopped')),
    ...journey(6, { booking: 60, customs: hour }, delivered),
  ]);

  const day = await askedReport(service, lake, berlin);

  expect(rowsOf(day, 'summary')).toMatchObject([
    { parcels: 6, delivered: 1, queried: 1, refused: 1, short: 1, lost: 2, exceptions: 4 },
  ]);
});
