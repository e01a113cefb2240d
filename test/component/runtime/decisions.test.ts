import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seed } from '../../../infra/cli/sample-shop/seed.ts';
import { openTable } from '../../../shared/aws/clients.ts';
import { createTimelineStore } from '../../../shared/aws/order/timeline-store.ts';
import { newId } from '../../../shared/kernel/ids.ts';
import { actOnOrder } from '../../../shared/timeline/index.ts';
import { authorised, captured, released, started } from '../../builders/facts.ts';
import { project } from '../../fakes/project.ts';
import { address, basket } from './full-requests.ts';
import { type HandlersOnEngine, handlersOnEngine } from './handlers-on-engine.ts';
import { gatherLog } from './log-lines.ts';

gatherLog();

let handlers: HandlersOnEngine;
beforeAll(async () => {
  handlers = await handlersOnEngine();
  await seed(handlers.operator);
});
afterAll(() => handlers.stop());

let asked = 0;

/** A paid order of which no parcel is booked. */
async function paidOrder(): Promise<string> {
  asked += 1;
  const { body: quote } = await handlers.call('1-quote/post-quote', { body: JSON.stringify(basket) });
  const { body } = await handlers.call('2-order/post-order', {
    headers: { 'idempotency-key': `order-${asked}` },
    body: JSON.stringify({
      ...{
        quoteId: (quote as { quoteId: string }).quoteId,
        customer: { email: 'erika@example.com', phone: '+493012345678' },
      },
      ...{ shippingAddress: address, payment: { method: 'card' } },
    }),
  });
  const { orderId } = body as { orderId: string };
  const table = openTable(process.env.TABLE_NAME ?? '');
  const deps = {
    timelines: createTimelineStore({ table, project, newId }),
    clock: () => new Date(),
  };
  const placed = (await deps.timelines.load(orderId))?.facts[0];
  if (placed?.name !== 'order.placed') throw new Error('the order was placed');
  const { payment, landedCost } = placed.data;
  const paid = { paymentId: payment.paymentId, amount: landedCost.totals.total };
  for (const fact of [started(paid), authorised(paid), released(), captured(paid)])
    await actOnOrder(deps, orderId, { by: 'journey' }, () => [fact]);
  return orderId;
}

async function decide(orderId: string, decision: string, key: string, body: object = {}) {
  const answer = await handlers.call('4-screening/post-decision', {
    params: { orderId, decision },
    headers: { 'idempotency-key': key },
    body: JSON.stringify(body),
  });
  const { outcome, type } = answer.body as { outcome?: string; type?: string };
  return [answer.status, outcome ?? type?.split('/').at(-1)];
}

const reused = [422, 'idempotency-key-reused'];
const amount = { amount: 100, currency: 'EUR' };

describe('a decision of an operator', () => {
  test('is carried out once per key, whatever happened to the order since', async () => {
    const orderId = await paidOrder();
    expect(await decide(orderId, 'hold', 'a')).toEqual([202, 'decided']);
    expect(await decide(orderId, 'hold', 'b')).toEqual([202, 'no-change']);
    expect(await decide(orderId, 'release', 'c')).toEqual([202, 'decided']);
    for (const [key, outcome] of [
      ['a', 'decided'],
      ['b', 'no-change'],
    ] as const)
      expect(await decide(orderId, 'hold', key)).toEqual([202, outcome]);
    // The order is still released.
    expect(await decide(orderId, 'release', 'd')).toEqual([202, 'no-change']);
  });

  test('does not take the key of another request, of a refund too', async () => {
    const orderId = await paidOrder();
    await decide(orderId, 'hold', 'a');
    await decide(orderId, 'hold', 'b');
    expect(await decide(orderId, 'refund', 'c', { amount })).toEqual([202, 'refund-requested']);
    expect(await decide(orderId, 'refund', 'c', { amount })).toEqual([202, 'refund-requested']);
    for (const key of ['a', 'b', 'c']) {
      expect(await decide(orderId, 'refuse', key)).toEqual(reused);
      expect(await decide(orderId, 'refund', key, { amount: { ...amount, amount: 101 } })).toEqual(reused);
    }
    expect(await decide(orderId, 'release', 'd')).toEqual([202, 'decided']);
  });

  test('gives back no amount of nothing or below, and says which field is wrong', async () => {
    const orderId = await paidOrder();
    for (const wrong of [0, -1, -5_000]) {
      const { status, body } = await handlers.call('4-screening/post-decision', {
        params: { orderId, decision: 'refund' },
        headers: { 'idempotency-key': `wrong-${wrong}` },
        body: JSON.stringify({ amount: { ...amount, amount: wrong } }),
      });
      expect([status, body]).toMatchObject([
        422,
        { errors: [{ pointer: '/amount/amount', code: 'too-small' }] },
      ]);
    }
  });

  test('gives units back once, and names the line that can not go back', async () => {
    const orderId = await paidOrder();
    const send = (key: string, body: object) =>
      handlers.call('4-screening/post-decision', {
        params: { orderId, decision: 'refund' },
        headers: { 'idempotency-key': key },
        body: JSON.stringify(body),
      });
    const lines = basket.lines.slice(0, 1).map(({ sku }) => ({ sku, quantity: 1 }));
    const first = await send('units', { lines });
    expect(first).toMatchObject({
      ...{ status: 202, body: { outcome: 'refund-requested', lines: [{ ...lines[0], lineId: 'line-1' }] } },
    });
    expect(await send('units', { lines })).toMatchObject({ status: 202, body: first.body as object });
    for (const [key, wrong, pointer] of [
      ['sku', [{ sku: 'NO-SUCH-SKU', quantity: 1 }], '/lines/0/sku'],
      ['many', [{ ...lines[0], quantity: 1_000 }], '/lines/0/quantity'],
      ['none', [{ ...lines[0], quantity: 0 }], '/lines/0/quantity'],
      ['flood', Array.from({ length: 100 }, () => ({ ...lines[0] })), '/lines'],
    ] as const)
      expect(await send(key, { lines: wrong })).toMatchObject({
        status: 422,
        body: { errors: [{ pointer }] },
      });
    expect(await send('both', { lines, amount })).toMatchObject({
      ...{ status: 422, body: { errors: [{ pointer: '/amount' }] } },
    });
  });

  test('may have the key of a request for another order', async () => {
    expect(await decide(await paidOrder(), 'hold', 'a')).toEqual([202, 'decided']);
    expect(await decide(await paidOrder(), 'refuse', 'a')).toEqual([202, 'decided']);
  });

  test.each(['release', 'hold', 'refuse'])('to %s has no amount', async (decision) => {
    const orderId = await paidOrder();
    const answer = await handlers.call('4-screening/post-decision', {
      params: { orderId, decision },
      headers: { 'idempotency-key': 'a' },
      body: JSON.stringify({ amount }),
    });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/amount' }] } });
    expect(await decide(orderId, 'hold', 'b')).toEqual([202, 'decided']);
  });
});
