import { describe, expect, it } from 'vitest';
import { whatToStop } from '../../../../shared/replenishment/run/what-to-stop.ts';
import { BERLIN, networkShop } from '../network-shop.ts';

const site = { available: 100, open: 20, perDay: 0.2, historyDays: 365, overstockDays: 365 };

describe('what to stop', () => {
  it('is a product whose stock and open orders last for too long', () => {
    // (100 + 20) / 0.2 a day are 600 days.
    expect(whatToStop(site)).toMatchObject({ reason: 'overstock', units: 120, coverDays: 600 });
    expect(whatToStop({ ...site, overstockDays: 600 })).toBeUndefined();
    // 120 / 0.3289 are 364.9 days: a year, and not more.
    expect(whatToStop({ ...site, perDay: 0.3289 })).toBeUndefined();
  });

  it('is a product that nobody buys, and nothing where there is no unit', () => {
    expect(whatToStop({ ...site, perDay: undefined })).toMatchObject({ reason: 'not-sold', units: 120 });
    expect(whatToStop({ ...site, perDay: 0 })).toMatchObject({ reason: 'no-demand' });
    expect(whatToStop({ ...site, available: 0, open: 0, perDay: undefined })).toBeUndefined();
    // What is owed to shoppers is no stock.
    expect(whatToStop({ ...site, available: -5, open: 0, perDay: 0 })).toBeUndefined();
  });

  it('is named by the run, with the units that are there', async () => {
    const shop = networkShop({
      skus: ['BOWL', 'MUG'],
      sells: { BOWL: { [BERLIN]: 1 }, MUG: { [BERLIN]: 4 } },
      stock: { BOWL: { [BERLIN]: 900 }, MUG: { [BERLIN]: 50 } },
    });
    const { run, plans } = await shop.run();
    expect(run?.stops).toMatchObject([
      { sku: 'BOWL', warehouseId: BERLIN, reason: 'overstock', units: 900, openOrderIds: [] },
    ]);
    expect(run?.counts.toStop).toBe(1);
    expect(plans.find(({ sku }) => sku === 'MUG')?.stop).toBeUndefined();
  });
});
