import { afterAll, beforeAll, expect, test } from 'vitest';
import { countsSince } from '../../../infra/local/meter/create-meter.ts';
import { createWorkloadStore } from '../../../shared/aws/quote/workload-store.ts';
import { newId } from '../../../shared/kernel/ids.ts';
import { secondMs } from '../../../shared/kernel/time.ts';
import { consignment } from '../../builders/landed-cost.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';

let on: TableOnEngine;
let now = Date.parse('2026-11-23T10:00:00.000Z');
const clock = () => new Date(now);

beforeAll(async () => {
  on = await startTable({ throughProxy: true });
});
afterAll(() => on.stop());

const work = (warehouseId: string, workDay?: string) =>
  consignment({ warehouseId, ...(workDay === undefined ? {} : { workDay }) });
const orderId = () => newId('order', clock());

test('every parcel counts once on the day of its warehouse, even if many are counted at once', async () => {
  const [store, other] = [createWorkloadStore(on.table, clock), createWorkloadStore(on.table, clock)];
  const orders = Array.from({ length: 40 }, (_, index) => [
    work('pl-poznan', index % 2 === 0 ? '2026-11-23' : '2026-11-24'),
    work('de-leipzig', '2026-11-23'),
    work('cn-shenzhen'),
  ]);
  await Promise.all(orders.map((parcels, index) => (index % 3 ? store : other).count(orderId(), parcels)));
  await store.count(orderId(), [work('pl-poznan', '2026-11-20')]);
  const workload = await store.since('2026-11-22');
  expect(Object.fromEntries([...workload].map(([id, days]) => [id, Object.fromEntries(days)]))).toEqual({
    'pl-poznan': { '2026-11-23': 20, '2026-11-24': 20 },
    'de-leipzig': { '2026-11-23': 40 },
  });
  const items = (await on.items()).filter(({ pk }) => String(pk).startsWith('WORKLOAD#'));
  expect(new Set(items.map(({ pk }) => pk)).size).toBeGreaterThan(1);
  for (const { expiresAt } of items) expect(expiresAt).toBeGreaterThan(now / 1000);
});

test('a count from elsewhere is seen within seconds, and at once when a day begins', async () => {
  const [here, elsewhere] = [createWorkloadStore(on.table, clock), createWorkloadStore(on.table, clock)];
  const seen = async (from: string) => (await here.since(from)).get('fr-lille')?.get('2026-11-23') ?? 0;
  expect(await seen('2026-11-22')).toBe(0);
  await elsewhere.count(orderId(), [work('fr-lille', '2026-11-23')]);
  expect(await seen('2026-11-22')).toBe(0);
  expect(await seen('2026-11-23')).toBe(1);
  await elsewhere.count(orderId(), [work('fr-lille', '2026-11-23')]);
  now += 5 * secondMs;
  expect(await seen('2026-11-23')).toBe(2);
});

test('an order of one parcel is counted with one write', async () => {
  const store = createWorkloadStore(on.table, clock);
  const before = on.counts();
  await store.count(orderId(), [work('pl-poznan', '2026-11-25')]);
  expect(countsSince(before, on.counts())).toEqual({ 'dynamodb.writeUnits': 1 });
});
