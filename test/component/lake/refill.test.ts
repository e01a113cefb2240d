import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScanCommand as RawScan } from '@aws-sdk/client-dynamodb';
import { PutCommand, type ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RawItem, recordsOfItem } from '../../../shared/aws/lake/item-records.ts';
import { refill } from '../../../shared/aws/lake/refill.ts';
import { dayMs, type Instant } from '../../../shared/kernel/time.ts';
import { checkLake } from '../../../shared/lake/engine/check-lake.ts';
import { compact, readState } from '../../../shared/lake/engine/compact.ts';
import { folderStore } from '../../../shared/lake/engine/folder-store.ts';
import { openLake } from '../../../shared/lake/engine/open-lake.ts';
import type { LakeRecord } from '../../../shared/lake/record.ts';
import { putFacts } from '../../builders/lake-facts.ts';
import { costOf, openShop, ship } from '../stores/shop.ts';
import { startTable, type TableOnEngine } from '../stores/table-on-engine.ts';

let on: TableOnEngine;
let work: string;
let records: readonly LakeRecord[];
let days: readonly string[];
let now: Instant;

/** An order is placed each day, and dispatched the next one. */
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'lake-refill-'));
  on = await startTable();
  const shop = openShop(on);
  await shop.receive('TEA', 100);
  let open: string | undefined;
  for (let n = 0; n < 4; n += 1) {
    if (open !== undefined) await ship(shop, open);
    open = await shop.buy(costOf([{ sku: 'TEA', quantity: 1 }]));
    shop.pass(dayMs);
  }
  now = shop.now();
  const { Items = [] } = await on.table.client.send(
    new RawScan({ TableName: on.table.name }) as never as ScanCommand,
  );
  records = (Items as RawItem[]).flatMap((raw) => recordsOfItem(raw, { at: now, change: '1' }));
  days = [...new Set(records.map(({ recordedAt }) => recordedAt.slice(0, 10)))].sort();
});
afterAll(async () => {
  await on.stop();
  await rm(work, { recursive: true, force: true });
});

/** A lake that got the records of these days. */
async function lakeWith(name: string, given: readonly LakeRecord[]) {
  const folder = join(work, name);
  const store = folderStore(folder);
  if (given.length > 0) await putFacts(folder, `facts/received=${now.slice(0, 10)}/a.gz`, given);
  const build = () => compact({ store, folder: join(work, `${name}-run`), now });
  await build();
  return {
    store,
    build,
    refill: (over: object) =>
      refill({
        ...{ table: on.table, store, folder: join(work, `${name}-refill`), now },
        since: days[0] ?? '',
        ...over,
      }),
    figures: async () => (await readState(store, now)).tables,
    wrong: async () => {
      const lake = await openLake({ folder });
      try {
        return (await checkLake(lake)).filter(({ wrong }) => wrong > 0).map(({ name: check }) => check);
      } finally {
        lake.close();
      }
    },
  };
}

it('a day that the lake lost comes back, and every check is right again', async () => {
  const whole = await lakeWith('whole', records);
  expect(await whole.wrong()).toEqual([]);
  const lost = days[1] ?? '';
  const kept = records.filter(({ recordedAt }) => !recordedAt.startsWith(lost));
  expect(kept.length).toBeLessThan(records.length);
  const lake = await lakeWith('lossy', kept);
  expect(await lake.wrong()).toContain('no-fact-is-missing');

  const dry = await lake.refill({ since: lost, until: lost, isDryRun: true });
  expect(dry).toMatchObject({ records: records.length - kept.length, objects: 1, unreadable: [] });
  expect(await lake.build()).toMatchObject({ objects: 0 });

  expect(await lake.refill({ since: lost, until: lost })).toEqual(dry);
  expect(await lake.build()).toMatchObject({ objects: 1, facts: dry.records, setAside: 0 });
  expect(await lake.wrong()).toEqual([]);
  expect(await lake.figures()).toEqual(await whole.figures());
});

it('orders from before the lake are in it after a refill, in objects of the wanted size', async () => {
  const whole = await lakeWith('whole-again', records);
  const lake = await lakeWith('young', []);
  const { objects, records: count } = await lake.refill({ objectBytes: 1 });
  expect([objects, count]).toEqual([1, records.length]);
  await lake.build();
  expect(await lake.figures()).toEqual(await whole.figures());
});

it('a refill of what the lake has changes nothing, also twice', async () => {
  const lake = await lakeWith('full', records);
  const before = await lake.figures();
  for (const at of ['2030-01-01T00:00:00.000Z', '2030-01-02T00:00:00.000Z']) {
    await lake.refill({ now: at });
    expect((await lake.build()).facts).toBe(records.length);
  }
  expect(await lake.figures()).toEqual(before);
});

it('an item that can not be read is named, and the others are refilled', async () => {
  const Item = { pk: 'ORDER#ord_broken', sk: 'FACT#000001', facts: Buffer.from('no facts') };
  await on.table.client.send(new PutCommand({ TableName: on.table.name, Item }));
  const lake = await lakeWith('broken', []);
  expect(await lake.refill({})).toMatchObject({
    records: records.length,
    unreadable: [{ pk: 'ORDER#ord_broken', sk: 'FACT#000001' }],
  });
});
