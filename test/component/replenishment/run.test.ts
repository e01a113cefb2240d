import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOrderStore } from '../../../shared/aws/replenishment/order-store.ts';
import { createSignalStore } from '../../../shared/aws/replenishment/signal-store.ts';
import { createSupplierStore } from '../../../shared/aws/replenishment/supplier-store.ts';
import { dayAfter } from '../../../shared/kernel/time.ts';
import { explainSku } from '../../../shared/replenishment/explain/explain-sku.ts';
import { supplierSchema } from '../../../shared/replenishment/purchasing/supplier.ts';
import { askForRun } from '../../../shared/replenishment/run/ask-for-run.ts';
import { runView } from '../../../shared/replenishment/run/run-view.ts';
import { signalImportSchema } from '../../../shared/replenishment/signals/given-signal.ts';
import { importSignals } from '../../../shared/replenishment/signals/import-signals.ts';
import { orderRecords, pricedOrder } from '../../builders/made-up-orders.ts';
import { type MadeUpLake, madeUpLake } from '../../fakes/made-up-lake.ts';
import { startTable, type TableOnEngine } from '../stores/table-on-engine.ts';
import { killedRun } from './killed-run.ts';
import { runOnEngine } from './run-on-engine.ts';

const DAY = '2026-11-29';
const SKUS = ['BOWL', 'CUP', 'JUG', 'MUG', 'PLATE'];

let engine: TableOnEngine;
let sold: MadeUpLake;
let empty: MadeUpLake;
beforeAll(async () => {
  sold = await madeUpLake();
  empty = await madeUpLake();
  await sold.load(salesOfWeeks());
});
afterAll(async () => {
  await sold.close();
  await empty.close();
});
beforeEach(async () => {
  engine = await startTable();
});
afterEach(() => engine.stop());

/** Each SKU but the first sells as many a day as its place: CUP 1, JUG 2, and so on; for 40 days. */
const salesOfWeeks = () =>
  SKUS.slice(1).flatMap((sku, at) =>
    Array.from({ length: 40 }, (_, ago) => {
      const facts = [pricedOrder({ goods: 1000, sku, quantity: at + 1 })];
      return orderRecords(at * 40 + ago + 1, { at: `${dayAfter(DAY, -1 - ago)}T10:00:00.000Z`, facts });
    }).flat(),
  );

const offer = (sku: string) => ({
  ...{ sku, casePack: 10, minimumUnits: 10, leadTimeDays: 7 },
  prices: [{ fromUnits: 1, unitPrice: { amount: 400, currency: 'EUR' } }],
});

const suppliers = () => createSupplierStore(engine.table);
const storeSupplier = () =>
  suppliers().put(
    supplierSchema.parse({
      ...{ supplierId: 'potter', name: 'Potter', originCountries: ['PL'] },
      // Nobody offers the plate. The bowl is offered, and was never sold.
      offers: ['BOWL', 'CUP', 'JUG', 'MUG'].map(offer),
    }),
  );

const ordersOf = () => createOrderStore(engine.table, { clock: () => new Date() }).open();

/** Units by SKU over all orders, each line once. */
async function orderedUnits(): Promise<[string, number][]> {
  const lines = (await ordersOf()).flatMap(({ state }) => state.lines);
  return lines.map(({ sku, ordered }): [string, number] => [sku, ordered]).toSorted();
}

async function runOnce(options: Parameters<typeof runOnEngine>[2] = {}, lake = sold) {
  const run = runOnEngine(engine.table, lake, options);
  await askForRun(run.deps, 'operator');
  await run.settle();
  return run;
}

describe('a run of replenishment', () => {
  it('forecasts from the lake, plans each product at each site, and proposes orders to suppliers', async () => {
    await storeSupplier();
    const { deps } = await runOnce();
    const stored = await deps.runs.load(DAY);
    const view = runView(stored ?? expect.fail('the run is stored'));
    expect(view).toMatchObject({
      ...{ state: 'done', batches: { all: 3, done: 3 } },
      skuSites: {
        ...{ all: 5, proposed: 3, enough: 0 },
        notPlanned: [
          { reason: 'no-history', count: 1 },
          { reason: 'no-supplier', count: 1 },
        ],
      },
    });
    expect(view.orders).toMatchObject({ approved: 0, lines: 3, linesCovered: 0, linesRefused: 0 });
    // 7 days of lead time and 1 of review: CUP needs 8 units, JUG 16, MUG 24, and each more for its uncertainty.
    const units = Object.fromEntries(await orderedUnits());
    for (const [sku, atLeast] of [
      ['CUP', 8],
      ['JUG', 16],
      ['MUG', 24],
    ] as const) {
      expect(units[sku]).toBeGreaterThanOrEqual(atLeast);
      expect((units[sku] ?? 0) % 10).toBe(0);
    }
    const explained = await explainSku(deps, 'MUG');
    expect(explained).toMatchObject({
      ok: true,
      value: {
        day: DAY,
        sites: [{ sku: 'MUG', warehouseId: 'cn-shenzhen', outcome: 'proposed', units: units.MUG }],
      },
    });
    if (explained.ok)
      expect(explained.value.sites[0]?.history).toEqual({
        ...{ from: '2026-10-20', units: 120, lastFourWeeks: 84, daysWithoutStock: 0, bulkUnits: 0 },
      });
    expect(await explainSku(deps, 'BOWL')).toMatchObject({ value: { sites: [{ why: 'no-history' }] } });
    expect(await explainSku(deps, 'PLATE')).toMatchObject({ value: { sites: [{ why: 'no-supplier' }] } });
    expect(await explainSku(deps, 'NONE')).toEqual({ ok: false, error: 'not-in-run' });
  });

  it('orders each need once, wherever its steps are killed', async () => {
    await storeSupplier();
    const { kills, state, run } = await killedRun(DAY, (isKilled) =>
      runOnEngine(engine.table, sold, { isKilled }),
    );
    expect(state).toBe('done');
    expect(kills).toBeGreaterThan(10);
    const once = await orderedUnits();
    expect(once.map(([sku]) => sku)).toEqual(['CUP', 'JUG', 'MUG']);
    const counted = runView((await run.deps.runs.load(DAY)) ?? expect.fail('it is stored'));
    expect(counted.skuSites).toMatchObject({ all: 5, proposed: 3 });
    expect(counted.orders.lines).toBe(3);
  });

  it('orders nothing again the next day, while the orders are open', async () => {
    await storeSupplier();
    const run = await runOnce();
    const before = await orderedUnits();
    run.setNow('2026-11-30T06:00:00.000Z');
    await run.hourly();
    await run.settle();
    const next = runView((await run.deps.runs.load('2026-11-30')) ?? expect.fail('the job starts it'));
    expect(next).toMatchObject({ state: 'done', by: 'clock', skuSites: { proposed: 0, enough: 3 } });
    expect(await orderedUnits()).toEqual(before);
  });

  it('is one a day: a repeat gives the run that is there', async () => {
    await storeSupplier();
    const { deps, waiting } = await runOnce();
    const again = await askForRun(deps, 'operator');
    expect(again).toMatchObject({ isNew: false, run: { state: 'done' } });
    expect(waiting).toEqual([]);
    expect(await askForRun(deps, 'operator', '2026-12-01')).toBe('in-the-future');
    expect(await askForRun(deps, 'operator', '2026-11-25')).toBe('too-long-ago');
  });

  it('says that nothing was sold, where the lake is empty', async () => {
    await storeSupplier();
    const { deps } = await runOnce({}, empty);
    const view = runView((await deps.runs.load(DAY)) ?? expect.fail('it is stored'));
    expect(view.skuSites).toEqual({
      ...{ all: 4, proposed: 0, enough: 0, toStop: 0 },
      notPlanned: [{ reason: 'no-history', count: 4 }],
    });
    expect(await ordersOf()).toEqual([]);
  });

  it('approves what is within the limit of the merchant', async () => {
    await storeSupplier();
    await suppliers().putSettings({
      ...{ approvesTransfers: true, approvalLimit: { amount: 10_000_000, currency: 'EUR' } },
    });
    const { deps } = await runOnce({ batchSize: 500 });
    const { orders } = runView((await deps.runs.load(DAY)) ?? expect.fail('it is stored'));
    expect(orders.approved).toBe(orders.placed);
    expect((await ordersOf()).map(({ state }) => state.status)).toEqual(['approved', 'approved']);
  });

  it('announces each product that runs out before its next arrival once, and ends that by itself', async () => {
    await storeSupplier();
    // 60 days of CUP. JUG, MUG and PLATE have nothing: orders of JUG and MUG come in a week, and nobody offers PLATE.
    const received = new Map([['CUP', 60]]);
    const run = await runOnce({ received });
    const open = async () =>
      (await run.deps.risks.open())
        .map(({ kind, sku, from, nextArrivalAt }) => [kind, sku, from, nextArrivalAt?.slice(0, 10)])
        .toSorted();
    const late = ['2026-11-29', '2026-12-06'];
    const first = [
      ['runs-out', 'JUG', ...late],
      ['runs-out', 'MUG', ...late],
      ['runs-out', 'PLATE', '2026-11-29', undefined],
    ];
    expect(await open()).toEqual(first);
    const announced = async (event: string) =>
      (await engine.items()).filter((item) => item.event === event).length;
    expect([await announced('supply-risk.raised'), await announced('supply-risk.ended')]).toEqual([3, 0]);
    // The next day nothing has changed but that MUG has come.
    received.set('MUG', 500);
    run.setNow('2026-11-30T06:00:00.000Z');
    await run.hourly();
    await run.settle();
    expect(await open()).toEqual(first.filter(([, sku]) => sku !== 'MUG'));
    expect([await announced('supply-risk.raised'), await announced('supply-risk.ended')]).toEqual([3, 1]);
  });

  it('announces a campaign whose stock is late once, and ends that when the campaign is retired', async () => {
    await storeSupplier();
    const signals = createSignalStore(engine.table, () => new Date(`${DAY}T06:00:00.000Z`));
    const given = (body: object) => importSignals(signals, signalImportSchema.parse(body));
    // Orders of today come on 6 December. Stock of the first campaign has to be there on the 3rd, that of the other
    // one on the 10th.
    const campaign = (signalId: string, firstDay: string, lastDay: string) => ({
      ...{ signalId, kind: 'campaign', markets: ['*'], skus: ['MUG'], stockDaysBefore: 7 },
      ...{ days: { firstDay, lastDay }, uplift: { factor: 3 } },
    });
    await given({
      signals: [campaign('early', '2026-12-10', '2026-12-12'), campaign('later', '2026-12-17', '2026-12-18')],
    });
    const run = await runOnce();
    const late = async () =>
      (await run.deps.risks.open())
        .filter(({ kind }) => kind === 'campaign-stock-late')
        .map(({ signalId, sku, from, nextArrivalAt }) => [signalId, sku, from, nextArrivalAt?.slice(0, 10)]);
    expect(await late()).toEqual([['early', 'MUG', '2026-12-03', '2026-12-06']]);

    await given({ retired: ['early'] });
    run.setNow('2026-11-30T06:00:00.000Z');
    await run.hourly();
    await run.settle();
    expect(await late()).toEqual([]);
  });

  it('starts no run before its hour, and names one that does not end', async () => {
    const run = runOnEngine(engine.table, empty);
    // 03:30 in Berlin; the run begins at 04:00.
    run.setNow('2026-11-29T02:30:00.000Z');
    expect(await run.hourly()).toEqual({ started: false, sentAgain: 0, late: [] });
    run.setNow('2026-11-29T03:30:00.000Z');
    expect(await run.hourly()).toEqual({ started: true, sentAgain: 0, late: [] });
    // Its message is lost. The next start sends it again.
    run.waiting.length = 0;
    run.setNow('2026-11-29T04:30:00.000Z');
    expect(await run.hourly()).toEqual({ started: false, sentAgain: 1, late: [] });
    run.waiting.length = 0;
    run.setNow('2026-11-29T07:30:00.000Z');
    expect(await run.hourly()).toEqual({ started: false, sentAgain: 1, late: [DAY] });
    run.setNow('2026-12-02T03:30:00.000Z');
    await run.hourly();
    expect(await run.deps.runs.load(DAY)).toMatchObject({ state: 'given-up' });
  });
});
