import { afterAll, beforeAll, expect, test } from 'vitest';
import { countsSince } from '../../../infra/local/meter/create-meter.ts';
import { createOpenEntries } from '../../../shared/aws/callers/open-entries.ts';
import type { EntryGroup, GroupLimits, OpenEntry, ReachedLimit } from '../../../shared/catalogue/index.ts';
import { dayMs, hourMs, type Instant, later, minuteMs } from '../../../shared/kernel/time.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';

let on: TableOnEngine;

beforeAll(async () => {
  on = await startTable({ throughProxy: true });
});
afterAll(() => on.stop());

const start = '2026-11-23T10:00:00.000Z';
const limits: GroupLimits = { ofStorefront: 40, ofClient: 20, ofShopper: 5, unitsOfClient: 100 };

/** A storefront of its own. `look`: what a look at the orders leaves; fails the test if absent. */
function storefront(name: string) {
  const entries = createOpenEntries(on.table);
  const enter = (
    entry: Partial<OpenEntry>,
    {
      by = 'client',
      now = start,
      look,
    }: { by?: EntryGroup['by']; now?: Instant; look?: (known: readonly OpenEntry[]) => OpenEntry[] } = {},
  ): Promise<ReachedLimit | undefined> =>
    entries.enter({
      group: { storefrontId: name, kind: 'order', by, hash: 'AAAAAAAAAAAA' },
      entry: {
        ...{ id: '', client: 'client', address: '', units: 1, since: now, until: later(now, hourMs) },
        ...entry,
      },
      ...{ limits, now },
      stillOpen: async (known) => {
        if (look === undefined) throw new Error('nothing was to be looked at');
        return look(known);
      },
    });
  const item = async () => (await on.items()).find(({ pk }) => String(pk).startsWith(`OPEN#${name}#`)) ?? {};
  return { enter, item };
}

const id = (number: number) => `ord_${String(number).padStart(26, '0')}`;
const all = (known: readonly OpenEntry[]) => [...known];
const none = () => [];

test('an entry costs one write unit and no read, until ten are stored', async () => {
  const { enter } = storefront('cost');
  for (let order = 0; order < 10; order += 1) {
    const before = on.counts();
    const client = `hash-${order}`;
    expect(await enter({ id: id(order), client, address: `addr-${order}`, units: 12 })).toBeUndefined();
    expect(countsSince(before, on.counts())).toEqual({ 'dynamodb.writeUnits': 1 });
  }
});

test('a group with ten entries is looked at once in five seconds, and what has ended makes room', async () => {
  const { enter, item } = storefront('crowd');
  for (let order = 0; order < 10; order += 1) await enter({ id: id(order), client: `c${order}` });
  expect(await enter({ id: id(10) }, { look: (known) => known.slice(0, 4) })).toBeUndefined();
  expect(await item()).toMatchObject({ entries: 5, '#all': 5, '#cclient': 1 });
  for (let order = 11; order < 17; order += 1) await enter({ id: id(order), client: `d${order}` });
  // Eleven are stored, and the look was a moment ago.
  expect(await enter({ id: id(17) }, { look: none, now: later(start, 6_000) })).toBeUndefined();
  expect(await item()).toMatchObject({ entries: 1, '#all': 1 });
});

test('units count together, and the only entry of a client may have more', async () => {
  const { enter } = storefront('units');
  expect(await enter({ id: id(1), units: 130 })).toBeUndefined();
  expect(await enter({ id: id(2), units: 1 }, { look: all })).toBe('client');
  expect(await enter({ id: id(3), client: 'other', units: 60 })).toBeUndefined();
  expect(await enter({ id: id(4), client: 'other', units: 40 })).toBeUndefined();
  expect(await enter({ id: id(5), client: 'other', units: 1 }, { now: later(start, 6_000), look: all })).toBe(
    'client',
  );
  expect(await enter({ id: id(6), units: 1 }, { now: later(start, 12_000), look: none })).toBeUndefined();
});

test('a refusal is repeated without a look, and writes nothing', async () => {
  const { enter, item } = storefront('flood');
  for (let order = 0; order < 5; order += 1) await enter({ id: id(order) }, { by: 'email' });
  expect(await enter({ id: id(5) }, { by: 'email', look: all })).toBe('shopper');
  const before = await item();
  for (let order = 6; order < 12; order += 1)
    expect(await enter({ id: id(order) }, { by: 'email', now: later(start, 4_000) })).toBe('shopper');
  expect(await item()).toEqual(before);
});

test('an entry that is entered again counts once', async () => {
  const { enter, item } = storefront('again');
  await enter({ id: id(1), units: 30 });
  await enter({ id: id(1), units: 40 });
  expect(await item()).toMatchObject({ entries: 1, '#all': 1, '#cclient': 1, '#uclient': 40 });
});

test('of many at once exactly the limit gets in, with and without a look', async () => {
  const { enter, item } = storefront('race');
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, order) => enter({ id: id(order) }, { by: 'email', look: all })),
  );
  expect(answers.filter((reached) => reached === undefined)).toHaveLength(5);
  const later6 = { by: 'email', now: later(start, 6_000), look: none } as const;
  const again = await Promise.all(
    Array.from({ length: 7 }, (_, order) => enter({ id: id(20 + order) }, later6)),
  );
  // The first look takes all five out, and who comes after it meets those that came with it.
  expect(again.filter((reached) => reached === undefined)).toHaveLength(5);
  expect(await item()).toMatchObject({ entries: 5, '#all': 5 });
});

test('an item outlives each of its entries', async () => {
  const { enter, item } = storefront('life');
  const seconds = (at: Instant) => Date.parse(at) / 1_000;
  await enter({ id: id(1), until: later(start, 12 * dayMs) });
  await enter({ id: id(2), until: later(start, 10 * minuteMs) });
  expect((await item()).expiresAt).toBe(seconds(later(start, 13 * dayMs)));
  await enter({ id: id(3) }, { now: later(start, 6 * dayMs) });
  expect((await item()).expiresAt).toBe(seconds(later(start, 14 * dayMs)));
});
