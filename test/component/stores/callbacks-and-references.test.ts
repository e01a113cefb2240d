import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createReferences } from '../../../shared/aws/order/order-records.ts';
import { type CallbackRecord, createCallbackStore } from '../../../shared/aws/relay/callback-store.ts';
import { busEventOf } from '../../../shared/aws/relay/outbox.ts';
import { keys } from '../../../shared/aws/table.ts';
import { placedAt } from '../../builders/timeline.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';

let on: TableOnEngine;
let callbacks: ReturnType<typeof createCallbackStore>;

beforeAll(async () => {
  on = await startTable();
  callbacks = createCallbackStore(on.table);
});
afterAll(() => on.stop());

const record = (over: Partial<CallbackRecord> = {}): CallbackRecord => ({
  kind: 'payment',
  code: 'stripe',
  callbackId: 'evt_1',
  rawBody: Buffer.from('{"id":"evt_1"}'),
  receivedAt: placedAt,
  ...over,
});

describe('a stored callback', () => {
  test('is stored once: of many at the same time, one is stored and the others are known', async () => {
    const many = Array.from({ length: 10 }, () => callbacks.keep(record()));
    const outcomes = await Promise.all(many);
    expect(outcomes.toSorted()).toEqual(['kept', ...Array.from({ length: 9 }, () => 'known')]);
    expect(await on.items()).toHaveLength(1);
  });

  test('does not change if it is repeated with another body', async () => {
    expect(await callbacks.keep(record({ rawBody: Buffer.from('{"id":"forged"}') }))).toBe('known');
    expect((await callbacks.rawBody('payment', 'stripe', 'evt_1')).toString()).toBe('{"id":"evt_1"}');
  });

  test('belongs to its partner: the same id of another partner is another callback', async () => {
    expect(await callbacks.keep(record({ code: 'adyen' }))).toBe('kept');
    expect(await callbacks.keep(record({ kind: 'carrier' }))).toBe('kept');
  });

  test('is stored byte by byte', async () => {
    const rawBody = Buffer.from([0, 255, 10, 13, 0xc3, 0x28]);
    await callbacks.keep(record({ callbackId: 'bytes', rawBody }));
    expect(await callbacks.rawBody('payment', 'stripe', 'bytes')).toEqual(rawBody);
  });

  test('becomes an event with its id and without its body', async () => {
    const item = await on.item(keys.callback('payment', 'stripe', 'evt_1'));
    const texts = Object.entries(item ?? {}).filter(([, value]) => typeof value === 'string');
    expect(busEventOf(Object.fromEntries(texts) as Record<string, string>)).toEqual({
      name: 'callback.received',
      detail: '{"kind":"payment","code":"stripe","callbackId":"evt_1"}',
    });
    // 45 days, longer than any partner repeats itself.
    expect(item?.expiresAt).toBe(Date.parse('2027-01-07T10:00:00.000Z') / 1000);
  });

  test('gives an error if it does not exist', async () => {
    await expect(callbacks.rawBody('payment', 'stripe', 'evt_404')).rejects.toThrow('is not stored');
  });
});

test('a reference that belongs to no parcel gives no order', async () => {
  expect(await createReferences(on.table).orderOf('carrier', 'TRACK-404')).toBeUndefined();
});
