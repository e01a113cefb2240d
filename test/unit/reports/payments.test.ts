import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { payments } from '../../../shared/reports/payments/payments.ts';
import { authorised, failed, moved, paymentId, started } from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { orderRecords, paid, pricedOrder } from '../../builders/made-up-orders.ts';
import { type MadeUpLake, madeUpLake } from '../../fakes/made-up-lake.ts';
import { askedReport, rowsOf } from './asked-report.ts';

let lake: MadeUpLake;
beforeEach(async () => {
  lake = await madeUpLake();
});
afterEach(() => lake.close());

const berlin = { period: '2026-11-28', timeZone: 'Europe/Berlin' };
const at = '2026-11-28T10:00:00.000Z';
/** 00:30 of 28 November in Berlin, 27 November in UTC. */
const early = '2026-11-27T23:30:00.000Z';
const other = idOf('payment', 2);

let number = 0;
const order = (
  of: { country: string; at?: string; storefrontId?: string; currency?: 'EUR' | 'USD' },
  ...facts: NewFact[]
) => {
  number += 1;
  const { at: when = at, ...priced } = of;
  return orderRecords(number, { at: when, facts: [pricedOrder({ goods: 100, ...priced }), ...facts] });
};
const toSecond = moved({ to: { paymentId: other, provider: 'second', method: 'card' } });
const none = { declined: 0, noAnswer: 0, refused: 0, notSetUp: 0, chosen: 0 };

describe('the payments of a day', () => {
  it('count one failure of the provider that was out, and one success of the next one', async () => {
    await lake.load([
      // Germany: one order is paid at once, another by the second provider because the first was out.
      ...order({ country: 'DE' }, ...paid(100)),
      ...order({ country: 'DE' }, toSecond, started({ paymentId: other }), authorised({ paymentId: other })),
      // The payment moves back to the first intent, which was paid after all.
      ...order(
        { country: 'FR', at: early },
        ...[toSecond, moved({ paymentId: other, provider: 'second', reason: 'paid', to: own() })],
        authorised(),
      ),
      // Declined twice at the first provider and once by voucher, and never paid.
      ...order(
        { country: 'FR', storefrontId: 'outlet', currency: 'USD' },
        ...[started(), failed(), failed({ callbackId: 'evt_2' })],
        moved({ reason: 'chosen', to: { paymentId: other, provider: 'second', method: 'voucher' } }),
        failed({ paymentId: other }),
      ),
    ]);

    const day = await askedReport(payments, lake, berlin);

    expect(rowsOf(day, 'by-market')).toEqual([
      {
        ...{ market: 'DE', method: 'card', provider: 'second', tried: 1, paid: 1, success: 1, ...none },
      },
      {
        ...{ market: 'DE', method: 'card', provider: 'stripe', tried: 2, paid: 1, success: 1 / 2 },
        ...{ ...none, noAnswer: 1 },
      },
      { market: 'FR', method: 'card', provider: 'second', tried: 1, paid: 0, success: 0, ...none },
      {
        ...{ market: 'FR', method: 'card', provider: 'stripe', tried: 2, paid: 1, success: 1 / 2 },
        ...{ ...none, declined: 2, noAnswer: 1, chosen: 1 },
      },
      {
        ...{ market: 'FR', method: 'voucher', provider: 'second', tried: 1, paid: 0, success: 0 },
        ...{ ...none, declined: 1 },
      },
    ]);
    // Stripe: 4 tries, 2 paid; the other one: 3 tries, 1 paid.
    expect(rowsOf(day, 'by-provider')).toMatchObject([
      { provider: 'second', tried: 3, paid: 1, success: 1 / 3 },
      { provider: 'stripe', tried: 4, paid: 2, success: 1 / 2, noAnswer: 2 },
    ]);
    const outlet = await askedReport(payments, lake, { ...berlin, storefrontId: 'outlet' });
    expect(rowsOf(outlet, 'by-method').map(({ tried }) => tried)).toEqual([1, 1]);
  });

  it('are none of an empty lake', async () => {
    expect(rowsOf(await askedReport(payments, lake, berlin), 'by-provider')).toEqual([]);
  });
});

const own = () => ({ paymentId, provider: 'stripe', method: 'card' });
