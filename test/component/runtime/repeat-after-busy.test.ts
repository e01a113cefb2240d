import { afterAll, beforeAll, expect, test } from 'vitest';
import { seed } from '../../../infra/cli/sample-shop/seed.ts';
import { basket, type FullRequest, fullRequests } from './full-requests.ts';
import { type HandlersOnEngine, handlersOnEngine, type RouteId } from './handlers-on-engine.ts';
import { gatherLog } from './log-lines.ts';

gatherLog();

let handlers: HandlersOnEngine;

beforeAll(async () => {
  handlers = await handlersOnEngine();
  await seed(handlers.operator);
});
afterAll(() => handlers.stop());

const isWrite = /^(PutItem|UpdateItem|DeleteItem|TransactWriteItems|BatchWriteItem)$/;
const broken = { status: 500, body: Buffer.from('{"__type":"InternalServerError"}') };

/** Every attempt of the write with that number fails: before its effect, or after it, so that its answer is lost. */
function breakWrite(number: number, when: 'before' | 'after') {
  const writes: string[] = [];
  handlers.through(async ({ operation, invocation }, ask) => {
    if (!isWrite.test(operation)) return ask();
    const isFirst = !writes.includes(invocation);
    if (isFirst) writes.push(invocation);
    if (writes[number - 1] !== invocation) return ask();
    if (isFirst && when === 'after') await ask();
    return broken;
  });
  return {
    /** Ends the fault. Gives whether there was a write with that number. */
    end(): boolean {
      handlers.through(undefined);
      return writes.length >= number;
    },
  };
}

const post = (route: RouteId, body: unknown, key: string) =>
  handlers.call(route, { body: JSON.stringify(body), headers: { 'idempotency-key': key } });

/** Sends the request again with its key, as a client does after 503, until it is carried out. */
async function untilDone(route: RouteId, body: unknown, key: string) {
  const statuses: (number | undefined)[] = [];
  for (let time = 0; time < 4; time += 1) {
    const answer = await post(route, body, key);
    statuses.push(answer.status);
    if (answer.status !== 503) return { answer, statuses };
    expect(answer.headers).toHaveProperty('retry-after');
  }
  throw new Error(`${route} is never carried out: ${statuses.join()}`);
}

/** Units of the SKU in all warehouses. */
async function unitsOf(sku: string): Promise<{ readonly onHand: number; readonly reserved: number }> {
  const { body } = await handlers.call('stock/get-stock', { params: { sku } });
  const { warehouses } = body as { warehouses: { onHand: number; reserved: number }[] };
  const sum = (of: 'onHand' | 'reserved') => warehouses.reduce((all, position) => all + position[of], 0);
  return { onHand: sum('onHand'), reserved: sum('reserved') };
}

const bodyOf = (route: RouteId, quoteId: string): FullRequest['body'] =>
  fullRequests({ quoteId, slotQuoteId: '', slotId: '' }).find((request) => request.route === route)?.body;

test.each(['before', 'after'] as const)(
  'an order that was answered 503 is completed by the same key, and written once: write fails %s its effect',
  async (when) => {
    const [line] = basket.lines;
    const sku = line?.sku ?? '';
    for (let number = 1; ; number += 1) {
      const quote = await handlers.call('1-quote/post-quote', { body: JSON.stringify(basket) });
      const { quoteId } = quote.body as { quoteId: string };
      const earlier = await unitsOf(sku);
      const fault = breakWrite(number, when);
      const key = `order-${when}-${number}`;
      const { answer } = await untilDone('2-order/post-order', bodyOf('2-order/post-order', quoteId), key);
      const isStruck = fault.end();
      expect(answer).toMatchObject({ status: 201 });
      const again = await post('2-order/post-order', bodyOf('2-order/post-order', quoteId), key);
      expect(again).toMatchObject({
        status: 201,
        body: { orderId: (answer.body as { orderId: string }).orderId },
      });
      expect((await unitsOf(sku)).reserved - earlier.reserved).toBe(line?.quantity);
      if (!isStruck) break;
    }
  },
);

test.each(['before', 'after'] as const)(
  'a movement of stock that was answered 503 counts once: write fails %s its effect',
  async (when) => {
    const movement = bodyOf('stock/post-stock-movement', '') as { sku: string; quantity: number };
    for (let number = 1; ; number += 1) {
      const earlier = await unitsOf(movement.sku);
      const fault = breakWrite(number, when);
      const key = `movement-${when}-${number}`;
      const { answer } = await untilDone('stock/post-stock-movement', movement, key);
      const isStruck = fault.end();
      expect(answer.status).toBe(201);
      await post('stock/post-stock-movement', movement, key);
      expect((await unitsOf(movement.sku)).onHand - earlier.onHand).toBe(movement.quantity);
      if (!isStruck) break;
    }
  },
);
