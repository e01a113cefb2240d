import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bucketsForDemand, type SeenDemand } from '../../../shared/stock/bucket-count.ts';
import {
  type BucketsOutcome,
  changeOfMove,
  chooseBucket,
  isUneven,
  MAX_BUCKETS,
  neededOf,
  planEvening,
  planGathering,
  planTakes,
  rebalanceStock,
  splitChange,
  type UnitsMove,
} from '../../../shared/stock/index.ts';

const held = fc.array(fc.nat(40), { minLength: 1, maxLength: 70 });
const chance = fc.double({ min: 0, max: 0.999_999, noNaN: true });
const sum = (units: readonly number[]) => units.reduce((all, each) => all + each, 0);

describe('units from buckets', () => {
  test('add up to the wanted number, no bucket gives more than it has, and nothing is taken if all have too few', () => {
    fc.assert(
      fc.property(held, fc.integer({ min: 1, max: 500 }), chance, (units, wanted, random) => {
        const takes = planTakes(units, wanted, () => random);
        expect(takes === undefined).toBe(sum(units) < wanted);
        if (takes === undefined) return;
        expect(sum(takes.map(({ quantity }) => quantity))).toBe(wanted);
        expect(new Set(takes.map(({ bucket }) => bucket)).size).toBe(takes.length);
        for (const { bucket, quantity } of takes) expect(quantity).toBeLessThanOrEqual(units[bucket] ?? 0);
        // Several buckets are used only if no single bucket has enough.
        if (units.some((count) => count >= wanted)) expect(takes).toHaveLength(1);
      }),
    );
  });

  test('come from any bucket that has them all, preferably from one that is not to be avoided', () => {
    const chosen = new Set(
      [0, 0.3, 0.6, 0.9].map((random) => planTakes([5, 1, 5, 5], 4, () => random)?.[0]?.bucket),
    );
    expect(chosen).toEqual(new Set([0, 2, 3]));
    expect(planTakes([5, 1, 5], 4, () => 0, new Set([0]))).toEqual([{ bucket: 2, quantity: 4 }]);
    expect(planTakes([5, 1, 1], 4, () => 0, new Set([0]))).toEqual([{ bucket: 0, quantity: 4 }]);
    expect(planTakes([5, 1, 5], 5, () => 0, new Set([0]))).toEqual([{ bucket: 2, quantity: 5 }]);
  });

  test('come from a random bucket without reading, and an avoided bucket is used only as the last one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 64 }), fc.array(fc.nat(63)), chance, (buckets, list, random) => {
        const avoided = new Set(list);
        const bucket = chooseBucket(buckets, () => random, avoided);
        expect(bucket).toBeGreaterThanOrEqual(0);
        expect(bucket).toBeLessThan(buckets);
        const isLeft = Array.from({ length: buckets }, (_, at) => at).some((at) => !avoided.has(at));
        if (isLeft) expect(avoided.has(bucket)).toBe(false);
      }),
    );
  });
});

describe('a change over several buckets', () => {
  test('takes from one counter, so that one condition guards all of it', () => {
    const strands = [
      { quantity: 1, perUnit: { available: -1 } },
      { quantity: 1, perUnit: { reserved: -1 } },
    ];
    const place = { sku: 'TEA', warehouseId: 'cn-shenzhen' };
    expect(() => neededOf({ ...place, strands })).toThrow('takes from one counter');
    const both = { quantity: 1, perUnit: { available: -1, reserved: -1 } };
    expect(() => neededOf({ ...place, strands: [both] })).toThrow('takes from one counter');
  });

  const place = { sku: 'TEA', warehouseId: 'pl-poznan', writtenOff: 0 };

  test('adds up to the change, even if one parcel is shipped and another released at the same time', () => {
    const change = changeOfMove({ ...place, available: 3, reserved: -5, onHand: -2, shipped: 2 });
    expect(neededOf(change)).toEqual({ counter: 'reserved', quantity: 5 });
    expect(
      splitChange(change, [
        { bucket: 4, quantity: 1 },
        { bucket: 0, quantity: 3 },
        { bucket: 9, quantity: 1 },
      ]),
    ).toEqual([
      { bucket: 4, counters: { reserved: -1, onHand: -1, shipped: 1 } },
      { bucket: 0, counters: { reserved: -3, onHand: -1, shipped: 1, available: 2 } },
      { bucket: 9, counters: { reserved: -1, available: 1 } },
    ]);
  });

  test('is refused if the buckets give another number of units', () => {
    const change = changeOfMove({ ...place, available: -3, reserved: 3, onHand: 0, shipped: 0 });
    expect(() => splitChange(change, [{ bucket: 0, quantity: 2 }])).toThrow('all units');
    expect(() => splitChange(change, [{ bucket: 0, quantity: 4 }])).toThrow('no more');
    expect(() => changeOfMove({ ...place, available: -3, reserved: 2, onHand: 0, shipped: 0 })).toThrow(
      'reserves, releases or ships',
    );
  });
});

describe('evening out the buckets', () => {
  const applied = (units: readonly number[], moves: readonly UnitsMove[], size: number) => {
    const after = Array.from({ length: size }, (_, bucket) => units[bucket] ?? 0);
    for (const { from, to, quantity } of moves) {
      after[from] = (after[from] ?? 0) - quantity;
      after[to] = (after[to] ?? 0) + quantity;
      // The sums are exact after every step, so a run may end after any step.
      expect(sum(after)).toBe(sum(units));
      expect(Math.min(...after)).toBeGreaterThanOrEqual(0);
    }
    return after;
  };

  test('leaves buckets that differ by at most one unit, empties surplus buckets, and needs few moves', () => {
    fc.assert(
      fc.property(held, fc.integer({ min: 1, max: 64 }), (units, buckets) => {
        const moves = planEvening(units, buckets);
        const after = applied(units, moves, Math.max(units.length, buckets));
        const live = after.slice(0, buckets);
        expect(Math.max(...live) - Math.min(...live)).toBeLessThanOrEqual(1);
        expect(sum(after.slice(buckets))).toBe(0);
        expect(moves.length).toBeLessThan(after.length);
        expect(isUneven(after, buckets)).toBe(false);
        expect(planEvening(after, buckets)).toEqual([]);
      }),
    );
  });

  test('is needed if a bucket has less than half of its share, or if a surplus bucket has units', () => {
    expect(isUneven([10, 10, 5], 3)).toBe(false);
    expect(isUneven([15, 10, 5], 3)).toBe(false);
    expect(isUneven([16, 10, 4], 3)).toBe(true);
    expect(isUneven([12, 12, 3], 3)).toBe(true);
    expect(isUneven([10, 10, 1], 2)).toBe(true);
    expect(isUneven([1, 0, 0, 0], 4)).toBe(false);
    expect(isUneven([], 1)).toBe(false);
  });

  test('brings the units of an order together in one bucket, or moves nothing', () => {
    fc.assert(
      fc.property(held, fc.integer({ min: 1, max: 300 }), (units, wanted) => {
        const after = applied(units, planGathering(units, wanted), units.length);
        if (sum(units) >= wanted) expect(Math.max(...after)).toBeGreaterThanOrEqual(wanted);
        else expect(after).toEqual(units);
      }),
    );
  });
});

describe('the job that follows demand', () => {
  const note = {
    ...{ sku: 'TEA', warehouseId: 'cn-shenzhen', reservations: 30_000, conflicts: 0, quietLooks: 0 },
    since: '2026-11-23T10:00:00.000Z',
  };

  /** One run over one place that needs a second bucket. `outcome` is the result of moving the units. */
  async function run(outcome: BucketsOutcome, deadlineMs = 60_000) {
    let settled = 0;
    const summary = await rebalanceStock({
      demand: {
        list: async () => [note],
        watch: async () => undefined,
        settle: async () => {
          settled += 1;
        },
      },
      rebalancing: {
        setBuckets: async () => outcome,
        evenOut: async () => outcome,
        spreadOf: async () => ({ buckets: 1, minBuckets: 1, available: [1_000] }),
      },
      clock: () => new Date('2026-11-23T10:05:00.000Z'),
      deadlineMs,
    });
    return { settled, ...summary };
  }

  test('counts demand from zero after each change, and keeps its counts while others move the units', async () => {
    expect(await run('set')).toMatchObject({ watched: 1, raised: 1, busy: 0, settled: 1 });
    expect(await run('busy')).toMatchObject({ watched: 1, raised: 0, busy: 1, settled: 0 });
  });

  test('checks no further place after its time is over', async () => {
    expect(await run('set', 0)).toMatchObject({ watched: 0, raised: 0, settled: 0 });
  });
});

describe('the number of buckets that demand requires', () => {
  const seen = (over: Partial<SeenDemand> = {}): SeenDemand => ({
    ...{ buckets: 1, minBuckets: 1, reservations: 0, conflicts: 0, duringMs: 300_000 },
    ...{ available: 10_000, quietLooks: 0, ...over },
  });

  test.each<[string, Partial<SeenDemand>, number]>([
    ['nothing happened', {}, 1],
    ['few orders', { reservations: 300 }, 1],
    ['a hundred orders a second', { reservations: 30_000 }, 2],
    ['a thousand orders a second', { reservations: 300_000 }, 32],
    ['more than all buckets take', { reservations: 3_000_000 }, 64],
    ['orders that met each other', { reservations: 200, conflicts: 20 }, 4],
    ['and met again', { buckets: 4, reservations: 200, conflicts: 20 }, 16],
    ['a few that met by chance', { reservations: 10, conflicts: 4 }, 1],
    ['meetings that are rare among many orders', { reservations: 10_000, conflicts: 20 }, 1],
    ['fewer units than buckets', { reservations: 300_000, available: 5 }, 5],
    ['no unit left', { buckets: 16, reservations: 200, conflicts: 100, available: 0 }, 16],
    ['the operator wants more', { minBuckets: 16 }, 16],
  ])('%s', (_, over, buckets) => {
    expect(bucketsForDemand(seen(over)).buckets).toBe(buckets);
  });

  test('is halved after three quiet checks, and does not fall below the operator’s number', () => {
    let state = { buckets: 16, quietLooks: 0 };
    const counts = Array.from({ length: 12 }, () => {
      state = bucketsForDemand(seen({ ...state, minBuckets: 3 }));
      return state.buckets;
    });
    expect(counts).toEqual([16, 16, 8, 8, 8, 4, 4, 4, 3, 3, 3, 3]);
  });

  test('does not fall after quiet checks that a busy check interrupts', () => {
    const quiet = bucketsForDemand(seen({ buckets: 16, quietLooks: 1 }));
    expect(quiet).toEqual({ buckets: 16, quietLooks: 2 });
    const wave = bucketsForDemand(seen({ ...quiet, reservations: 230_000 }));
    expect(wave).toEqual({ buckets: 16, quietLooks: 0 });
  });

  test('is always between one and the maximum, and never below the operator’s number', () => {
    const any = fc.record({
      buckets: fc.integer({ min: 1, max: 64 }),
      minBuckets: fc.integer({ min: 1, max: 64 }),
      reservations: fc.nat(10_000_000),
      conflicts: fc.nat(1_000_000),
      duringMs: fc.nat(600_000),
      available: fc.nat(1_000_000),
      quietLooks: fc.nat(5),
    });
    fc.assert(
      fc.property(any, (given) => {
        const { buckets } = bucketsForDemand(given);
        expect(buckets).toBeLessThanOrEqual(MAX_BUCKETS);
        expect(buckets).toBeGreaterThanOrEqual(given.minBuckets);
      }),
    );
  });
});
