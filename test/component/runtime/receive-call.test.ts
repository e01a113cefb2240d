import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Table } from '../../../shared/aws/clients.ts';
import { createTimelineStore } from '../../../shared/aws/order/timeline-store.ts';
import { unpackCall } from '../../../shared/aws/pack-calls.ts';
import { keys } from '../../../shared/aws/table.ts';
import { newId } from '../../../shared/kernel/ids.ts';
import { fromJson } from '../../../shared/kernel/money.ts';
import { receivePaymentCallback, startPayment } from '../../../shared/payment/index.ts';
import { receiveCall } from '../../../shared/runtime/receive-call.ts';
import { type PartnerCall, placedFact } from '../../../shared/timeline/index.ts';
import { createHarness } from '../../fakes/harness.ts';
import { callbackBody, createFakePaymentProvider } from '../../fakes/payment-provider.ts';
import { project } from '../../fakes/project.ts';
import { costOf, openShop, type Shop } from '../stores/shop.ts';
import { type Item, startTable, type TableOnEngine } from '../stores/table-on-engine.ts';
import { gatherLog } from './log-lines.ts';

const logLines = gatherLog();

let on: TableOnEngine;
let shop: Shop;

beforeAll(async () => {
  on = await startTable();
  shop = openShop(on);
});
afterAll(() => on.stop());

/** An order whose shopper has paid, and the provider's call that says so. */
async function paidOrder(ending = '') {
  await shop.receive('TEA-TOWEL', 1);
  const orderId = await shop.buy(costOf([{ sku: 'TEA-TOWEL', quantity: 1 }]));
  const timeline = await shop.timelines.load(orderId);
  if (timeline === undefined) throw new Error('the order was placed');
  const { payment, landedCost } = placedFact(timeline).data;
  const provider = createFakePaymentProvider(fromJson(landedCost.totals.total));
  const harness = createHarness();
  const depsOn = (table: Table) => ({
    ...harness.deps,
    ...{ table, clock: shop.clock, providerByCode: async () => provider },
    timelines: createTimelineStore({ table, project, newId, clock: shop.clock }),
  });
  await startPayment(depsOn(on.table), orderId);
  provider.pay('authorised');
  const { paymentId } = payment;
  const update = { kind: 'payment', orderId, paymentId, payment: provider.payment() } as const;
  const rawBody = Buffer.concat([callbackBody(update), Buffer.from(ending)]);
  const call = (deliveryId: string): PartnerCall => ({
    ...{ kind: 'payment', code: 'stripe', callbackId: `evt_${orderId}`, deliveryId },
    ...{ rawBody, receivedAt: shop.now() },
  });
  return {
    ...{ orderId, provider, rawBody, call, notices: harness.notices },
    /** Hands a delivery of the call to its function. */
    deliver: (deliveryId: string, table = on.table) =>
      receiveCall(depsOn(table), call(deliveryId), receivePaymentCallback),
    facts: async () => ((await shop.timelines.load(orderId))?.facts ?? []).map(({ name }) => name),
    /** The stored bytes of the call, wherever they are. */
    kept: async () => (await on.items()).flatMap((item) => bytesIn(item, orderId)),
  };
}

function bytesIn(item: Item, orderId: string): { where: 'facts' | 'own'; body: string }[] {
  const isOfOrder = item.pk === keys.orderPartition(orderId) && 'call' in item;
  if (isOfOrder) return [{ where: 'facts', body: unpackCall('payment', item.call).toString() }];
  if (item.pk !== keys.callback('payment', 'stripe', `evt_${orderId}`).pk) return [];
  return [{ where: 'own', body: unpackCall('payment', item.rawBody).toString() }];
}

/** The table for a function that is killed at its n-th request: before the request arrives, or before its answer. */
function killedAt(nth: number, arrives: boolean): { table: Table; isKilled: () => boolean } {
  let requests = 0;
  const { client, name } = on.table;
  const send = async (command: Parameters<typeof client.send>[0]): Promise<unknown> => {
    requests += 1;
    if (requests > nth) throw new Error('killed before');
    if (requests === nth && arrives) await client.send(command);
    if (requests === nth) throw new Error('killed');
    return client.send(command);
  };
  const dying = new Proxy(client, { get: (of, key) => (key === 'send' ? send : Reflect.get(of, key)) });
  return { table: { client: dying, name }, isKilled: () => requests >= nth };
}

const once = (facts: readonly string[]) => facts.filter((name) => name === 'payment.authorised').length;

describe('a call of a partner', () => {
  test('is kept with the facts to which it led, byte by byte, and nowhere else', async () => {
    const { deliver, kept, rawBody, facts } = await paidOrder();
    await deliver('request-1');
    expect(once(await facts())).toBe(1);
    expect(await kept()).toEqual([{ where: 'facts', body: rawBody.toString() }]);
  });

  test('that comes in another delivery is dropped, and its own delivery is interpreted again', async () => {
    const { deliver, kept, facts } = await paidOrder();
    await deliver('request-1');
    const before = await facts();
    await deliver('request-2');
    const dropped = logLines();
    expect(dropped.at(-1)).toMatchObject({ code: 'CALLBACK_KNOWN', partner: 'stripe' });
    await deliver('request-1');
    expect(logLines()).toHaveLength(dropped.length);
    expect(await facts()).toEqual(before);
    expect(await kept()).toHaveLength(1);
  });

  test('in many deliveries at the same time leads to its facts once, and is kept once', async () => {
    const { deliver, kept, facts } = await paidOrder();
    await Promise.all(Array.from({ length: 8 }, (_, n) => deliver(`request-${n}`)));
    expect(once(await facts())).toBe(1);
    expect((await kept()).filter(({ where }) => where === 'facts')).toHaveLength(1);
  });

  test('that leads to no fact is an item of its own: another delivery is dropped', async () => {
    const { deliver, kept, call, orderId } = await paidOrder();
    await deliver('request-1');
    const other = { ...call('request-3'), callbackId: `evt_other_${orderId}` };
    const { deps } = createHarness();
    const took: string[] = [];
    const take = async () => {
      took.push('interpreted');
    };
    const handle = (deliveryId: string) =>
      receiveCall({ ...deps, timelines: shop.timelines, table: on.table }, { ...other, deliveryId }, take);
    await handle('request-3');
    await handle('request-4');
    await handle('request-3');
    expect(took).toHaveLength(2);
    expect(await on.item(keys.callback('payment', 'stripe', other.callbackId))).toMatchObject({
      deliveryId: 'request-3',
    });
    expect(await kept()).toHaveLength(1);
  });

  test('that is too long for the item of its facts is an item of its own, and is dropped when repeated', async () => {
    const { deliver, kept, facts, rawBody } = await paidOrder(`${' '.repeat(9)}\n${randomSpaces(40_000)}`);
    await deliver('request-1');
    await deliver('request-2');
    expect(once(await facts())).toBe(1);
    expect(await kept()).toEqual([{ where: 'own', body: rawBody.toString() }]);
  });

  test('of an order that is not here is kept and reported', async () => {
    const { call, notices, provider } = await paidOrder();
    const orderId = newId('order', shop.clock());
    const paymentId = newId('payment', shop.clock());
    const update = { kind: 'payment', orderId, paymentId, payment: provider.payment() } as const;
    const unknown = { ...call('request-1'), callbackId: `evt_${orderId}`, rawBody: callbackBody(update) };
    const harness = createHarness();
    const deps = { ...harness.deps, timelines: shop.timelines, table: on.table };
    const withProvider = { ...deps, providerByCode: async () => provider };
    await receiveCall(withProvider, unknown, receivePaymentCallback);
    expect([...notices, ...harness.notices]).toMatchObject([{ code: 'callback-without-order' }]);
    const item = await on.item(keys.callback('payment', 'stripe', `evt_${orderId}`));
    expect(unpackCall('payment', item?.rawBody)).toEqual(unknown.rawBody);
  });
});

describe('a function that is killed while it handles a call', () => {
  const points = Array.from({ length: 6 }, (_, index) => [index + 1]);

  test.each(points)('at request %i: the call is neither lost nor applied twice', async (nth) => {
    for (const arrives of [false, true]) {
      const { deliver, kept, facts, rawBody } = await paidOrder();
      const { table, isKilled } = killedAt(nth, arrives);
      await deliver('request-1', table).catch((error: Error) => expect(error.message).toMatch(/^killed/));
      // The partner got no answer in time and repeats its call; the message of the first delivery comes back as well.
      const later = nth % 2 === 0 ? ['request-2', 'request-1'] : ['request-1', 'request-2'];
      for (const deliveryId of later) await deliver(deliveryId);
      expect(once(await facts()), `killed: ${isKilled()}`).toBe(1);
      const bodies = new Set((await kept()).map(({ body }) => body));
      expect([...bodies]).toEqual([rawBody.toString()]);
    }
  });
});

/** White space that can't be compressed to a unit. */
const randomSpaces = (length: number): string =>
  Array.from(randomBytes(length), (byte) => ' \t\n\r'[byte % 4]).join('');
