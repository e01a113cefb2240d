import { describe, expect, it } from 'vitest';
import type { SkuPlan } from '../../../../shared/replenishment/explain/sku-plan.ts';
import { type FoundKind, listFound } from '../../../../shared/replenishment/run/list-found.ts';
import type { PlannedBatch } from '../../../../shared/replenishment/run/ports.ts';
import { noCounts, type ReplenishmentRun } from '../../../../shared/replenishment/run/replenishment-run.ts';

const plan = (sku: string, more: Partial<SkuPlan> = {}): SkuPlan => ({
  ...{ sku, warehouseId: 'pl-poznan', outcome: 'enough', reasons: [], ...more },
});
const unplanned = (sku: string) =>
  plan(sku, { outcome: 'not-planned', why: 'no-supplier', detail: `nobody offers ${sku}` });
const stop = { reason: 'overstock', units: 900, coverDays: 900, detail: 'lasts for 900 days' } as const;
const stock = { available: 900, reserved: 0, quarantined: 0, open: 6, openOrderIds: ['rpl_1'] };
const cut = [
  { kind: 'purchase' as const, from: 'ningbo', wanted: 48, units: 24, limits: ['dock of pl-poznan'] },
];

const run: ReplenishmentRun = {
  ...{ day: '2026-11-29', timeZone: 'Europe/Berlin', by: 'clock', state: 'done', folder: 'replenishment/f' },
  ...{ startedAt: '2026-11-29T03:00:00.000Z', batches: 3, needsKey: 'needs', counts: noCounts },
  cut: { lines: 1, units: 24 },
};

/** A run of three files. The third is not planned yet. */
function deps(now = '2026-11-30T00:00:00.000Z') {
  const files: Readonly<Record<string, readonly unknown[]>> = {
    'plans-0': [unplanned('A'), plan('B', { stop, stock }), unplanned('C'), unplanned('D')],
    'plans-1': [plan('E'), unplanned('F')],
    needs: [
      { sku: 'G', warehouseId: 'pl-poznan', from: [], needKey: 'G', reasons: [] },
      { sku: 'H', warehouseId: 'pl-poznan', from: [], needKey: 'H', reasons: [], cut },
    ],
  };
  return {
    runs: {
      batch: async (_: string, batch: number): Promise<PlannedBatch | undefined> =>
        batch > 1
          ? undefined
          : { batch, plansKey: `plans-${batch}`, proposalsKey: `proposals-${batch}`, counted: {} },
    },
    files: { read: async (key: string) => files[key] ?? expect.fail(`reads ${key}`) },
    clock: () => new Date(now),
  };
}

async function pages(kind: FoundKind, limit: number): Promise<string[][]> {
  const found: string[][] = [];
  let cursor: string | undefined;
  do {
    const page = await listFound(deps(), run, { kind, limit, cursor });
    if (!page.ok) return expect.fail(page.error);
    found.push(page.value.skus.map(({ sku }) => sku));
    cursor = page.value.cursor;
  } while (cursor !== undefined);
  return found;
}

describe('what a run found', () => {
  it('lists each product that was not planned once, whatever the size of a page', async () => {
    expect(await pages('not-planned', 50)).toEqual([['A', 'C', 'D', 'F']]);
    expect(await pages('not-planned', 2)).toEqual([
      ['A', 'C'],
      ['D', 'F'],
    ]);
    expect((await pages('not-planned', 1)).flat()).toEqual(['A', 'C', 'D', 'F']);
    expect((await pages('not-planned', 3)).flat()).toEqual(['A', 'C', 'D', 'F']);
  });

  it('says why: of a product that was not planned, that should be stopped, and that a limit has cut', async () => {
    const of = async (kind: FoundKind) => {
      const page = await listFound(deps(), run, { kind, limit: 1 });
      return page.ok ? page.value.skus : expect.fail(page.error);
    };
    expect(await of('not-planned')).toEqual([
      { sku: 'A', warehouseId: 'pl-poznan', why: 'no-supplier', detail: 'nobody offers A' },
    ]);
    expect(await of('to-stop')).toEqual([
      { sku: 'B', warehouseId: 'pl-poznan', stop, openOrderIds: ['rpl_1'] },
    ]);
    expect(await of('cut')).toEqual([{ sku: 'H', warehouseId: 'pl-poznan', cut }]);
  });

  it('is empty for a run that has read no sales yet, and for one without cuts', async () => {
    const { folder: _, batches: __, needsKey: ___, cut: ____, ...asked } = run;
    const empty = { ok: true, value: { skus: [], cursor: undefined } };
    expect(await listFound(deps(), asked, { kind: 'not-planned', limit: 5 })).toEqual(empty);
    expect(await listFound(deps(), asked, { kind: 'cut', limit: 5 })).toEqual(empty);
  });

  it('goes on in another request after ten files, and the page may be empty', async () => {
    const of = { ...run, batches: 25 };
    const files = { read: async () => [plan('A')] };
    const runs = {
      batch: async (_: string, batch: number) => ({
        ...{ batch, plansKey: 'p', proposalsKey: 'q', counted: {} },
      }),
    };
    const page = await listFound({ ...deps(), files, runs }, of, { kind: 'not-planned', limit: 5 });
    expect(page).toEqual({ ok: true, value: { skus: [], cursor: '10.0' } });
  });

  it('refuses a run whose files are deleted, and a cursor that is not its own', async () => {
    const asked = { kind: 'not-planned', limit: 5 } as const;
    // 90 days after 2026-11-29 are 2027-02-27.
    expect(await listFound(deps('2027-02-27T02:59:00.000Z'), run, asked)).toMatchObject({ ok: true });
    expect(await listFound(deps('2027-02-27T03:01:00.000Z'), run, asked)).toMatchObject({
      error: 'files-gone',
    });
    expect(await listFound(deps(), run, { ...asked, cursor: '1' })).toMatchObject({
      error: 'unknown-cursor',
    });
  });
});
