import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSignalStore } from '../../../shared/aws/replenishment/signal-store.ts';
import { signalImportSchema } from '../../../shared/replenishment/signals/given-signal.ts';
import { importSignals } from '../../../shared/replenishment/signals/import-signals.ts';
import type { SignalStore } from '../../../shared/replenishment/signals/ports.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';

let on: TableOnEngine;
let store: SignalStore;
beforeAll(async () => {
  on = await startTable();
  store = createSignalStore(on.table, () => new Date('2026-11-29T08:00:00Z'));
});
afterAll(() => on.stop());

const signal = (signalId: string, over: object = {}) => ({
  ...{ signalId, kind: 'holiday', markets: ['DE'], uplift: { factor: 0.5 } },
  ...{ days: { firstDay: '2026-10-03', lastDay: '2026-10-04' }, ...over },
});
const given = (body: object) => importSignals(store, signalImportSchema.parse(body));
const codes = async () => (await store.page(100))?.items.map(({ signalId }) => signalId);

test('signals are stored with their days, replaced by their code, and retired', async () => {
  const easter = { feast: 'easter', year: 2027, daysBefore: 2, daysAfter: 1 };
  const first = await given({ signals: [signal('unity'), signal('easter-2027', { days: easter })] });
  expect(first).toMatchObject({ added: 2, changed: 0, unchanged: 0, retired: 0 });
  // Easter Sunday of 2027 is on 28 March.
  expect(first.signals[1]).toMatchObject({
    ...{ firstDay: '2027-03-26', lastDay: '2027-03-29', arriveBy: '2027-03-26' },
  });

  expect(await given({ signals: [signal('unity')] })).toMatchObject({ added: 0, changed: 0, unchanged: 1 });
  const stocked = signal('unity', { stockDaysBefore: 5 });
  expect(await given({ dryRun: true, signals: [stocked] })).toMatchObject({ changed: 1 });
  expect((await store.find(['unity']))[0]?.arriveBy).toBe('2026-10-03');
  await given({ signals: [stocked] });
  expect((await store.find(['unity']))[0]?.arriveBy).toBe('2026-09-28');

  expect(await codes()).toEqual(['easter-2027', 'unity']);
  expect(await given({ retired: ['unity', 'never-was'] })).toMatchObject({
    retired: 1,
    unknown: ['never-was'],
  });
  expect(await codes()).toEqual(['easter-2027']);
  expect(await store.find(['unity'])).toEqual([undefined]);
  expect(await given({ retired: ['unity'] })).toMatchObject({ retired: 0, unknown: ['unity'] });
});

test('pages lead from one to the next, and a run reads those that are not over', async () => {
  const many = Array.from({ length: 5 }, (_, at) =>
    signal(`paged-${at}`, { days: { firstDay: '2026-12-01', lastDay: `2026-12-0${at + 1}` } }),
  );
  await given({ signals: many });
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.page(2, cursor);
    seen.push(...(page?.items ?? []).map(({ signalId }) => signalId));
    cursor = page?.cursor;
  } while (cursor !== undefined);
  expect(seen.filter((id) => id.startsWith('paged'))).toEqual(many.map(({ signalId }) => signalId));
  expect(await store.page(2, 'bm8gY29kZSE')).toBeUndefined();
  const open = (await store.endingFrom('2026-12-04')).map(({ signalId }) => signalId);
  expect(open.filter((id) => id.startsWith('paged'))).toEqual(['paged-3', 'paged-4']);
});

test('a list of large signals comes in pages that miss none', async () => {
  // Each has some 8.6 KB of SKUs, so that a read of the table, which ends after 1 MB, has about 120 of them.
  const skus = Array.from({ length: 200 }, (_, at) => `${String(at).padStart(3, '0')}-${'S'.repeat(36)}`);
  const large = Array.from({ length: 150 }, (_, at) => `large-${String(at).padStart(3, '0')}`);
  for (const part of [large.slice(0, 50), large.slice(50, 100), large.slice(100)])
    await given({ signals: part.map((signalId) => signal(signalId, { skus })) });
  const seen: string[] = [];
  const sizes: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.page(200, cursor);
    sizes.push(page?.items.length ?? 0);
    seen.push(...(page?.items ?? []).map(({ signalId }) => signalId));
    cursor = page?.cursor;
  } while (cursor !== undefined);
  expect(seen.filter((code) => code.startsWith('large-'))).toEqual(large);
  expect(sizes.length).toBeGreaterThan(1);
});
