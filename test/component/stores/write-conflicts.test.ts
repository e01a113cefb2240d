import { PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, describe, expect, test } from 'vitest';
import { createItemLocks } from '../../../infra/local/table/item-locks.ts';
import { createCallbackStore } from '../../../shared/aws/relay/callback-store.ts';
import { createSlotZoneStore } from '../../../shared/aws/slots/slot-zone-store.ts';
import { newId } from '../../../shared/kernel/ids.ts';
import { minuteMs } from '../../../shared/kernel/time.ts';
import { holdSlot, sweepSlots } from '../../../shared/slots/index.ts';
import { everyDay, slotZone } from '../../builders/slots.ts';
import { costOf, openShop } from './shop.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';

let on: TableOnEngine | undefined;
afterEach(async () => {
  await on?.stop();
  on = undefined;
});

/** A table that refuses every second write, as if a transaction wrote the same item. */
async function startContended(): Promise<TableOnEngine> {
  let writes = 0;
  on = await startTable({
    strike: (fault) => {
      if (fault !== 'conflict') return false;
      writes += 1;
      return writes % 2 === 1;
    },
  });
  return on;
}

describe('a write that meets a transaction on the same item', () => {
  test('is sent again by every store, so that no caller is refused', async () => {
    const table = await startContended();
    const shop = openShop(table);
    const zones = createSlotZoneStore(table.table, shop.clock);
    await shop.receive('TEA', 10);
    await zones.putZone(slotZone({ templates: everyDay({ capacity: 1 }) }));
    const slotId = 'de-berlin_2026-12-10_0800-1200_timed';
    const hold = async (idempotencyKey: string) => {
      const { quoteId } = await shop.quote(costOf([{ sku: 'TEA', quantity: 1 }]));
      const quotes = { read: shop.verifiedQuotes.read };
      const deps = {
        zones,
        slots: shop.slots,
        quotes,
        newId,
        now: shop.now(),
        countHeld: async () => undefined,
      };
      return holdSlot(deps, { storefrontId: 'shop', idempotencyKey, slotId, quoteId });
    };
    expect(await hold('first')).toMatchObject({ ok: true });
    shop.pass(16 * minuteMs);
    // The first hold has expired: it is removed by a single write, and the place is taken by a transaction.
    expect(await hold('second')).toMatchObject({ ok: true });
    shop.pass(16 * minuteMs);
    expect(await sweepSlots({ slots: shop.slots, clock: shop.clock })).toMatchObject({ slotHoldsFreed: 1 });
    const placed = await shop.buy(costOf([{ sku: 'TEA', quantity: 2 }]));
    expect((await shop.timelines.load(placed))?.facts).toHaveLength(1);
    const callbacks = createCallbackStore(table.table);
    const call = { kind: 'carrier', code: 'post', callbackId: 'evt_1', deliveryId: 'request-1' } as const;
    const record = { ...call, rawBody: Buffer.from('{}'), receivedAt: shop.now() };
    expect(await callbacks.keep(record)).toBe('new');
  });

  test('is given up after ten attempts', async () => {
    on = await startTable({ strike: (fault) => fault === 'conflict' });
    const { table } = on;
    const put = table.client.send(new PutCommand({ TableName: table.name, Item: { pk: 'a', sk: 'a' } }));
    await expect(put).rejects.toMatchObject({ name: 'TransactionConflictException' });
  });

  test('succeeds also beside real transactions, and the item has every change', async () => {
    on = await startTable({ throughProxy: true });
    const { table } = on;
    const Key = { pk: 'counter', sk: 'counter' };
    const update = {
      TableName: table.name,
      Key,
      UpdateExpression: 'ADD made :one',
      ExpressionAttributeValues: { ':one': 1 },
    };
    const single = () => table.client.send(new UpdateCommand(update));
    let cancelled = 0;
    const transaction = async (): Promise<void> => {
      try {
        await table.client.send(new TransactWriteCommand({ TransactItems: [{ Update: update }] }));
      } catch (error) {
        cancelled += 1;
        expect(error).toMatchObject({ CancellationReasons: [{ Code: 'TransactionConflict' }] });
        await transaction();
      }
    };
    await Promise.all(Array.from({ length: 40 }, (_, index) => (index % 2 ? single() : transaction())));
    expect(await on.item(Key)).toMatchObject({ made: 40 });
    expect(cancelled).toBeGreaterThan(0);
  });
});

describe('the locks of items', () => {
  const tables = new Map([['T', { partitionKey: 'pk', sortKey: 'sk', indexes: new Map() }]]);
  const keyed = (pk: string) => ({ pk: { S: pk }, sk: { S: '1' } });
  const transactionOn = (...pks: string[]) => ({
    TransactItems: pks.map((pk) => ({ Put: { TableName: 'T', Item: keyed(pk) } })),
  });

  test('are held by a transaction until its answer, and other writers get the names of the locked items', () => {
    const locks = createItemLocks(tables);
    const first = locks.enter('TransactWriteItems', transactionOn('a', 'b'));
    expect(first.met).toEqual([]);
    expect(locks.enter('TransactWriteItems', transactionOn('c', 'b')).met).toEqual([1]);
    expect(locks.enter('PutItem', { TableName: 'T', Item: keyed('a') }).met).toEqual([0]);
    expect(locks.enter('UpdateItem', { TableName: 'T', Key: keyed('c') }).met).toEqual([]);
    expect(locks.enter('GetItem', { TableName: 'T', Key: keyed('a') }).met).toEqual([]);
    first.leave();
    expect(locks.enter('PutItem', { TableName: 'T', Item: keyed('a') }).met).toEqual([]);
  });

  test('are not held by a refused transaction or by a single write', () => {
    const locks = createItemLocks(tables);
    const first = locks.enter('TransactWriteItems', transactionOn('a'));
    locks.enter('TransactWriteItems', transactionOn('a', 'b'));
    expect(locks.enter('PutItem', { TableName: 'T', Item: keyed('b') }).met).toEqual([]);
    expect(locks.enter('TransactWriteItems', transactionOn('b')).met).toEqual([]);
    first.leave();
  });
});
