import { describe, expect, it } from 'vitest';
import { buyExample } from '../../../../infra/cli/pages/replenishment-example/buy-example.ts';
import { channelExample } from '../../../../infra/cli/pages/replenishment-example/channel-example.ts';
import { limitsExample } from '../../../../infra/cli/pages/replenishment-example/limits-example.ts';
import { planExample } from '../../../../infra/cli/pages/replenishment-example/plan-example.ts';
import { exampleSales } from '../../../../infra/cli/pages/replenishment-example/read-sales.ts';
import { dayAfter } from '../../../../shared/kernel/time.ts';

const { history, plan } = planExample();
const figure = (code: string) => Number(plan.reasons.find((reason) => reason.code === code)?.figure);

describe('the example of replenishment', () => {
  it('has all sales of the article to the Union, each on the same weekday as it was', () => {
    const sales = exampleSales();
    expect(sales.reduce((sum, { units }) => sum + units, 0)).toBe(1_778);
    // 2010-12-01 and 2026-01-07 are Wednesdays.
    expect(sales[0]).toEqual({ day: '2026-01-07', order: '536370', country: 'FR', units: 24 });
    expect(new Date('2010-12-01').getUTCDay()).toBe(new Date('2026-01-07').getUTCDay());
    expect(sales.every(({ day }) => day < '2026-06-08')).toBe(true);
  });

  it('keeps every unit: in the forecast, or in a one-off bulk order', () => {
    expect(history.units.reduce((sum, each) => sum + each, 0) + history.bulkUnits).toBe(1_778);
  });

  it('orders whole cases above the need, which is the reorder point less the position', () => {
    expect(figure('reorder-point')).toBeCloseTo(figure('forecast') + figure('safety-stock'), 2);
    expect(figure('need')).toBeCloseTo(figure('reorder-point') - figure('position'), 2);
    expect(plan.units).toBeGreaterThanOrEqual(figure('need'));
    expect((plan.units ?? 0) % 24).toBe(0);
    // 21 days of lead time from 2026-06-08.
    expect(plan.expectedOn).toBe(dayAfter('2026-06-08', 21));
  });

  it('brings the units to the shelf, and spreads the freight over the good ones', () => {
    const { receipt, effects, notice, end, xml, facts } = buyExample(plan);
    const [line] = receipt.lines;
    const good = line?.received ?? 0;
    expect(good + 12).toBe(plan.units);
    expect(effects.movements.map(({ movement }) => movement.quantity)).toEqual([good]);
    expect(effects.costs[0]?.firstLeg?.amount).toBe(Math.round((notice.freight?.amount ?? 0) / good));
    expect(end).toMatchObject({
      status: 'received',
      lines: [{ ordered: plan.units, received: good, open: 12 }],
    });
    expect(xml).toContain(`<cbc:Quantity unitCode="C62">${plan.units}</cbc:Quantity>`);
    expect(facts.map(({ name }) => name.replace('replenishment.', ''))).toEqual([
      ...['proposed', 'approved', 'sent', 'acknowledged', 'shipped', 'received'],
    ]);
  });

  it('moves what is worth moving, and buys what the budget leaves of the rest', async () => {
    const { plan: second, limited } = await limitsExample();
    // The move of 240 units, 84 kg: (90.00 + 84 x 0.85) / 240 = 0.6725 of freight, 0.06 of handling, and a duty of
    // 6.5 % x (1.04 + 0.6725) = 0.1113. A unit brings 3.45 - 1.04 = 2.41 EUR, so that the probability of its sale has
    // to be 0.8438 / 2.41 = 0.35. It falls below that after 229 units.
    expect(second.transfers).toMatchObject([{ units: 229, unitCost: { amount: 84, currency: 'EUR' } }]);
    expect(second.reasons.find(({ code }) => code === 'position')?.figure).toBe(229);
    expect(second.units).toBe(528);
    // 300.00 EUR: 288 at 1.04 would fit, but less than 480 units cost 1.10 each. 11 x 24 x 1.10 = 290.40, and
    // 12 x 24 x 1.10 = 316.80.
    expect(limited.needs[0]?.from).toEqual([{ supplierId: 'ningbo-boxes', units: 264 }]);
    expect(limited.cut).toEqual({ lines: 1, units: 264 });
    expect(limited.problems).toMatchObject([{ code: 'limit-reached', subject: 'budget' }]);
  });

  it('changes its channel on the day of the flat duty, and decides a lead time before', () => {
    const { before, after, choice } = channelExample(plan);
    expect(before.costs[0]?.option.optionId).toBe('parcel from China');
    expect(after.costs[0]?.option.optionId).toBe('stock in Poland');
    expect(choice).toMatchObject({ betterFrom: '2026-07-01', decideBy: '2026-06-10', lateDays: 0 });
    // A parcel of six: VAT 19 % x (6 x 3.45 + 8.90 = 29.60) = 5.62 before; 19 % x 32.60 = 6.19 and 3.00 of duty after.
    // So a parcel costs 14.52 before and 18.09 after, and each six units 6.24 of purchase.
    const parcels = (plan.units ?? 0) / 6;
    const totalOf = (costs: typeof before.costs) =>
      costs.find(({ option }) => option.kind === 'parcel')?.total.amountMinor;
    expect(totalOf(before.costs)).toBe(parcels * (624 + 1_452));
    expect(totalOf(after.costs)).toBe(parcels * (624 + 1_809));
  });
});
