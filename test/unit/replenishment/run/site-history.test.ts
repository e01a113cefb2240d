import { describe, expect, it } from 'vitest';
import {
  type SiteRow,
  salesOfSite,
  seriesOfSite,
} from '../../../../shared/replenishment/run/site-history.ts';

const DAYS = { firstDay: '2026-03-01', lastDay: '2026-03-20' };
const row = (day: string, over: Partial<SiteRow>): SiteRow => ({
  ...{ sku: 'MUG', warehouseId: 'pl-poznan', day, orderId: '', units: 0, added: 0, market: '' },
  ...over,
});
const sold = (day: string, units: number) => row(day, { orderId: `ord_${day}`, units, market: 'DE' });
const stocked = (day: string, units: number) => row(day, { units, added: Math.max(0, units) });

describe('the sales of a SKU at a site', () => {
  it('have the days before the first sale on which it was in stock', () => {
    // Stock comes on the 5th, and the first unit is sold on the 9th: four days without a sale.
    const sales = salesOfSite([stocked('2026-03-05', 10), sold('2026-03-09', 2)], DAYS);
    expect(sales).toMatchObject({ firstDay: '2026-03-09', lead: 4 });
    expect(sales.units).toEqual([2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    const line = { ...sales, skuClass: 'CZ', serviceLevel: 0.9 } as const;
    const series = seriesOfSite({ ...line, without: [1] });
    expect(series?.firstDay).toBe('2026-03-05');
    expect(series?.units.slice(0, 6)).toEqual([0, 0, 0, 0, 2, 0]);
    expect(series?.censored.slice(0, 7)).toEqual([false, false, false, false, false, true, false]);
  });

  it('have none where stock and the first sale came on the same day, or stock was sold out before', () => {
    expect(salesOfSite([stocked('2026-03-09', 10), sold('2026-03-09', 2)], DAYS).lead).toBe(0);
    // Units of the 2nd were written off on the 4th, and others came on the 8th.
    const rows = [stocked('2026-03-02', 5), stocked('2026-03-04', -5), stocked('2026-03-08', 9)];
    expect(salesOfSite([...rows, sold('2026-03-09', 2)], DAYS).lead).toBe(1);
  });

  it('have four weeks of them at most', () => {
    const days = { firstDay: '2026-01-01', lastDay: '2026-03-20' };
    expect(salesOfSite([stocked('2025-12-31', 10), sold('2026-03-09', 2)], days).lead).toBe(28);
  });
});
