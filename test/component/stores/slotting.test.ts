import { afterAll, beforeAll, expect, test } from 'vitest';
import { readAll } from '../../../shared/aws/read-all.ts';
import { createSlottingStore } from '../../../shared/aws/replenishment/slotting-store.ts';
import { slotWarehouses } from '../../../shared/replenishment/slotting/slot-warehouses.ts';
import { slottingBodySchema } from '../../../shared/replenishment/slotting/storage-zone.ts';
import { storeSlotting, unknownZones } from '../../../shared/replenishment/slotting/store-slotting.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';

let on: TableOnEngine;
beforeAll(async () => {
  on = await startTable();
});
afterAll(() => on.stop());

const now = '2026-12-01T10:00:00.000Z';
const warehouseId = 'pl-poznan';
const layout = {
  zones: [
    { zone: 'A', name: 'Flow racks', distanceMetres: 10, capacityLitres: 100 },
    { zone: 'B', name: 'Pallets', distanceMetres: 60, capacityLitres: 9_000 },
  ],
};
const given = (body: object) =>
  storeSlotting(createSlottingStore(on.table), warehouseId, { body: slottingBodySchema.parse(body), now });

/** A run whose plans have these products: what a day sells, and the units that are there. */
const deps = (plans: readonly (readonly [sku: string, perDay: number, units: number])[]) => ({
  clock: () => new Date(now),
  runs: {
    load: async () => ({ folder: 'run-1' }),
    batches: async () => [{ plansKey: 'plans' }],
  },
  files: {
    read: async () =>
      plans.map(([sku, perDay, available]) => ({
        ...{ sku, warehouseId, outcome: 'enough', reasons: [] },
        forecast: { method: 'mean', version: '1', perDay },
        stock: { available, reserved: 0, quarantined: 0, open: 0, openOrderIds: [] },
      })),
  },
  catalogue: {
    network: async () => ({ warehouses: [{ warehouseId }, { warehouseId: 'cn-shenzhen' }] }),
    // A litre each.
    productsBySku: async (skus: readonly string[]) =>
      skus.map((sku) => ({ sku, dimensions: { lengthMm: 100, widthMm: 100, heightMm: 100 } })),
  },
  signals: { endingFrom: async () => [] },
  slotting: createSlottingStore(on.table),
});
const run = (...plans: Parameters<typeof deps>[0]) =>
  slotWarehouses(deps(plans) as unknown as Parameters<typeof slotWarehouses>[0], '2026-12-01');
const openMoves = async () =>
  (await createSlottingStore(on.table).openMoves(warehouseId)).map(
    ({ sku, from, to, reason }) => `${sku} ${from}>${to} ${reason}`,
  );
/** What subscribers heard of a product, in order. */
const heard = async (sku: string) =>
  (
    await readAll(on.table, {
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': `SLOTTING-MOVE#${warehouseId}#${sku}#${now}` },
    })
  ).map(({ event, reported }) => [event, JSON.parse(String(reported)).outcome]);

test('zones and places are stored once, and a place is in a zone of the warehouse', async () => {
  const store = createSlottingStore(on.table);
  const place = { placed: [{ sku: 'MUG', zone: 'B' }] };
  expect(await unknownZones(store, warehouseId, place)).toMatchObject([{ pointer: '/placed/0/zone' }]);
  expect(await given({ layout, dryRun: true })).toMatchObject({ added: 1 });
  expect(await store.layouts([warehouseId])).toEqual([undefined]);
  expect(await given({ layout })).toMatchObject({ added: 1, changed: 0 });
  expect(await given({ layout })).toMatchObject({ unchanged: 1 });
  expect(await given({ layout: { ...layout, paysBackDays: 30 } })).toMatchObject({ changed: 1 });
  await given({ layout });
  expect(await unknownZones(store, warehouseId, place)).toEqual([]);
  const two = { placed: [...place.placed, { sku: 'CUP', zone: 'A' }] };
  expect(await given({ ...two, dryRun: true })).toMatchObject({ added: 2 });
  expect((await store.places(warehouseId)).size).toBe(0);
  expect(await given(two)).toMatchObject({ added: 2 });
  expect(await given({ placed: [{ sku: 'CUP', zone: 'B' }] })).toMatchObject({ added: 0, changed: 1 });
  expect(await store.places(warehouseId)).toEqual(
    new Map([
      ['CUP', 'B'],
      ['MUG', 'B'],
    ]),
  );
});

test('a body has zones or places, and names each once', () => {
  const paths = (body: object) =>
    slottingBodySchema.safeParse(body).error?.issues.map(({ path }) => path.join('/'));
  const placed = [{ sku: 'MUG', zone: 'A' }];
  expect(paths({})).toEqual(['']);
  expect(paths({ layout, placed })).toEqual(['']);
  expect(paths({ placed: [...placed, ...placed] })).toEqual(['placed/1/sku']);
  expect(paths({ layout: { zones: [layout.zones[0], layout.zones[0]] } })).toEqual(['layout/zones/1/zone']);
});

test('a move is proposed once, and ends by itself when it was made', async () => {
  await run(['MUG', 20, 50], ['CUP', 1, 50]);
  // CUP has room as well, and its hundred metres a day pay: it comes second.
  expect(await openMoves()).toEqual(['CUP B>A picked-more', 'MUG B>A picked-more']);
  await run(['MUG', 20, 50], ['CUP', 1, 50]);
  expect(await heard('MUG')).toEqual([['slotting-move.proposed', undefined]]);
  expect(await given({ placed: [{ sku: 'MUG', zone: 'A' }], dryRun: true })).toMatchObject({ made: 1 });
  expect(await openMoves()).toHaveLength(2);
  expect(await given({ placed: [{ sku: 'MUG', zone: 'A' }] })).toMatchObject({ changed: 1, made: 1 });
  expect(await openMoves()).toEqual(['CUP B>A picked-more']);
  // A repeat changes nothing.
  expect(await given({ placed: [{ sku: 'MUG', zone: 'A' }] })).toMatchObject({ unchanged: 1, made: 0 });
});

test('a move that no run wants any more ends, and what was made elsewhere is seen by the next run', async () => {
  const store = createSlottingStore(on.table);
  // CUP is not sold any more.
  await run(['MUG', 20, 50], ['CUP', 0, 50]);
  expect(await openMoves()).toEqual([]);
  await store.propose(
    {
      ...{ warehouseId, sku: 'HAT', from: 'B', to: 'A', reason: 'picked-more', picksPerDayMilli: 1 },
      ...{ litres: 1, savedMetresPerDay: 1, moveMetres: 1 },
    },
    '2026-11-30T10:00:00.000Z',
  );
  await store.putPlaces(warehouseId, [{ sku: 'HAT', zone: 'A' }]);
  await run(['MUG', 20, 50]);
  expect(await openMoves()).toEqual([]);
  expect(await heard('HAT')).toEqual([['slotting-move.ended', 'made']]);
});

test('products without a place, a forecast or a unit stay where they are', async () => {
  await given({ placed: [{ sku: 'GONE', zone: 'B' }] });
  await run(['NOWHERE', 50, 10], ['GONE', 50, 0], ['MUG', 20, 50]);
  expect(await openMoves()).toEqual([]);
});
