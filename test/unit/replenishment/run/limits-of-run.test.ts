import { describe, expect, it } from 'vitest';
import { workingDayFrom } from '../../../../shared/replenishment/run/limits/limit-needs.ts';
import { periodOf } from '../../../../shared/replenishment/run/limits/limit-run.ts';
import type { ReplenishmentRun } from '../../../../shared/replenishment/run/replenishment-run.ts';
import { warehouse } from '../../../builders/network.ts';
import { BERLIN, networkShop } from '../network-shop.ts';
import { eur, supplier } from '../replenishment-builders.ts';

const SKUS = ['BOWL', 'MUG'];
/** Berlin sells 4 a day of each, and has none: 60 units and their safety are needed until the next order is there. */
const given = {
  skus: SKUS,
  sells: { BOWL: { [BERLIN]: 4 }, MUG: { [BERLIN]: 4 } },
  stock: {},
};
const offers = (over: object = {}) =>
  SKUS.map((sku) => ({
    ...{ sku, casePack: 6, minimumUnits: 6, leadTimeDays: 14 },
    prices: [{ fromUnits: 1, unitPrice: eur(400) }],
    ...over,
  }));
type Shop = ReturnType<typeof networkShop>;
const linesOf = (shop: Shop) => shop.orders().flatMap(({ state }) => state.lines);
const unitsOf = (shop: Shop) => linesOf(shop).reduce((all, { ordered }) => all + ordered, 0);
const spentOf = (shop: Shop) => shop.orders().reduce((all, { state }) => all + (state.total?.amount ?? 0), 0);
const limited = ({ problems = [] }: Partial<Pick<ReplenishmentRun, 'problems'>> = {}) =>
  problems.map(({ code, subject }) => [code, subject]);

describe('limits of a run', () => {
  it('leave everything where there are none', async () => {
    const shop = networkShop(given);
    const { run } = await shop.run();
    expect(run).toMatchObject({ state: 'done', cut: { lines: 0, units: 0 } });
    expect(run?.problems).toBeUndefined();
    expect(unitsOf(shop)).toBeGreaterThanOrEqual(120);
  });

  it('cut to the budget of the period, which all orders of it use up', async () => {
    // 300.00 EUR are 75 units at 4.00: 72 in cases of 6.
    const settings = { budget: { limit: eur(30_000), per: 'month' as const } };
    const shop = networkShop({ ...given, settings });
    const { run } = await shop.run();
    expect(unitsOf(shop)).toBe(72);
    expect(spentOf(shop)).toBe(28_800);
    expect(run?.cut?.units).toBeGreaterThan(48);
    expect(limited(run)).toEqual([['limit-reached', 'budget']]);
    // 12.00 EUR are left: half a case costs as much, so that nothing more is ordered in December, and that is named.
    const next = (await shop.run()).run;
    expect(unitsOf(shop)).toBe(72);
    expect(limited(next)).toEqual([
      ['budget-infeasible', 'budget'],
      ['limit-reached', 'budget'],
    ]);
    expect(next?.problems?.[0]?.detail).toMatch(
      /^none of \d purchases fits into the 12\.00 EUR that are left of 300\.00 EUR until 2026-12-31$/,
    );
  });

  it('give back to the budget what is cancelled', async () => {
    const shop = networkShop({ ...given, settings: { budget: { limit: eur(30_000), per: 'month' } } });
    await shop.run();
    expect(spentOf(shop)).toBe(28_800);
    for (const order of shop.orders()) shop.cancel(order);
    await shop.run();
    const kept = shop.orders().filter(({ state }) => state.status !== 'cancelled');
    // 300.00 EUR are 72 units at 4.00 again.
    expect(kept.flatMap(({ state }) => state.lines).reduce((all, { ordered }) => all + ordered, 0)).toBe(72);
  });

  it('give the budget to the units that are worth most', async () => {
    // The bowl costs 4.00, the mug 11.00, and both sell at 12.00: a euro brings 2.00 with the bowl, 0.09 with the mug.
    const [bowl, mug] = offers();
    const expensive = { ...mug, prices: [{ fromUnits: 1, unitPrice: eur(1_100) }] };
    const suppliers = [supplier('ningbo', { offers: [bowl, expensive] })];
    const settings = { budget: { limit: eur(30_000), per: 'week' as const } };
    const shop = networkShop({ ...given, suppliers, settings });
    await shop.run();
    const units = Object.fromEntries(linesOf(shop).map(({ sku, ordered }) => [sku, ordered]));
    expect(units.BOWL ?? 0).toBeGreaterThanOrEqual(60);
    expect(units.MUG ?? 0).toBeLessThanOrEqual(6);
    expect(spentOf(shop)).toBeLessThanOrEqual(30_000);
  });

  it('hold the budget also where a cut line costs more for a unit', async () => {
    const prices = [
      { fromUnits: 1, unitPrice: eur(600) },
      { fromUnits: 60, unitPrice: eur(400) },
    ];
    const suppliers = [supplier('ningbo', { offers: offers({ prices }) })];
    for (const amount of [10_000, 25_000, 30_000, 47_000]) {
      const shop = networkShop({
        ...{ ...given, suppliers },
        settings: { budget: { limit: eur(amount), per: 'month' } },
      });
      await shop.run();
      expect(spentOf(shop)).toBeLessThanOrEqual(amount);
      expect(spentOf(shop)).toBeGreaterThan(amount / 2);
    }
  });

  it('order nothing in a currency that the budget has no rate from, and name it', async () => {
    const settings = {
      budget: { limit: { amount: 30_000, currency: 'USD' as const }, per: 'month' as const },
    };
    const shop = networkShop({ ...given, settings });
    const { run } = await shop.run();
    expect(shop.orders()).toEqual([]);
    expect(limited(run)).toContainEqual(['no-rate', 'ningbo']);
  });

  it('cut to the container of a supplier', async () => {
    // A mug has 400 g and one litre. 20 kg are 50 units, 30 litres are 30: five cases of 6.
    const suppliers = [supplier('ningbo', { offers: offers(), container: { kilograms: 20, litres: 30 } })];
    const shop = networkShop({ ...given, suppliers });
    const { run } = await shop.run();
    expect(unitsOf(shop)).toBe(30);
    expect(limited(run)).toContainEqual(['limit-reached', `volume of a container of ningbo to ${BERLIN}`]);
    expect(shop.orders()[0]?.state.kind).toBe('purchase');
  });

  it('cut to the dock of the day on which goods come, with what comes already, and go on the next day', async () => {
    // 14 days from Tuesday, 1 December are Tuesday, 15 December. 40 units a day: six cases of 6.
    const shop = networkShop({ ...given, receiving: { [BERLIN]: { unitsPerDay: 40 } } });
    const { run } = await shop.run();
    expect(unitsOf(shop)).toBe(36);
    expect(limited(run)).toEqual([['limit-reached', `dock of ${BERLIN} on 2026-12-15`]]);
    // The next day the rest is asked for again, and comes a day later.
    await shop.run();
    expect(unitsOf(shop)).toBe(72);
  });

  it('count what comes on the same day by an earlier run', async () => {
    const shop = networkShop({ ...given, receiving: { [BERLIN]: { unitsPerDay: 12 } } });
    // Tuesday to Friday: 15 to 18 December. Saturday, Sunday and Monday: all on Monday, 21 December.
    for (let day = 0; day < 7; day += 1) await shop.run();
    expect(unitsOf(shop)).toBe(5 * 12);
  });

  it('cut to the storage of a warehouse, with what is there and on its way', async () => {
    const shop = networkShop({ ...given, receiving: { [BERLIN]: { unitsPerDay: 1_000, storageUnits: 50 } } });
    const { run } = await shop.run();
    expect(unitsOf(shop)).toBe(48);
    expect(limited(run)).toEqual([['limit-reached', `storage of ${BERLIN}`]]);
    await shop.run();
    expect(unitsOf(shop)).toBe(48);
  });

  it('say on the order what was cut', async () => {
    const shop = networkShop({ ...given, receiving: { [BERLIN]: { unitsPerDay: 40 } } });
    await shop.run();
    const [fact] = shop.orders()[0]?.steps[0]?.facts ?? [];
    const reasons =
      fact?.name === 'replenishment.proposed' ? fact.data.lines.map((line) => line.reasons[0]) : [];
    expect(reasons).toContainEqual(
      expect.stringMatching(
        /^limit: \d+ units = \d+ wanted from ningbo, \d+ cut for the dock of de-berlin on 2026-12-15$/,
      ),
    );
  });
});

it('goods that come on a closed day are taken in on the next working day', () => {
  const site = { ...warehouse(), holidays: ['2026-12-21'] };
  // 19 December 2026 is a Saturday, and the Monday after it is a holiday here.
  expect(workingDayFrom('2026-12-18', site)).toBe('2026-12-18');
  expect(workingDayFrom('2026-12-19', site)).toBe('2026-12-22');
  expect(workingDayFrom('2026-12-19', undefined)).toBe('2026-12-19');
});

it('the period of a budget is the week from Monday, or the month', () => {
  expect(periodOf('2026-12-01', 'week')).toEqual({ from: '2026-11-30', until: '2026-12-06' });
  expect(periodOf('2026-12-06', 'week')).toEqual({ from: '2026-11-30', until: '2026-12-06' });
  expect(periodOf('2027-02-14', 'month')).toEqual({ from: '2027-02-01', until: '2027-02-28' });
  expect(periodOf('2026-12-31', 'month')).toEqual({ from: '2026-12-01', until: '2026-12-31' });
});
