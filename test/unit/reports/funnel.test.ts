import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { later } from '../../../shared/kernel/time.ts';
import { funnel } from '../../../shared/reports/funnel/funnel.ts';
import { parcelId, voided } from '../../builders/facts.ts';
import { dailyRates, orderRecords, type Priced, paid, pricedOrder } from '../../builders/made-up-orders.ts';
import { quoteGiven, quoteRefused, visitReported } from '../../builders/made-up-records.ts';
import { placedAt } from '../../builders/timeline.ts';
import { type MadeUpLake, madeUpLake } from '../../fakes/made-up-lake.ts';
import { askedReport, eur, rowsOf } from './asked-report.ts';

let lake: MadeUpLake;
beforeEach(async () => {
  lake = await madeUpLake();
});
afterEach(() => lake.close());

const berlin = { period: '2026-11-28', timeZone: 'Europe/Berlin' };
const view = (sku: string) => ({ step: 'view', sku }) as const;
const cart = (sku: string, quantity = 1) => ({ step: 'cart', sku, quantity }) as const;
const inEuro = { goods: 2400, shipping: 600 };
const inDollar = { goods: 5000, shipping: 1000, currency: 'USD', country: 'US' } as const;

const order = (number: number, at: string, given: Priced, ...facts: NewFact[]) =>
  orderRecords(number, { at, facts: [pricedOrder(given), ...facts] });
const delivered: readonly NewFact[] = [
  { name: 'parcel.delivered', data: { parcelId, deliveredAt: later(placedAt, 86_400_000) } },
  { name: 'order.delivered', data: {} },
];

describe('the funnel of a day', () => {
  beforeEach(() =>
    lake.load([
      dailyRates('2026-11-27', { USD: '1.25' }),
      // Three visitors: a and b to Germany, a twice, and c of another shop without a market. One step has no visitor.
      visitReported(1, {
        at: '2026-11-28T09:00:10.000Z',
        visitor: 'a',
        country: 'DE',
        steps: [view('MUG'), view('HAT')],
      }),
      visitReported(2, {
        at: '2026-11-28T09:03:00.000Z',
        visitor: 'a',
        country: 'DE',
        steps: [cart('MUG', 3)],
      }),
      visitReported(3, { at: '2026-11-28T09:03:59.999Z', visitor: 'b', country: 'DE', steps: [view('MUG')] }),
      visitReported(4, {
        at: '2026-11-28T10:00:00.000Z',
        visitor: 'c',
        storefrontId: 'outlet',
        steps: [view('MUG')],
      }),
      visitReported(5, { at: '2026-11-28T10:00:00.000Z', country: 'DE', steps: [cart('HAT')] }),
      // 00:30 of 28 November in Berlin, 27 November in UTC; and 00:00 of 29 November in Berlin.
      visitReported(6, { at: '2026-11-27T23:30:00.000Z', visitor: 'd', country: 'US', steps: [view('MUG')] }),
      visitReported(7, { at: '2026-11-28T23:00:00.000Z', visitor: 'e', country: 'US', steps: [view('MUG')] }),
      // Three baskets to Germany, one of them refreshed; two are refused, one for two reasons. One to the US.
      quoteGiven(1, { at: '2026-11-28T09:10:00.000Z' }),
      quoteGiven(2, { at: '2026-11-28T09:11:00.000Z' }),
      quoteGiven(3, { at: '2026-11-28T09:12:00.000Z' }),
      quoteGiven(4, { at: '2026-11-28T09:12:30.000Z', previous: 3 }),
      quoteGiven(5, {
        at: '2026-11-28T09:20:00.000Z',
        country: 'US',
        storefrontId: 'outlet',
        currency: 'USD',
      }),
      quoteRefused(6, { at: '2026-11-28T09:15:00.000Z', reasons: ['not-in-stock', 'no-lane', 'no-lane'] }),
      quoteRefused(7, { at: '2026-11-28T09:15:30.000Z', reasons: ['not-in-stock'] }),
      // To Germany: one delivered, one paid, one whose payment was given up. To the US: one paid, in dollars.
      ...order(1, '2026-11-28T09:20:00.000Z', inEuro, ...paid(3000), ...delivered),
      ...order(2, '2026-11-28T09:20:30.000Z', inEuro, ...paid(3000)),
      ...order(3, '2026-11-28T09:20:45.000Z', inEuro, ...paid(3000).slice(0, 2), voided()),
      ...order(
        4,
        '2026-11-28T09:30:00.000Z',
        { ...inDollar, storefrontId: 'outlet', ratesDay: '2026-11-27' },
        ...paid(6000, 'USD'),
      ),
    ]),
  );

  it('counts each step, and what part of it comes to the next', async () => {
    const day = await askedReport(funnel, lake, berlin);

    // Views 2 + 1 + 1 + 1 of visitors a, b, c, d; two steps into the cart, one of them of no visitor.
    // 30.00 + 30.00 EUR and 60.00 USD / 1.25 = 48.00 EUR.
    expect(rowsOf(day, 'summary')).toEqual([
      {
        ...{ visitors: 4, views: 5, carts: 2, quotes: 4, refused: 2, orders: 4, paid: 3, delivered: 1 },
        ...{ charged: eur(10_800), toCart: 1 / 4, toOrder: 4 / 4, toPaid: 3 / 4, toDelivered: 1 / 3 },
        refusedPart: 2 / 6,
      },
    ]);
    expect(day.notCounted).toEqual([]);
  });

  it('is divided by market and by storefront; a visit of no market has none', async () => {
    const day = await askedReport(funnel, lake, berlin);

    expect(rowsOf(day, 'by-market')).toMatchObject([
      {
        ...{ market: 'DE', visitors: 2, views: 3, carts: 2, quotes: 3, refused: 2, orders: 3, paid: 2 },
        ...{ delivered: 1, charged: eur(6000), toCart: 1 / 2, refusedPart: 2 / 5 },
      },
      { market: 'US', visitors: 1, views: 1, quotes: 1, orders: 1, paid: 1, charged: eur(4800), toOrder: 1 },
      { market: null, visitors: 1, views: 1, quotes: 0, orders: 0, toOrder: null, refusedPart: null },
    ]);
    expect(rowsOf(day, 'by-storefront')).toMatchObject([
      { storefront: 'shop', visitors: 3, orders: 3 },
      { storefront: 'outlet', visitors: 1, orders: 1 },
    ]);
  });

  it('says why baskets were refused, each reason once', async () => {
    const day = await askedReport(funnel, lake, berlin);

    // Five baskets to Germany were priced or refused.
    expect(rowsOf(day, 'refusals')).toEqual([
      { reason: 'not-in-stock', market: 'DE', baskets: 2, part: 2 / 5 },
      { reason: 'no-lane', market: 'DE', baskets: 1, part: 1 / 5 },
    ]);
  });

  it('is cut by hour and by minute of the clocks in Berlin, and each minute has what happened in it', async () => {
    const day = await askedReport(funnel, lake, berlin);

    const hours = rowsOf(day, 'by-hour');
    expect(hours).toHaveLength(24);
    expect(hours[0]).toMatchObject({ at: '2026-11-28T00:00+01:00', visitors: 1, views: 1, orders: 0 });
    expect(hours[10]).toMatchObject({
      at: '2026-11-28T10:00+01:00',
      visitors: 2,
      views: 3,
      carts: 1,
      quotes: 4,
      orders: 4,
    });
    expect(hours[11]).toMatchObject({ at: '2026-11-28T11:00+01:00', visitors: 1, carts: 1, orders: 0 });
    const minutes = rowsOf(day, 'by-minute');
    expect(
      minutes.map(({ at, visitors, views, carts, quotes, refused, orders }) =>
        [at, visitors, views, carts, quotes, refused, orders].join(' '),
      ),
    ).toEqual([
      '2026-11-28T00:30+01:00 1 1 0 0 0 0',
      '2026-11-28T10:00+01:00 1 2 0 0 0 0',
      '2026-11-28T10:03+01:00 1 1 1 0 0 0',
      '2026-11-28T10:10+01:00 0 0 0 1 0 0',
      '2026-11-28T10:11+01:00 0 0 0 1 0 0',
      '2026-11-28T10:12+01:00 0 0 0 1 0 0',
      '2026-11-28T10:15+01:00 0 0 0 0 2 0',
      '2026-11-28T10:20+01:00 0 0 0 1 0 3',
      '2026-11-28T10:30+01:00 0 0 0 0 0 1',
      '2026-11-28T11:00+01:00 1 1 1 0 0 0',
    ]);
  });

  it('adds up to the same in every table, of a day, a week and a month', async () => {
    for (const [period, hours] of [
      ['2026-11-28', 24],
      ['2026-W48', 168],
      ['2026-11', 0],
    ] as const) {
      const made = await askedReport(funnel, lake, { ...berlin, period });
      expect(rowsOf(made, 'by-hour')).toHaveLength(hours);
      const [summary] = rowsOf(made, 'summary');
      for (const table of ['by-market', 'by-storefront', 'by-day', ...(hours === 0 ? [] : ['by-hour'])])
        for (const figure of [
          'visitors',
          'views',
          'carts',
          'quotes',
          'refused',
          'orders',
          'paid',
          'delivered',
        ])
          expect([
            table,
            figure,
            rowsOf(made, table).reduce((all, row) => all + Number(row[figure]), 0),
          ]).toEqual([...[table, figure, summary?.[figure]]]);
    }
    // The visit of 00:00 of 29 November is in the week and the month.
    const week = await askedReport(funnel, lake, { ...berlin, period: '2026-W48' });
    expect(rowsOf(week, 'summary')).toMatchObject([{ visitors: 5, views: 6 }]);
  });

  it('is that of one storefront for its reader, and nothing of the others', async () => {
    const own = await askedReport(funnel, lake, { ...berlin, storefrontId: 'outlet' });

    expect(rowsOf(own, 'summary')).toMatchObject([
      { visitors: 1, views: 1, carts: 0, quotes: 1, refused: 0, orders: 1, paid: 1, charged: eur(4800) },
    ]);
    expect(rowsOf(own, 'refusals')).toEqual([]);
    expect(rowsOf(own, 'by-market').map(({ market }) => market)).toEqual(['US', null]);
  });
});

it('counts an amount without a rate, and its order in the counts', async () => {
  await lake.load(order(1, '2026-11-28T09:00:00.000Z', inDollar, ...paid(6000, 'USD')));

  const day = await askedReport(funnel, lake, berlin);

  expect(rowsOf(day, 'summary')).toMatchObject([{ orders: 1, paid: 1, charged: eur(0) }]);
  expect(day.notCounted).toMatchObject([{ code: 'no-rate', count: 1 }]);
});

it('has an hour twice where the clocks go back, with another distance to UTC', async () => {
  await lake.load([
    visitReported(1, { at: '2026-10-25T00:30:00.000Z', steps: [view('MUG')] }),
    visitReported(2, { at: '2026-10-25T01:30:00.000Z', steps: [view('MUG'), view('MUG')] }),
  ]);

  const day = await askedReport(funnel, lake, { ...berlin, period: '2026-10-25' });

  const hours = rowsOf(day, 'by-hour');
  expect(hours).toHaveLength(25);
  expect(hours.slice(2, 4)).toMatchObject([
    { at: '2026-10-25T02:00+02:00', views: 1 },
    { at: '2026-10-25T02:00+01:00', views: 2 },
  ]);
});

it('has hours of 5:45 before UTC that begin with the local day', async () => {
  await lake.load([visitReported(1, { at: '2026-11-27T18:15:00.000Z', steps: [view('MUG')] })]);

  const day = await askedReport(funnel, lake, { period: '2026-11-28', timeZone: 'Asia/Kathmandu' });

  expect(rowsOf(day, 'by-hour')[0]).toMatchObject({ at: '2026-11-28T00:00+05:45', views: 1 });
  expect(rowsOf(day, 'by-minute')).toMatchObject([{ at: '2026-11-28T00:00+05:45', views: 1 }]);
});

it('has no figure of nothing in an empty lake', async () => {
  const day = await askedReport(funnel, lake, berlin);

  expect(rowsOf(day, 'summary')).toEqual([
    {
      ...{ visitors: 0, views: 0, carts: 0, quotes: 0, refused: 0, orders: 0, paid: 0, delivered: 0 },
      ...{ charged: eur(0), toCart: null, toOrder: null, toPaid: null, toDelivered: null, refusedPart: null },
    },
  ]);
  expect(rowsOf(day, 'by-market')).toEqual([]);
  expect(rowsOf(day, 'by-minute')).toEqual([]);
});
