import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sampleSeller } from '../../infra/cli/sample-shop/sample-seller.ts';
import { storefrontClient } from '../../infra/cli/start/demo-order.ts';
import { confirmAsBrowser } from '../../shared/payment/providers/stripe/sandbox/confirm-as-browser.ts';
import { postAsOperator } from './operator.ts';
import { imbalances, operatorView, type RunningBackend, runBackend } from './running-backend.ts';
import { baskets, isDelivered, type Placed } from './shopper.ts';

let running: RunningBackend;
beforeAll(async () => {
  running = await runBackend();
  const instalments = {
    ...{ counts: [3], countries: ['DE'] },
    minAmounts: [{ amount: 1_000, currency: 'EUR' }],
  };
  const body = { ...sampleSeller, payment: { instalments } };
  await running.backend.operator.call({ method: 'PUT', path: '/v1/admin/seller', body });
});
afterAll(() => running.stop());

interface Part {
  readonly n: number;
  readonly amount: { readonly amount: number };
  readonly dueOn?: string;
  readonly status?: string;
}
interface Offers {
  readonly methods: readonly {
    readonly method: string;
    readonly instalments?: readonly { readonly count: number; readonly instalments: readonly Part[] }[];
  }[];
}

it('an order in instalments is offered, paid with the first, sent, and lowered by a refund', async () => {
  const { backend, shopper, storefrontKey, stripeUrl } = running;
  const storefront = storefrontClient(backend.url, storefrontKey);
  const quote = await shopper.quote<{ quoteId: string; totals: { total: { amount: number } } }>(baskets.DE);
  const total = quote.totals.total.amount;
  const query = `country=DE&currency=EUR&amount=${total}`;
  const offers = await storefront.call<Offers>({ method: 'GET', path: `/v1/payment-methods?${query}` });
  const plan = offers.methods.find(({ method }) => method === 'card')?.instalments?.[0];
  const amounts = plan?.instalments.map(({ amount }) => amount.amount) ?? [];
  expect(amounts.reduce((all, one) => all + one, 0)).toBe(total);

  const place = (instalments: number) =>
    storefront.call<Placed>({
      ...{ method: 'POST', path: '/v1/orders', headers: { 'idempotency-key': randomUUID() } },
      body: { ...shopper.placeBody(quote.quoteId, 'DE'), payment: { method: 'card', instalments } },
    });
  await expect(place(4)).rejects.toMatchObject({
    problem: { status: 422, errors: [{ pointer: '/payment/instalments', code: 'instalments-not-offered' }] },
  });
  const placed = await place(3);
  await confirmAsBrowser(stripeUrl, placed.payment.nextAction.clientSecret ?? '');
  await shopper.follow(placed, isDelivered);

  const parts = async () =>
    (
      await storefront.call<{ payments: { instalments?: Part[]; captured: { amount: number } }[] }>({
        method: 'GET',
        path: `/v1/orders/${placed.orderId}`,
        headers: { authorization: `Bearer ${placed.accessToken}` },
      })
    ).payments[0];
  const paid = await parts();
  expect(paid?.captured.amount).toBe(amounts[0]);
  expect(paid?.instalments?.map(({ status }) => status)).toEqual(['paid', 'due', 'due']);
  expect(paid?.instalments?.map(({ amount }) => amount.amount)).toEqual(amounts);

  const refund = { amount: { amount: 100, currency: 'EUR' } };
  expect(await postAsOperator(running, placed, 'refund', refund)).toMatchObject({
    ...{ outcome: 'refund-requested', refund: refund.amount, lowered: refund.amount },
  });
  const after = (await parts())?.instalments?.map(({ amount }) => amount.amount);
  expect(after).toEqual([amounts[0], amounts[1], (amounts[2] ?? 0) - 100]);

  // The price of a unit, with its duty and tax, lowers what is open as an amount does.
  const sku = baskets.DE.lines[0]?.sku ?? '';
  const open = (after?.[1] ?? 0) + (after?.[2] ?? 0);
  const units = (await postAsOperator(running, placed, 'refund', { lines: [{ sku, quantity: 1 }] })) as {
    readonly refund: { readonly amount: number };
  };
  const lowered = { amount: Math.min(units.refund.amount, open), currency: 'EUR' };
  expect(units).toMatchObject({ outcome: 'refund-requested', lines: [{ sku, quantity: 1 }], lowered });
  const [, second = 0, third = 0] = (await parts())?.instalments?.map(({ amount }) => amount.amount) ?? [];
  expect(second + third).toBe(open - lowered.amount);
  expect(imbalances(await operatorView(backend, placed.orderId))).toEqual([]);
});
