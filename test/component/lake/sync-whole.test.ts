import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dayMs } from '../../../shared/kernel/time.ts';
import { compact } from '../../../shared/lake/engine/compact.ts';
import { folderStore } from '../../../shared/lake/engine/folder-store.ts';
import { askLake } from '../../../shared/lake/engine/open-lake.ts';
import { syncWhole } from '../../../shared/lake/engine/sync-whole.ts';
import { COMPACTED } from '../../../shared/lake/lake-keys.ts';
import type { LakeStore } from '../../../shared/lake/lake-store.ts';
import { untilPaid } from '../../builders/facts.ts';
import { putFacts, recordsOfOrder } from '../../builders/lake-facts.ts';

let [folder, copy] = ['', ''];
let store: LakeStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lake-whole-'));
  copy = join(folder, 'copy');
  store = folderStore(folder);
  await arrive(1, 2);
  await build();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The facts of orders of one day. */
const arrive = (...orders: number[]) =>
  putFacts(
    folder,
    `facts/received=2026-11-23/${orders.join('-')}.gz`,
    orders.flatMap((n) => recordsOfOrder(n, untilPaid())),
  );
const build = (into = store) =>
  compact({ store: into, folder: `${folder}/.work`, now: '2026-11-25T06:00:00.000Z' });
/** How many orders are in the table of orders, and of how many the payment was captured. */
const copied = async () => {
  const { rows } = await askLake(
    copy,
    `SELECT (SELECT count(*) FROM orders), (SELECT count(*) FROM payments WHERE event = 'captured')`,
  );
  return rows[0];
};
const copyWhole = (from: LakeStore) => syncWhole(from, copy, () => true);

it('counts the days of a change that happens while the tables are copied', async () => {
  await arrive(3, 4, 5);
  let hasChanged = false;
  // Orders are copied before the change, and payments after it.
  const changing: LakeStore = {
    ...store,
    fetch: async (key, file) => {
      if (key.includes('/payments/') && !hasChanged) {
        hasChanged = true;
        await build();
      }
      return store.fetch(key, file);
    },
  };

  expect(await copyWhole(changing)).toBeGreaterThan(0);
  expect(await copied()).toEqual([2, 5]);

  expect(await copyWhole(changing)).toBe(0);
  expect(await copied()).toEqual([5, 5]);
});

it('counts the days of a run that was cut off, once a copy, until the next run', async () => {
  await arrive(3, 4, 5);
  await cutOff();
  let copies = 0;
  const counting: LakeStore = {
    ...store,
    list: (prefix, after) => {
      copies += 1;
      return store.list(prefix, after);
    },
  };
  // The new rows are in some tables of the day.
  expect(await copyWhole(counting)).toBeGreaterThan(0);
  expect(copies).toBe(1);

  await build();
  expect(await copyWhole(counting)).toBe(0);
  expect(await copied()).toEqual([5, 5]);
});

it('looks at the wanted days only, and at a lake without tables', async () => {
  await putFacts(folder, 'facts/received=2026-11-24/b.gz', recordsOfOrder(9, untilPaid(), dayMs));
  await cutOff();
  const upTo = (last: string) => syncWhole(store, copy, ({ day }) => day <= last);

  expect(await upTo('2026-11-23')).toBe(0);
  expect(await upTo('2026-11-24')).toBeGreaterThan(0);
  expect(await copyWhole(folderStore(join(folder, 'nothing')))).toBe(0);
});

/** A run that ends after the files, and before their figures are written. */
async function cutOff(): Promise<void> {
  const cut: LakeStore = {
    ...store,
    write: async (key, text) => {
      if (key === COMPACTED) throw new Error('cut off');
      await store.write(key, text);
    },
  };
  await expect(build(cut)).rejects.toThrow('cut off');
}
