import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guaranteedService } from '../../../../shared/replenishment/network/guaranteed-service.ts';
import type { SupplyArc, SupplyStage } from '../../../../shared/replenishment/network/supply-tree.ts';

const stage = (
  stageId: string,
  processingDays: number,
  holdingCost: number,
  given: Partial<SupplyStage> = {},
) => ({
  stageId,
  processingDays,
  holdingCost,
  ...given,
});
const arc = (from: string, to: string): SupplyArc => ({ from, to });
const solved = (...args: Parameters<typeof guaranteedService>) => {
  const found = guaranteedService(...args);
  if (!found.ok) throw new Error(found.error.detail);
  return found.value;
};

describe('the guaranteed-service model', () => {
  it('keeps all stock at the site where that costs less than at both', () => {
    // A hub of 9 days at 1.00 feeds a site of 7 days at 1.10, deviation 10, factor 2. The site serves at once.
    // Hub holds: 2 x 10 x sqrt(9) x 1.00 = 60, site 2 x 10 x sqrt(7) x 1.10 = 58.21: 118.21.
    // Site holds for 16 days: 2 x 10 x 4 x 1.10 = 88.
    const { services, cost } = solved(
      [stage('hub', 9, 1), stage('site', 7, 1.1, { demandDeviation: 10, maxServiceDays: 0 })],
      [arc('hub', 'site')],
      2,
    );
    expect(cost).toBeCloseTo(88, 10);
    expect(services).toMatchObject([
      { stageId: 'hub', serviceDays: 9, netDays: 0, safetyStock: 0 },
      { stageId: 'site', serviceDays: 0, inboundDays: 9, netDays: 16 },
    ]);
    expect(services[1]?.safetyStock).toBeCloseTo(80, 10);
  });

  it('keeps stock at the hub of several sites, which need less together', () => {
    // Hub of 16 days at 1, four sites of 1 day at 1.5, each of deviation 5: sqrt(4 x 25) = 10 at the hub. Factor 1.
    // Hub holds: 10 x 4 = 40, sites 4 x 5 x 1 x 1.5 = 30: 70. Sites alone: 4 x 5 x sqrt(17) x 1.5 = 123.7.
    const sites = ['a', 'b', 'c', 'd'];
    const { services, cost } = solved(
      [
        stage('hub', 16, 1),
        ...sites.map((id) => stage(id, 1, 1.5, { demandDeviation: 5, maxServiceDays: 0 })),
      ],
      sites.map((id) => arc('hub', id)),
      1,
    );
    expect(cost).toBeCloseTo(70, 10);
    expect(services[0]).toMatchObject({ serviceDays: 0, netDays: 16 });
    expect(services[0]?.safetyStock).toBeCloseTo(40, 10);
  });

  it('uses the time that customers wait', () => {
    // 5 days of service of 7: 2 days are bridged. 1 x 3 x sqrt(2).
    const { cost } = solved([stage('a', 7, 1, { demandDeviation: 3, maxServiceDays: 5 })], [], 1);
    expect(cost).toBeCloseTo(3 * Math.SQRT2, 10);
    // The outside needs 4 days: 4 + 7 - 5 = 6.
    const late = stage('a', 7, 1, { demandDeviation: 3, maxServiceDays: 5, externalServiceDays: 4 });
    expect(solved([late], [], 1).cost).toBeCloseTo(3 * Math.sqrt(6), 10);
  });

  it('places safety stock as in the published tree of Snyder and Shen, example 6.5', () => {
    // "Fundamentals of Supply Chain Theory", 2nd ed. 2019. The deviation of a day at 1 and 3 is sqrt(2). Stage 3 serves
    // at
    // once: 2 x sqrt(2) x sqrt(1) + 3 x 1 x sqrt(1) + 0, and stage 1 for 1 + 2 days: 1 x sqrt(2) x sqrt(3) = 2.4495.
    // 2.4495 + 2.8284 + 3 = 8.2779.
    const { cost } = solved(
      [
        stage('1', 2, 1, { externalServiceDays: 1 }),
        stage('3', 1, 2),
        stage('2', 1, 3, { demandDeviation: 1, maxServiceDays: 0 }),
        stage('4', 1, 3, { demandDeviation: 1, maxServiceDays: 1 }),
      ],
      [arc('1', '3'), arc('3', '2'), arc('3', '4')],
      1,
    );
    expect(cost).toBeCloseTo(8.277916867529369, 9);
  });

  it('costs as little as the best of all promises', () => {
    const anyStage = fc.record({
      days: fc.integer({ min: 0, max: 4 }),
      cost: fc.integer({ min: 1, max: 9 }),
      deviation: fc.nat(9),
      place: fc.nat(99),
      downwards: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(anyStage, { minLength: 2, maxLength: 5 }), (given) => {
        const stages = given.map(({ days, cost, deviation }, index) =>
          stage(`s${index}`, days, cost, {
            demandDeviation: deviation,
            ...(index % 2 === 0 ? { maxServiceDays: 1 } : {}),
          }),
        );
        // Each stage is joined to an earlier one, upwards or downwards: a tree.
        const arcs = given.slice(1).map(({ place, downwards }, index) => {
          const other = `s${place % (index + 1)}`;
          return downwards ? arc(other, `s${index + 1}`) : arc(`s${index + 1}`, other);
        });
        expect(solved(stages, arcs, 1.5).cost).toBeCloseTo(bestByTrying(stages, arcs, 1.5), 8);
      }),
      { numRuns: 60 },
    );
  });

  it('names a cycle by its stages, and what else is no tree', () => {
    const stages = ['a', 'b', 'c', 'd'].map((id) => stage(id, 1, 1));
    const reasons = (arcs: readonly SupplyArc[], given: readonly SupplyStage[] = stages) => {
      const found = guaranteedService(given, arcs, 1);
      return found.ok ? [] : [found.error.reason, found.error.detail];
    };
    expect(reasons([arc('a', 'b'), arc('b', 'c'), arc('c', 'b')])).toEqual([
      'cycle',
      'goods go in a circle: b to c to b',
    ]);
    expect(reasons([arc('a', 'b'), arc('a', 'c'), arc('b', 'd'), arc('c', 'd')])).toEqual([
      'not-a-tree',
      'two ways join c and d',
    ]);
    expect(reasons([arc('a', 'x')])[0]).toBe('unknown-stage');
    expect(reasons([], [stage('a', 1.5, 1)])[0]).toBe('bad-figure');
    expect(reasons([], [stage('a', 1, Number.NaN)])[0]).toBe('bad-figure');
  });
});

/** The lowest cost over all service times; an inbound time is the longest that the stages above promise. */
function bestByTrying(stages: readonly SupplyStage[], arcs: readonly SupplyArc[], factor: number): number {
  const variance = (id: string): number =>
    (stages.find(({ stageId }) => stageId === id)?.demandDeviation ?? 0) ** 2 +
    arcs.filter(({ from }) => from === id).reduce((sum, { to }) => sum + variance(to), 0);
  const order: SupplyStage[] = [];
  while (order.length < stages.length)
    for (const each of stages)
      if (
        !order.includes(each) &&
        arcs.every(({ from, to }) => to !== each.stageId || order.some(({ stageId }) => stageId === from))
      )
        order.push(each);
  const services = new Map<string, number>();
  const search = (place: number, cost: number): number => {
    const each = order[place];
    if (each === undefined) return cost;
    const promised = arcs.filter(({ to }) => to === each.stageId).map(({ from }) => services.get(from) ?? 0);
    const ready = Math.max(0, ...promised) + each.processingDays;
    let best = Number.POSITIVE_INFINITY;
    for (let service = 0; service <= Math.min(ready, each.maxServiceDays ?? ready); service += 1) {
      services.set(each.stageId, service);
      const own = each.holdingCost * factor * Math.sqrt(variance(each.stageId)) * Math.sqrt(ready - service);
      best = Math.min(best, search(place + 1, cost + own));
    }
    return best;
  };
  return search(0, 0);
}
