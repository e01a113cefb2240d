import { describe, expect, it } from 'vitest';
import { pack, unpack } from '../../../shared/aws/pack.ts';
import { allDueShards, allListShards, dueShard, listKey } from '../../../shared/aws/table.ts';
import { type StoredItem, templatesOf } from '../../bench/load/order-copies.ts';

const NUMBER = '01M8K6P1EKK0MCK7NWRFPYQWE4';
const PARCEL = 'par_01M8K6P1NFCFV30QFG0GN54Z8J';
const PLACED = '2026-03-10T08:00:00.000Z';
const placedMs = Date.parse(PLACED);
const facts = [
  {
    orderId: `ord_${NUMBER}`,
    recordedAt: '2026-03-10T08:00:05.000Z',
    parcelId: PARCEL,
    trackingNumber: '0100000016',
  },
];

const head: StoredItem = {
  pk: { S: `ORDER#ord_${NUMBER}` },
  sk: { S: 'ORDER' },
  placedAt: { S: PLACED },
  listKey: { S: 'ORDERS#open#5' },
  listSort: { S: `${PLACED}#ord_${NUMBER}` },
  dueShard: { S: 'DUE#5' },
  dueAt: { S: '2026-03-10T08:02:00.000Z' },
};
const items: StoredItem[] = [
  head,
  {
    pk: { S: `ORDER#ord_${NUMBER}` },
    sk: { S: 'FACT#000001' },
    facts: { B: Buffer.from(pack(facts)).toString('base64') },
    outbox: { S: 'parcel.booked' },
  },
  { pk: { S: 'REFERENCE#carrier#0100000016' }, sk: { S: 'REFERENCE' }, orderId: { S: `ord_${NUMBER}` } },
  {
    pk: { S: 'IDEMPOTENCY#shop#78535e8f-b9ec-42b1' },
    sk: { S: 'IDEMPOTENCY' },
    orderId: { S: `ord_${NUMBER}` },
    expiresAt: { N: '1000' },
  },
  { pk: { S: 'RESERVATION#MUG#0' }, sk: { S: `ORDER#ord_${NUMBER}` } },
  { pk: { S: `QUOTE#quo_${NUMBER}` }, sk: { S: 'QUOTE' } },
  { pk: { S: 'STOCK#MUG' }, sk: { S: 'WAREHOUSE#a' } },
];

const copied = (number: number) => {
  const [model] = templatesOf(items);
  if (model === undefined) throw new Error('no order was found');
  return model.copy({ number, placedMs: placedMs + 60_000, dueMs: placedMs + 900_000 });
};
const textsOf = (item: StoredItem | undefined) => JSON.stringify(item);

describe('copies of a stored order', () => {
  it('have its items, without the quote and without those of nobody or of many', () => {
    expect(copied(1).map(({ sk }) => sk?.S?.split('#')[0])).toEqual([
      'ORDER',
      'FACT',
      'REFERENCE',
      'IDEMPOTENCY',
    ]);
  });

  it('have new keys, each copy others', () => {
    const keys = [...items, ...copied(1), ...copied(2)].map(({ pk, sk }) => `${pk?.S} ${sk?.S}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('are placed at their own time, in the shards of their own id, and are due when it is said', () => {
    const [own] = copied(1);
    const orderId = own?.pk?.S?.slice('ORDER#'.length) ?? '';
    expect(own?.placedAt?.S).toBe('2026-03-10T08:01:00.000Z');
    expect(own?.listSort?.S).toBe(`2026-03-10T08:01:00.000Z#${orderId}`);
    expect(own?.listKey?.S).toBe(listKey('open', orderId));
    expect(own?.dueShard?.S).toBe(dueShard(orderId));
    expect(own?.dueAt?.S).toBe('2026-03-10T08:15:00.000Z');
    expect(allListShards('open')).toContain(own?.listKey?.S);
    expect(allDueShards).toContain(own?.dueShard?.S);
  });

  it('have facts with the ids, names and times of the copy', () => {
    const [own, fact, reference] = copied(3);
    const [read] = unpack(Buffer.from(fact?.facts?.B ?? '', 'base64')) as typeof facts;
    expect(`ORDER#${read?.orderId}`).toBe(own?.pk?.S);
    expect(read?.recordedAt).toBe('2026-03-10T08:01:05.000Z');
    expect(reference?.pk?.S).toBe(`REFERENCE#carrier#${read?.trackingNumber}`);
    expect(read?.parcelId).not.toBe(PARCEL);
    expect(read?.parcelId).toHaveLength(PARCEL.length);
  });

  it('are not handed on by the stream, and expire later by the same time', () => {
    const [, fact, , request] = copied(1);
    expect(textsOf(fact)).not.toContain('outbox');
    expect(request?.expiresAt?.N).toBe('1060');
  });
});
