import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createReferences } from '../../../shared/aws/order/order-records.ts';
import { unpackCall } from '../../../shared/aws/pack-calls.ts';
import { createCallbackStore } from '../../../shared/aws/relay/callback-store.ts';
import { keys } from '../../../shared/aws/table.ts';
import type { PartnerCall } from '../../../shared/timeline/index.ts';
import { placedAt } from '../../builders/timeline.ts';
import { type Item, startTable, type TableOnEngine } from './table-on-engine.ts';

let on: TableOnEngine;
let callbacks: ReturnType<typeof createCallbackStore>;

beforeAll(async () => {
  on = await startTable();
  callbacks = createCallbackStore(on.table);
});
afterAll(() => on.stop());

const record = (over: Partial<PartnerCall> = {}): PartnerCall => ({
  kind: 'payment',
  code: 'stripe',
  callbackId: 'evt_1',
  deliveryId: 'request-1',
  rawBody: Buffer.from('{"id":"evt_1"}'),
  receivedAt: placedAt,
  ...over,
});

function bytesOf(item: Item | undefined): Uint8Array {
  if (item?.rawBody instanceof Uint8Array) return item.rawBody;
  throw new Error('the stored body is binary');
}

/** The bytes of a stored call. */
async function storedBody(callbackId: string): Promise<Buffer> {
  const item = await on.item(keys.callback('payment', 'stripe', callbackId));
  return unpackCall('payment', bytesOf(item));
}

describe('a partner’s call', () => {
  test('is stored once if it arrives many times at once, and the other copies are recognised', async () => {
    const many = Array.from({ length: 10 }, (_, n) => callbacks.keep(record({ deliveryId: `request-${n}` })));
    const outcomes = await Promise.all(many);
    expect(outcomes.toSorted()).toEqual([...Array.from({ length: 9 }, () => 'known'), 'new']);
    expect(await on.items()).toHaveLength(1);
  });

  test('keeps its first body if it is repeated with another body', async () => {
    const forged = record({ deliveryId: 'request-99', rawBody: Buffer.from('{"id":"forged"}') });
    expect(await callbacks.keep(forged)).toBe('known');
    expect((await storedBody('evt_1')).toString()).toBe('{"id":"evt_1"}');
  });

  test('is the same delivery each time its message is received again', async () => {
    const again = record({ callbackId: 'evt_2', deliveryId: 'request-7' });
    expect([await callbacks.keep(again), await callbacks.keep(again), await callbacks.keep(again)]).toEqual([
      ...['new', 'again', 'again'],
    ]);
  });

  test('is identified together with its partner: the same id of another kind or code is another call', async () => {
    expect(await callbacks.keep(record({ code: 'adyen' }))).toBe('new');
    expect(await callbacks.keep(record({ kind: 'carrier' }))).toBe('new');
  });

  test('is stored byte by byte', async () => {
    const rawBody = Buffer.from([0, 255, 10, 13, 0xc3, 0x28]);
    await callbacks.keep(record({ callbackId: 'bytes', rawBody }));
    expect(await storedBody('bytes')).toEqual(rawBody);
  });

  test('is stored compressed, for longer than any partner repeats a call', async () => {
    const rawBody = Buffer.from(
      JSON.stringify({ scans: Array.from({ length: 100 }, () => ({ status: 'in transit' })) }),
    );
    await callbacks.keep(record({ callbackId: 'long', rawBody }));
    const item = await on.item(keys.callback('payment', 'stripe', 'long'));
    expect(bytesOf(item).length).toBeLessThan(rawBody.length / 10);
    // 45 days after it was received.
    expect(item?.expiresAt).toBe(Date.parse('2027-01-07T10:00:00.000Z') / 1000);
  });
});

test('a reference that belongs to no parcel gives no order', async () => {
  const name = { kind: 'carrier', code: 'easypost', reference: 'TRACK-404' } as const;
  expect(await createReferences(on.table).orderOf(name)).toBeUndefined();
});
