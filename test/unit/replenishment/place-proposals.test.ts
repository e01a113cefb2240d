import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Proposal } from '../../../shared/replenishment/purchasing/check-proposals.ts';
import { needKeyOf, readNeedKey } from '../../../shared/replenishment/purchasing/need-key.ts';
import { hasEnded } from '../../../shared/replenishment/purchasing/order-state.ts';
import { placeProposals } from '../../../shared/replenishment/purchasing/place-proposals.ts';
import { memory } from './orders-in-memory.ts';
import { eur, now, supplier } from './replenishment-builders.ts';

let kept: ReturnType<typeof memory>;
beforeEach(() => {
  kept = memory();
});

const proposal = (over: object = {}, countedOrderIds: readonly string[] = []): Proposal => {
  const { sku = 'MUG', warehouseId = 'pl-poznan' } = over as { sku?: string; warehouseId?: string };
  return {
    ...{ kind: 'purchase', supplierId: 'ningbo', sku, warehouseId, units: 10, reasons: ['reorder-point'] },
    needKey: needKeyOf({ sku, warehouseId, countedOrderIds }),
    ...over,
  } as Proposal;
};
const run = (runId: string) => ({ runId, by: 'run' as const, now });
const place = (runId: string, proposals: readonly Proposal[]) =>
  placeProposals(kept.deps, run(runId), proposals);

describe('a need', () => {
  it('is ordered once: by two rules in one run, by a repeat, and by the runs of the next days', async () => {
    const first = await place('day-1', [proposal(), proposal({ reasons: ['another rule'] })]);
    const [placed] = first;
    expect(first.map(({ outcome }) => outcome)).toEqual(['placed', 'covered']);
    expect(await place('day-1', [proposal(), proposal({ reasons: ['another rule'] })])).toEqual(first);
    for (const day of ['day-2', 'day-3'])
      expect(await place(day, [proposal(), proposal({ supplierId: 'yiwu' })])).toMatchObject([
        { outcome: 'covered' },
        { outcome: 'covered' },
      ]);
    expect(kept.stored.size).toBe(1);
    const [order] = [...kept.stored.values()];
    expect(order?.state.lines).toMatchObject([{ sku: 'MUG', ordered: 10 }]);
    expect(placed).toMatchObject({ outcome: 'placed', status: 'proposed' });
  });

  it('is ordered again on top of open orders that were counted, and after they have ended', async () => {
    const [first] = await place('day-1', [proposal()]);
    const id = first?.outcome === 'placed' ? first.replenishmentOrderId : '';
    expect(await place('day-2', [proposal({}, [id])])).toMatchObject([{ outcome: 'placed' }]);
    // The run of day 3 knew of the first order only.
    expect(await place('day-3', [proposal({}, [id])])).toMatchObject([{ outcome: 'covered' }]);
    for (const each of kept.stored.keys()) kept.end(each);
    expect(await place('day-4', [proposal()])).toMatchObject([{ outcome: 'placed' }]);
    expect(kept.stored.size).toBe(3);
  });

  it('may be divided between suppliers, part by part', async () => {
    const parts = [proposal({ part: 1 }), proposal({ part: 2, supplierId: 'yiwu' })];
    const outcomes = await place('day-1', parts);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['placed', 'placed']);
    expect(await place('day-1', parts)).toEqual(outcomes);
    expect(kept.stored.size).toBe(2);
    expect(await place('day-2', parts)).toMatchObject([{ outcome: 'covered' }, { outcome: 'covered' }]);
  });

  it('has one order, whichever runs cross the threshold at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            run: fc.nat(4),
            sku: fc.constantFrom('MUG', 'HAT'),
            supplierId: fc.constantFrom('ningbo', 'yiwu'),
          }),
          { minLength: 1, maxLength: 25 },
        ),
        async (wishes) => {
          kept = memory();
          const offered = {
            ...kept.deps.suppliers,
            find: async (id: string) =>
              supplier(id, {
                offers: ['MUG', 'HAT'].map((sku) => ({
                  sku,
                  prices: [{ fromUnits: 1, unitPrice: eur(1) }],
                  leadTimeDays: 1,
                })),
              }),
          };
          await Promise.all(
            wishes.map(({ run: number, ...wish }) =>
              placeProposals({ ...kept.deps, suppliers: offered }, run(`run-${number}`), [proposal(wish)]),
            ),
          );
          const open = [...kept.stored.values()].filter(({ state }) => !hasEnded(state));
          const skus = open.flatMap(({ state }) => state.lines.map(({ sku }) => sku));
          expect(skus.toSorted()).toEqual([...new Set(wishes.map(({ sku }) => sku))].toSorted());
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('an order of a run', () => {
  it('approves itself within the limit and waits for a person above it', async () => {
    // Ten at 4.00 EUR.
    kept.limit(4_000);
    expect(await place('day-1', [proposal()])).toMatchObject([{ status: 'approved' }]);
    kept.limit(3_999);
    expect(await place('day-1', [proposal({ warehouseId: 'de-hamburg' })])).toMatchObject([
      { status: 'proposed' },
    ]);
  });

  it('is refused by its reason, and the others are placed', async () => {
    const outcomes = await place('day-1', [
      proposal({ supplierId: 'nobody' }),
      proposal({ sku: 'CAP' }),
      proposal({ needKey: 'HAT@pl-poznan' }),
      proposal({ units: 0 }),
      proposal(),
    ]);
    expect(outcomes.map((each) => ('reason' in each ? each.reason : each.outcome))).toEqual([
      ...['unknown-supplier', 'not-offered', 'need-key', 'unorderable-quantity', 'placed'],
    ]);
  });
});

it('reads the name of a need as it was written', () => {
  const need = { sku: 'MUG-1', warehouseId: 'pl-poznan', countedOrderIds: ['rpl_A', 'rpl_B'] };
  expect(needKeyOf({ ...need, countedOrderIds: ['rpl_B', 'rpl_A'] })).toBe('MUG-1@pl-poznan+rpl_A+rpl_B');
  expect(readNeedKey(needKeyOf(need))).toEqual(need);
  for (const text of ['', 'MUG', '@pl', 'A@b@c']) expect(readNeedKey(text)).toBeUndefined();
});
