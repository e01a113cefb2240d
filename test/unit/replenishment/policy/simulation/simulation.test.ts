import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { money } from '../../../../../shared/kernel/money.ts';
import { steadyDemand } from '../../../../../shared/replenishment/policy/demand-over-days.ts';
import {
  type BacktestSettings,
  backtest,
  type SkuHistory,
} from '../../../../../shared/replenishment/policy/simulation/backtest.ts';
import {
  fixedPolicy,
  forecastPolicy,
} from '../../../../../shared/replenishment/policy/simulation/backtest-policies.ts';
import { comparePolicies } from '../../../../../shared/replenishment/policy/simulation/compare-policies.ts';
import { atFillRate } from '../../../../../shared/replenishment/policy/simulation/equal-fill.ts';
import { simulateStock } from '../../../../../shared/replenishment/policy/simulation/simulate-stock.ts';

const eur = (minor: number) => money(minor, 'EUR');

describe('the simulation of a stock', () => {
  it('sells, loses, orders and receives day by day', () => {
    // Start 10, up to 10 at 5 or below, one day of lead time: an order of day d can be sold on day d + 2.
    // Day 0: 6 asked, 6 sold, 4 left; orders 6. Day 1: 3 sold, 1 left, 6 on order. Day 2: 6 arrive, 7; 9 asked, 7 sold,
    // 2 lost, 0 left; orders 10. Day 3: 2 asked, 0 sold. Day 4: 10 arrive; 1 sold, 9 left.
    const policy = (_day: number, position: number) => (position <= 5 ? 10 - position : 0);
    const run = simulateStock(
      { demand: [6, 3, 9, 2, 1], measuredFrom: 0, startStock: 10, leadTimeDays: () => 1 },
      policy,
    );
    expect(run).toEqual({
      days: 5,
      demanded: 21,
      sold: 6 + 3 + 7 + 0 + 1,
      stockOutDays: 2,
      orders: 2,
      ordered: 16,
      averageStock: (4 + 1 + 0 + 0 + 9) / 5,
    });
  });

  it('counts only the days from the first measured one', () => {
    const run = simulateStock(
      { demand: [6, 3, 1], measuredFrom: 2, startStock: 10, leadTimeDays: () => 0 },
      () => 0,
    );
    expect(run).toMatchObject({ days: 1, demanded: 1, sold: 1, averageStock: 0 });
  });

  it('loses no unit: what was there and came is sold, on hand or under way', () => {
    const days = fc.array(fc.nat(20), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(days, fc.nat(30), fc.nat(9), (demand, startStock, leadTime) => {
        const policy = (_day: number, position: number) => (position <= 15 ? 30 - position : 0);
        let onHand = startStock;
        const run = simulateStock(
          { demand, measuredFrom: 0, startStock, leadTimeDays: () => leadTime },
          (day, position) => {
            onHand = position;
            return policy(day, position);
          },
        );
        expect(run.sold).toBeLessThanOrEqual(run.demanded);
        expect(startStock + run.ordered - run.sold).toBe(onHand + policy(0, onHand));
      }),
    );
  });
});

const settings: BacktestSettings = {
  currency: 'EUR',
  warmUpDays: 10,
  reviewDays: 1,
  serviceLevel: 0.95,
  orderCost: eur(300),
  holdingRatePerYear: 0.365,
};
const history = (given: Partial<SkuHistory> = {}): SkuHistory => ({
  sku: 'MUG',
  market: 'DE',
  demand: [...Array.from({ length: 10 }, () => 4), ...Array.from({ length: 50 }, () => 4)],
  unitCost: eur(1000),
  unitMargin: eur(700),
  forecastBefore: () => steadyDemand({ mean: 4, standardDeviation: 0 }),
  leadTime: { meanDays: 3, varianceDays: 0 },
  actualLeadTimeDays: () => 3,
  ...given,
});

describe('a backtest', () => {
  it('has the costs of its orders, its stock and what it lost', () => {
    // Start: 4 a day x (3 + 1 + 1) = 20. Demand 4 each day. The fixed policy orders at 4 x (3 + 1) = 16 or below.
    // Economic quantity sqrt(2 x 3.00 x 4 x 365 / (10.00 x 0.365)) = sqrt(2,400) = 48.99: 49.
    // Position 16 on day 0: orders 49, position 65. It is 16 or below again after 13 days (65 - 52 = 13), then after
    // 12 (62 - 48 = 14), 12 (63 - 48 = 15) and 12 (64 - 48 = 16): orders on days 0, 13, 25, 37 and 49.
    const { outcome } = run(fixedPolicy(1));
    expect(outcome).toMatchObject({ skus: 1, demanded: 200, sold: 200, fillRate: 1, stockOutDays: 0 });
    expect(outcome.orders).toBe(5);
    expect(outcome.orderCost).toEqual(eur(1500));
    // Holding: 0.365 x 50 / 365 = 0.05 of the average stock's value.
    expect(outcome.holdingCost).toEqual(eur(Math.round(outcome.averageStockValue.amountMinor * 0.05)));
    expect(outcome.totalCost.amountMinor).toBe(1500 + outcome.holdingCost.amountMinor);
  });

  it('loses what it does not have', () => {
    // Without orders, the 20 of the start are sold in 5 days; 45 days x 4 = 180 are lost at 7.00: 1,260.00.
    const { outcome } = run(() => () => 0);
    expect(outcome).toMatchObject({
      sold: 20,
      fillRate: 0.1,
      stockOutDays: 45,
      lostMargin: eur(126_000),
      orders: 0,
    });
  });

  it('reads nothing later than the day: the future changes no order before it', () => {
    const orders = (demand: readonly number[]) => {
      const placed: [number, number][] = [];
      const policy = forecastPolicy(history({ demand }), settings);
      for (let day = 10; day < 30; day += 1) placed.push([day, policy(day, 7)]);
      return placed;
    };
    const now = Array.from({ length: 60 }, (_, day) => (day < 10 ? 4 : 9));
    expect(orders(now)).toEqual(orders(now.map((each, day) => (day < 10 ? each : 0))));
  });

  it('finds the cover with which a fixed policy fills as much', () => {
    const noisy = history({ demand: Array.from({ length: 90 }, (_, day) => (day * 7919) % 11) });
    const found = atFillRate([noisy], settings, 0.97, fixedPolicy);
    if (found.kind !== 'reached') throw new Error('not reached');
    expect(found.outcome.fillRate).toBeGreaterThanOrEqual(0.97);
    expect(backtest([noisy], settings, fixedPolicy(found.parameter - 1 / 16)).fillRate).toBeLessThan(0.97);
    const never = history({ demand: [...Array.from({ length: 10 }, () => 0), 9, 9, 9] });
    expect(atFillRate([never], settings, 0.5, fixedPolicy)).toEqual({ kind: 'not-reached', highest: 0 });
  });

  it('names a SKU that can not be simulated, and runs the others', () => {
    const bad = [
      history({ sku: 'A', demand: [1.5, ...history().demand] }),
      history({ sku: 'B', unitCost: money(1, 'USD') }),
      history({ sku: 'C', demand: [1, 2] }),
      history({ sku: 'D', leadTime: { meanDays: Number.NaN, varianceDays: 0 } }),
    ];
    const outcome = backtest([...bad, history()], settings, forecastPolicy);
    expect(outcome.problems.map(({ subject, reason }) => [subject, reason])).toEqual([
      ['A in DE', 'bad-figure'],
      ['B in DE', 'other-currency'],
      ['C in DE', 'bad-figure'],
      ['D in DE', 'bad-figure'],
    ]);
    expect(outcome).toMatchObject({ skus: 1, sold: 200 });
  });

  it('compares four policies, ours also at an equal fill rate', () => {
    // Demand falls from 8 a day in the warm-up to 2: the forecast follows, and the fixed point does not.
    const falling = history({
      demand: Array.from({ length: 100 }, (_, day) => (day < 10 ? 8 : 2)),
      forecastBefore: (day) => steadyDemand({ mean: day < 12 ? 8 : 2, standardDeviation: 0.5 }),
    });
    const compared = comparePolicies([falling], settings);
    expect(compared.ours.fillRate).toBe(1);
    expect(compared.fixed.averageStockValue.amountMinor).toBeGreaterThan(
      compared.ours.averageStockValue.amountMinor,
    );
    expect(compared.textbook.fillRate).toBe(1);
    expect(compared.fixedAtOurFillRate.lessStock).toBeGreaterThan(0.2);
    expect(compared.textbookAtOurFillRate.kind).toBe('reached');
  });

  it('of a SKU without demand costs nothing and fills everything', () => {
    const none = history({ demand: Array.from({ length: 30 }, () => 0), forecastBefore: () => undefined });
    const { ours, periodic } = comparePolicies([none], settings);
    expect([ours, periodic]).toMatchObject([
      { fillRate: 1, totalCost: eur(0) },
      { fillRate: 1, totalCost: eur(0) },
    ]);
  });
});

function run(policy: Parameters<typeof backtest>[2]) {
  return { outcome: backtest([history()], settings, policy) };
}
