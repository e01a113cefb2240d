import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayMs } from '../../../shared/kernel/time.ts';
import { checkLake } from '../../../shared/lake/engine/check-lake.ts';
import { compact } from '../../../shared/lake/engine/compact.ts';
import { folderStore } from '../../../shared/lake/engine/folder-store.ts';
import { askLake, openLake } from '../../../shared/lake/engine/open-lake.ts';
import { LakeChanged, rebuild } from '../../../shared/lake/engine/rebuild.ts';
import { COMPACTED, tableKey } from '../../../shared/lake/lake-keys.ts';
import type { LakeStore } from '../../../shared/lake/lake-store.ts';
import { refundPaid, refundRequested, scanned, untilDispatched, untilPaid } from '../../builders/facts.ts';
import { putFacts, recordsOfOrder } from '../../builders/lake-facts.ts';

const now = '2026-11-25T06:00:00.000Z';
const first = recordsOfOrder(1, [...untilDispatched(), scanned()]);
const second = recordsOfOrder(2, [...untilPaid(), refundRequested(), refundPaid()], dayMs);
let folder: string;
let store: LakeStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lake-'));
  store = folderStore(folder);
  await putFacts(folder, 'facts/received=2026-11-23/a.gz', first);
  await putFacts(folder, 'facts/received=2026-11-24/b.gz', second);
  await compact({ store, folder: `${folder}/.work`, now });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const again = (replaces: boolean, over: Partial<Parameters<typeof rebuild>[0]> = {}) =>
  rebuild({ store, folder: `${folder}/.rebuild`, now, replaces, ...over });
const orders = async () => (await askLake(folder, 'SELECT count(*) FROM orders')).rows;

describe('a rebuild', () => {
  it('gives the same figures for every table and day', async () => {
    const outcome = await again(false);

    expect(outcome).toMatchObject({ objects: 2, facts: first.length + second.length, differences: [] });
    expect(outcome.days).toBeGreaterThan(15);
  });

  it('names a file that was changed, lost or damaged, and replaces it', async () => {
    const path = (subject: string, day: string) => join(folder, tableKey(subject, day));
    await rm(path('orders', '2026-11-23'));
    await writeFile(path('lines', '2026-11-23'), 'no parquet');
    await store.store(tableKey('payments', '2026-11-23'), path('payments', '2026-11-24'));
    await store.store(tableKey('orders', '2020-01-01'), path('orders', '2026-11-24'));

    const { differences } = await again(false);
    expect(
      differences.map(({ subject, day, stored, rebuilt }) => [subject, day, stored?.rows, rebuilt?.rows]),
    ).toEqual([
      ['orders', '2020-01-01', 1, undefined],
      ['orders', '2026-11-23', undefined, 1],
      ['lines', '2026-11-23', 0, 1],
      ['payments', '2026-11-23', 3, 3],
    ]);
    await again(true);
    expect((await again(false)).differences).toEqual([]);
    expect(await orders()).toEqual([[2]]);
  });

  it('has facts that arrived since, and reads them once', async () => {
    await putFacts(folder, 'facts/received=2026-11-24/c.gz', recordsOfOrder(3, untilPaid()));

    expect((await again(false)).differences.length).toBeGreaterThan(0);
    expect(await orders()).toEqual([[2]]);
    await again(true);
    expect(await orders()).toEqual([[3]]);
    expect(await compact({ store, folder: `${folder}/.work`, now })).toMatchObject({ objects: 0 });
  });

  it('replaces nothing where another run changed the tables meanwhile', async () => {
    const outpaced: LakeStore = {
      ...store,
      fetch: async (key, file) => {
        await store.write(COMPACTED, '{}');
        return store.fetch(key, file);
      },
    };
    await rm(join(folder, tableKey('orders', '2026-11-23')));

    await expect(again(true, { store: outpaced })).rejects.toThrow(LakeChanged);
    expect(await orders()).toEqual([[1]]);
  });
});

describe('the checks of a lake', () => {
  async function wrong(): Promise<Record<string, string | null>> {
    const lake = await openLake({ folder });
    try {
      const results = await checkLake(lake);
      return Object.fromEntries(
        results.filter((each) => each.wrong > 0).map(({ name, example }) => [name, example]),
      );
    } finally {
      lake.close();
    }
  }
  const put = async (records: typeof first) => {
    await putFacts(folder, 'facts/received=2026-11-25/more.gz', records);
    await compact({ store, folder: `${folder}/.work`, now });
  };

  it('find nothing wrong with whole orders, and look at all of them', async () => {
    const lake = await openLake({ folder });
    const results = await checkLake(lake);
    lake.close();

    expect(results.filter((each) => each.wrong > 0)).toEqual([]);
    expect(results.find(({ name }) => name === 'no-fact-is-missing')).toMatchObject({ checked: 2 });
    expect(results.find(({ name }) => name === 'parcel_events-join-parcels')).toMatchObject({ checked: 1 });
  });

  it('find an order whose first fact is missing', async () => {
    await put(recordsOfOrder(7, untilPaid()).slice(1));

    expect(Object.keys(await wrong())).toEqual(
      expect.arrayContaining(['payments-join-orders', 'journals-join-orders', 'no-fact-is-missing']),
    );
  });

  it('find a fact that is missing in the middle', async () => {
    await put(recordsOfOrder(7, untilDispatched()).filter((_, index) => index !== 4));

    expect(await wrong()).toEqual({ 'no-fact-is-missing': expect.stringContaining('7') });
  });

  it('find figures that do not add up', async () => {
    const [placed, ...rest] = recordsOfOrder(7, untilPaid());
    const forged = JSON.parse(JSON.stringify([placed, ...rest]));
    forged[0].data.landedCost.totals.tax.amount += 1;
    forged[4].journal.postings[0].amountMinor += 1;
    await put(forged);

    expect(Object.keys(await wrong())).toEqual([
      'totals-are-sums-of-charges',
      'journals-balance',
      'ledger-has-the-payments',
    ]);
  });

  it('count what could not be read', async () => {
    const [placed] = recordsOfOrder(7, untilPaid());
    await put([{ ...placed, version: 7 } as never]);

    expect(await wrong()).toEqual({
      'every-fact-is-read': expect.stringContaining('fct_'),
      'unknown_facts-join-orders': expect.stringContaining('ord_'),
    });
  });
});
