import { DynamoDBClient, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Table } from '../../../shared/aws/clients.ts';
import { createDueOrders } from '../../../shared/aws/order/due-orders.ts';
import { keys } from '../../../shared/aws/table.ts';
import { dayMs, later, minuteMs } from '../../../shared/kernel/time.ts';
import type { DueOrder } from '../../../shared/order/index.ts';
import { actOnOrder, type Decided } from '../../../shared/timeline/index.ts';
import {
  authorised,
  cancelled,
  captured,
  expired,
  refundPaid,
  refundRequested,
  released,
  screeningHeld,
  started,
} from '../../builders/facts.ts';
import { costOf, openShop } from './shop.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';

let on: TableOnEngine;

beforeAll(async () => {
  on = await startTable();
});
afterAll(() => on.stop());

let orders = 0;

/** An order with its place in the index as a sweep read it, and a function that appends facts after that read. */
async function openOrder(...facts: readonly Decided[]) {
  const shop = openShop(on);
  orders += 1;
  const sku = `DUE-${orders}`;
  await shop.receive(sku, 10);
  const orderId = await shop.buy(costOf([{ sku, quantity: 1 }]));
  const happens = (...more: readonly Decided[]) => actOnOrder(shop, orderId, { by: 'journey' }, () => more);
  if (facts.length > 0) await happens(...facts);
  const head = async () => (await on.item(keys.head(orderId))) ?? {};
  return {
    shop,
    orderId,
    happens,
    head,
    readAt: async (): Promise<DueOrder> => ({ orderId, dueAt: String((await head()).dueAt) }),
  };
}

const attempts = { payment: { since: 1, count: 3, nextAt: '2026-11-23T10:09:00.000Z' } };
const inAYear = '2027-11-23T10:00:00.000Z';
const placedAt = '2026-11-23T10:00:00.000Z';

describe('the due index', () => {
  test('gives the orders that are due, each with its due time', async () => {
    const { orderId, readAt } = await openOrder();
    const order = await readAt();
    const due = createDueOrders(on.table);
    const find = async (now: string) => (await due.due(now, 100)).find((each) => each.orderId === orderId);
    expect(await find(later(order.dueAt, -1))).toBeUndefined();
    expect(await find(order.dueAt)).toEqual(order);
  });

  test('keeps the number of repeats of each deadline until the order leaves the index', async () => {
    const { orderId, readAt } = await openOrder();
    const due = createDueOrders(on.table);
    expect(await due.attempts(orderId)).toEqual({});
    await due.postpone(await readAt(), { dueAt: inAYear, attempts });
    expect(await due.attempts(orderId)).toEqual(attempts);
    await due.forget(await readAt(), { list: 'open', placedAt }, inAYear);
    expect(await due.attempts(orderId)).toEqual({});
  });

  test('has no repeats for an order that does not exist', async () => {
    expect(await createDueOrders(on.table).attempts('ord_nobody')).toEqual({});
  });
});

describe('a function that is killed as soon as its facts are written', () => {
  test('leaves an order that is owed money in the index, at the new time', async () => {
    const { shop, orderId, happens, head } = await openOrder(
      started(),
      authorised(),
      captured(),
      screeningHeld(),
    );
    shop.pass(10 * minuteMs);
    const { middlewareStack } = on.table.client;
    middlewareStack.add(
      (next) => async (args) => {
        if ('UpdateExpression' in args.input) throw new Error('killed');
        return next(args);
      },
      { step: 'initialize', name: 'killed' },
    );
    await happens(refundRequested()).catch(() => undefined);
    middlewareStack.remove('killed');
    expect((await shop.timelines.load(orderId))?.facts.at(-1)?.name).toBe('refund.requested');
    expect(await head()).toMatchObject({ dueAt: later(shop.now(), 5 * minuteMs) });
  });
});

describe('a sweep that read an order before a step moved it', () => {
  test('does not delay an order that a person released meanwhile', async () => {
    const { shop, happens, head, readAt } = await openOrder(
      started(),
      authorised(),
      captured(),
      screeningHeld(),
    );
    const due = createDueOrders(on.table);
    await due.postpone(await readAt(), { dueAt: later(shop.now(), dayMs), attempts: {} });
    const order = await readAt();
    await happens(released('operator'));
    await due.postpone(order, { dueAt: inAYear, attempts });
    expect(await head()).toMatchObject({ dueAt: later(shop.now(), 5 * minuteMs) });
    expect(await due.attempts(order.orderId)).toEqual({});
  });

  test('does not put an order back into the index that ended meanwhile', async () => {
    const { happens, head, readAt } = await openOrder();
    const order = await readAt();
    await happens(expired());
    await createDueOrders(on.table).postpone(order, { dueAt: inAYear, attempts });
    expect(await head()).not.toHaveProperty('dueAt');
    expect(await head()).not.toHaveProperty('dueShard');
  });

  test('does not remove an ended order that has money to return again', async () => {
    const { shop, happens, head, readAt } = await openOrder(started(), authorised(), captured());
    const order = await readAt();
    await happens(cancelled(), refundRequested(), refundPaid());
    shop.pass(10 * minuteMs);
    await happens(refundRequested({ refundId: 'ref_00000000000000000000000002' }));
    await createDueOrders(on.table).forget(order, { list: 'closed', placedAt }, inAYear);
    expect(await head()).toMatchObject({ dueAt: later(shop.now(), 5 * minuteMs) });
    expect(await head()).toHaveProperty('dueShard');
  });
});

describe('a transaction that is writing the head at that moment', () => {
  test('counts as a move, so that the order keeps its place until the next sweep', async () => {
    const { head, readAt } = await openOrder();
    const order = await readAt();
    const due = createDueOrders(openTableThatConflicts(on));
    await due.postpone(order, { dueAt: inAYear, attempts });
    await due.forget(order, { list: 'closed', placedAt }, inAYear);
    expect(await head()).toMatchObject({ dueAt: order.dueAt });
  });
});

/** A separate client that answers every update as DynamoDB does while a transaction uses the item. */
function openTableThatConflicts({ endpoint, table: { name } }: TableOnEngine): Table {
  const client = new DynamoDBClient({
    endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName !== 'UpdateItemCommand') return next(args);
        throw new TransactionConflictException({ message: 'a transaction has the item', $metadata: {} });
      },
    { step: 'initialize' },
  );
  return { client: DynamoDBDocumentClient.from(client), name };
}
