import { describe, expect, it } from 'vitest';
import { storedSignal } from '../../../../shared/replenishment/signals/given-signal.ts';
import { type PlacedSku, planMoves } from '../../../../shared/replenishment/slotting/plan-moves.ts';
import { speedOf } from '../../../../shared/replenishment/slotting/slot-warehouses.ts';
import { zonesSchema } from '../../../../shared/replenishment/slotting/storage-zone.ts';

const layout = (over: object = {}) =>
  zonesSchema.parse({
    zones: [
      { zone: 'far', name: 'Far', distanceMetres: 50, capacityLitres: 1_000 },
      { zone: 'near', name: 'Near', distanceMetres: 10, capacityLitres: 100 },
    ],
    ...over,
  });
const sku = (name: string, zone: string, picks: number, litres: number): PlacedSku => ({
  ...{ sku: name, zone, picksPerDayMilli: picks * 1_000, litres },
});
const plan = (placed: readonly PlacedSku[], over: object = {}) =>
  planMoves('pl-poznan', layout(over), placed);
const short = (moves: ReturnType<typeof plan>) => moves.map(({ sku, from, to }) => `${sku} ${from}>${to}`);

describe('moves by the cube-per-order index', () => {
  it('bring what is picked most for its room to the nearest zone', () => {
    const [move, ...others] = plan([sku('FAST', 'far', 20, 60)]);
    // 20 picks a day, there and back, 40 metres nearer: 2 x 20 x 40 = 1,600 metres a day.
    // 60 litres are one carry of 200: 2 x 50 = 100 metres.
    expect(move).toEqual({
      ...{ warehouseId: 'pl-poznan', sku: 'FAST', from: 'far', to: 'near', reason: 'picked-more' },
      ...{ picksPerDayMilli: 20_000, litres: 60, savedMetresPerDay: 1_600, moveMetres: 100 },
    });
    expect(others).toEqual([]);
  });

  it('take what is picked less for its room out of the way, together with the product that needs it', () => {
    const moves = plan([sku('SLOW', 'near', 2, 80), sku('FAST', 'far', 20, 60)]);
    expect(short(moves)).toEqual(['SLOW near>far', 'FAST far>near']);
    // SLOW walks 2 x 2 x 40 = 160 metres a day more.
    expect(moves[0]).toMatchObject({ reason: 'makes-room', forSku: 'FAST', savedMetresPerDay: -160 });
  });

  it('look at the room of a pick, and not at picks alone', () => {
    // BIG has 30 picks in 100 litres, SMALL 20 in 10: the zone holds only one of BIG and SMALL with 95 litres beside.
    const moves = plan([sku('BIG', 'far', 30, 100), sku('SMALL', 'far', 20, 10), sku('MID', 'far', 25, 85)]);
    // By picks for a litre: SMALL 2.0, BIG 0.3, MID 0.294. SMALL goes first, then BIG has no room, and MID has.
    expect(short(moves)).toEqual(['SMALL far>near', 'MID far>near']);
  });

  it('are proposed only where they save the walking that they take', () => {
    // One carry takes 2 x 50 = 100 metres. Ten picks in a hundred days save 2 x 0.1 x 40 = 8 a day: 112 in 14 days.
    const lazy = [sku('LAZY', 'far', 0.1, 60)];
    expect(short(plan(lazy))).toEqual(['LAZY far>near']);
    expect(plan(lazy, { paysBackDays: 12 })).toEqual([]);
    // Three carries take 300.
    expect(plan(lazy, { carryLitres: 20 })).toEqual([]);
  });

  it('never fill a zone beyond its capacity', () => {
    expect(plan([sku('HUGE', 'far', 100, 101)])).toEqual([]);
    // FAST would fit in place of SLOW; but SLOW fits nowhere else.
    const full = [sku('SLOW', 'near', 1, 90), sku('FAST', 'far', 50, 60), sku('STUCK', 'far', 0, 1_000)];
    expect(short(plan(full))).toEqual([]);
  });

  it('are not more than a day takes, and a product moves once', () => {
    const many = Array.from({ length: 10 }, (_, at) => sku(`S-${at}`, 'far', 20 + at, 10));
    expect(plan(many, { movesPerDay: 3 })).toHaveLength(3);
    const names = plan([...many, sku('SLOW', 'near', 1, 80)]).map((move) => move.sku);
    expect(new Set(names).size).toBe(names.length);
  });

  it('take nothing out of the way that has a better index, although it would save walking', () => {
    // SMALL has 5 picks in a litre, BIG 0.3: the zone of 100 litres is not emptied for BIG.
    expect(plan([sku('SMALL', 'near', 5, 1), sku('BIG', 'far', 30, 100)])).toEqual([]);
  });

  it('know what the moves before them have taken, in a warehouse with three zones', () => {
    const zones = (near: number, mid: number) => ({
      zones: [
        { zone: 'near', name: 'Near', distanceMetres: 10, capacityLitres: near },
        { zone: 'mid', name: 'Mid', distanceMetres: 30, capacityLitres: mid },
        { zone: 'far', name: 'Far', distanceMetres: 50, capacityLitres: 1_000 },
      ],
    });
    // Both make room, and the zone in the middle has room for one of them.
    const two = [sku('A', 'near', 1, 50), sku('B', 'near', 1, 50), sku('FAST', 'far', 90, 100)];
    expect(short(plan(two, zones(100, 60))).toSorted()).toEqual([
      'A near>far',
      'B near>mid',
      'FAST far>near',
    ]);
    // X makes room in the middle. It would fit near then, and has moved once already.
    const once = [sku('X', 'mid', 10, 10), sku('FAST', 'far', 100, 60)];
    expect(short(plan(once, zones(20, 60)))).toEqual(['X mid>far', 'FAST far>mid']);
  });

  it('leave what lies well, and a plan that was carried out asks for nothing more', () => {
    const before = [sku('SLOW', 'near', 2, 80), sku('FAST', 'far', 20, 60), sku('MID', 'far', 5, 30)];
    const moves = new Map(plan(before).map((move) => [move.sku, move.to]));
    const after = before.map((each) => ({ ...each, zone: moves.get(each.sku) ?? each.zone }));
    expect(moves.size).toBeGreaterThan(0);
    expect(plan(after)).toEqual([]);
  });
});

describe('before a campaign', () => {
  const day = '2026-11-20';
  const campaign = (over: object = {}) =>
    storedSignal({
      ...{ signalId: 'black-friday', kind: 'campaign', markets: ['*'], skus: ['MUG'], stockDaysBefore: 0 },
      ...{ days: { firstDay: '2026-11-27', lastDay: '2026-11-30' }, uplift: { factor: 8 } },
      ...over,
    });
  const mug = { sku: 'MUG', perDay: 10, changedBy: ['black-friday'] };

  it('a product counts with the picks of the days of the campaign', () => {
    // Four of 28 days are multiplied by eight: 280 units = 24 b + 4 x 8 b, so b = 5, and a day of the campaign has 40.
    expect(speedOf(mug, [campaign()], day)).toEqual({
      picksPerDayMilli: 40_000,
      campaign: { signalId: 'black-friday', beforeDay: '2026-11-27' },
    });
    // 3.5 units on each of four days are half a unit on each of 28: the others have 9.5, these 13.
    const units = campaign({ uplift: { unitsADay: 3.5 } });
    expect(speedOf(mug, [units], day).picksPerDayMilli).toBe(13_000);
  });

  it('that is not its own, not near, or over, it counts as ever', () => {
    const usual = { picksPerDayMilli: 10_000 };
    expect(speedOf({ ...mug, sku: 'CUP' }, [campaign()], day)).toEqual(usual);
    expect(speedOf({ ...mug, changedBy: [] }, [campaign()], day)).toEqual(usual);
    expect(speedOf(mug, [campaign({ kind: 'holiday' })], day)).toEqual(usual);
    expect(speedOf(mug, [campaign({ skus: undefined })], day)).toEqual(usual);
    expect(speedOf(mug, [campaign()], '2026-11-12')).toEqual(usual);
    expect(speedOf(mug, [campaign()], '2026-11-13').campaign).toBeDefined();
    expect(speedOf(mug, [campaign()], '2026-12-01')).toEqual(usual);
  });
});
