import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordOf } from '../../../shared/lake/index.ts';
import { backendBill } from '../../../shared/reports/backend-bill/backend-bill.ts';
import { orderRecords, paid, pricedOrder } from '../../builders/made-up-orders.ts';
import { type MadeUpLake, madeUpLake } from '../../fakes/made-up-lake.ts';
import { askedReport, rowsOf } from './asked-report.ts';

let lake: MadeUpLake;
beforeEach(async () => {
  lake = await madeUpLake();
});
afterEach(() => lake.close());

type Unit = readonly [unit: string, part: string, isFixed: boolean, count: number];

const counted = (hour: string, units: readonly Unit[], at = '2026-11-30T00:00:00.000Z') =>
  recordOf(
    'usage.counted',
    { id: `usage:${hour}:${at}`, occurredAt: hour, recordedAt: at },
    {
      units: units.map(([unit, part, isFixed, count]) => ({
        unit,
        part,
        isFixed,
        thousandths: count * 1_000,
      })),
    },
  );

const writes = (count: number): Unit => ['dynamodb.writeUnits', 'all', false, count];
const usd = (cents: number) => ({ amountMinor: cents, currency: 'USD' });

const deliveredOrder = (number: number, at: string) =>
  orderRecords(number, {
    at,
    facts: [pricedOrder({ goods: 2400 }), ...paid(2400), { name: 'order.delivered', data: {} }],
  });
const berlin = { period: '2026-11-28', timeZone: 'Europe/Berlin' };

describe('the bill of a day', () => {
  beforeEach(() =>
    lake.load([
      // 23:00 of 27 November in Berlin.
      counted('2026-11-27T22:00:00.000Z', [writes(1_000_000)]),
      // 00:00 of 28 November in Berlin.
      counted('2026-11-27T23:00:00.000Z', [writes(100), ['sqs.requests', 'payment', false, 10]]),
      // Counted while the hour ran, and once more when it was over: the later one holds.
      counted('2026-11-28T10:00:00.000Z', [writes(50)], '2026-11-28T10:20:00.000Z'),
      counted('2026-11-28T10:00:00.000Z', [
        writes(60),
        ['dynamodb.readUnits', 'all', false, 4.5],
        ['lambda.mbMs', 'quote', false, 10_240_000],
        ['cloudwatch.alarmHours', 'all', true, 42],
      ]),
      // 00:00 of 29 November in Berlin.
      counted('2026-11-28T23:00:00.000Z', [writes(1_000_000)]),
      ...deliveredOrder(1, '2026-11-28T10:00:00.000Z'),
      ...deliveredOrder(2, '2026-11-28T11:00:00.000Z'),
      ...deliveredOrder(3, '2026-11-28T23:30:00.000Z'),
    ]),
  );

  it('is what was used, at list price, and for a delivered order', async () => {
    const day = await askedReport(backendBill, lake, berlin);

    // Millionths of a dollar: 160 writes x 0.625 = 100; 10 SQS requests x 0.4 = 4; 4.5 reads x 0.125 = 0.5625;
    // 10,240,000 MB-ms / 1,024,000 = 10 GB-seconds x 13.3334 = 133.334. Together 237.8965.
    // 42 alarm-hours x 100,000 / 720 = 5,833.333. All: 6,071.2298.
    // Two orders: 237.8965 / 2 = 118.94825 and 6,071.2298 / 2 = 3,035.6149 dollars for a million.
    const whole = {
      ...{ delivered: 2, variable: 238, fixed: 5_833, total: 6_071 },
      ...{ variablePerMillion: usd(11_895), totalPerMillion: usd(303_561) },
    };
    expect(rowsOf(day, 'summary')).toEqual([whole]);
    expect(rowsOf(day, 'by-day')).toEqual([{ day: '2026-11-28', ...whole }]);
  });

  it('is by unit, the most expensive first', async () => {
    const day = await askedReport(backendBill, lake, berlin);

    expect(rowsOf(day, 'by-unit')).toEqual([
      {
        // 100,000 / 720 = 138.889 millionths an hour.
        ...{ unit: 'CloudWatch alarms, hours', quantity: 42, price: 138_888_889 },
        ...{ variable: 0, fixed: 5_833, total: 5_833 },
        // 5,833.333 / 2 = 2,916.6667.
        ...{ variablePerMillion: usd(0), totalPerMillion: usd(291_667) },
      },
      {
        ...{ unit: 'Lambda arm64 duration, MB-milliseconds', quantity: 10_240_000, price: 13 },
        ...{ variable: 133, fixed: 0, total: 133 },
        // 133.334 / 2 = 66.667.
        ...{ variablePerMillion: usd(6_667), totalPerMillion: usd(6_667) },
      },
      {
        ...{ unit: 'DynamoDB on-demand write request units', quantity: 160, price: 625_000 },
        ...{ variable: 100, fixed: 0, total: 100 },
        ...{ variablePerMillion: usd(5_000), totalPerMillion: usd(5_000) },
      },
      {
        ...{ unit: 'SQS requests, per 64 KB', quantity: 10, price: 400_000 },
        ...{ variable: 4, fixed: 0, total: 4 },
        ...{ variablePerMillion: usd(200), totalPerMillion: usd(200) },
      },
      {
        // 4.5 read units, half up.
        ...{ unit: 'DynamoDB on-demand read request units', quantity: 5, price: 125_000 },
        ...{ variable: 1, fixed: 0, total: 1 },
        // 0.5625 / 2 = 0.28125.
        ...{ variablePerMillion: usd(28), totalPerMillion: usd(28) },
      },
    ]);
  });

  it('is by part of the journey where that is known', async () => {
    const day = await askedReport(backendBill, lake, berlin);

    expect(rowsOf(day, 'by-part')).toMatchObject([
      // 100 + 0.5625, and the alarms.
      { part: 'all', variable: 101, fixed: 5_833 },
      { part: 'quote', variable: 133, fixed: 0 },
      { part: 'payment', variable: 4, fixed: 0 },
    ]);
  });

  it('says how many hours were not counted, of a period that is over', async () => {
    const day = await askedReport(backendBill, lake, berlin);
    const running = await askedReport(backendBill, lake, { ...berlin, now: '2026-11-28T12:00:00.000Z' });

    // Two of 24 hours were counted.
    expect(day.notCounted).toMatchObject([{ code: 'hours-not-counted', count: 22 }]);
    expect(running.notCounted).toEqual([]);
  });
});

it('has no cost of an order where none was delivered, and no row in an empty lake', async () => {
  await lake.load([counted('2026-11-28T10:00:00.000Z', [writes(16)])]);

  const day = await askedReport(backendBill, lake, berlin);
  const before = await askedReport(backendBill, lake, { ...berlin, period: '2026-11-20' });

  expect(rowsOf(day, 'summary')).toEqual([
    {
      ...{ delivered: 0, variable: 10, fixed: 0, total: 10 },
      ...{ variablePerMillion: null, totalPerMillion: null },
    },
  ]);
  expect(rowsOf(before, 'by-unit')).toEqual([]);
});

it('counts units without a price, and prices the others', async () => {
  await lake.load([counted('2026-11-28T10:00:00.000Z', [writes(16), ['moon.trips', 'all', false, 3]])]);

  const day = await askedReport(backendBill, lake, { ...berlin, now: '2026-11-28T12:00:00.000Z' });

  expect(day.notCounted).toEqual([
    { code: 'no-price', says: 'units moon.trips, which have no price here', count: 3 },
  ]);
  expect(rowsOf(day, 'summary')).toMatchObject([{ variable: 10 }]);
});
