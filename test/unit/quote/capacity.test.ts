import { describe, expect, it } from 'vitest';
import type { Warehouse } from '../../../shared/catalogue/index.ts';
import type { Workload } from '../../../shared/quote/index.ts';
import { lane } from '../../builders/network.ts';
import { abroad, hub, priced, regional } from '../../builders/tiers.ts';

/** Now is Monday, 2026-11-23, 11:00 in Poznań. */
const capped = { ...regional, capacity: { ordersPerDay: 10 } };
const stock = { 'pl-poznan': 5, 'cn-shenzhen': 5 };

const load = (warehouseId: string, days: Record<string, number>): Workload =>
  new Map([[warehouseId, new Map(Object.entries(days))]]);

function planned(workload: Workload, network: Warehouse[] = [capped]) {
  const [only] = priced(network, stock, { workload }).chosen.consignments;
  return [only?.workDay, only?.promise.latest.slice(0, 10)];
}

describe('a warehouse with a daily capacity', () => {
  it('packs on the day of the order while that day has room', () => {
    expect(planned(new Map())).toEqual(['2026-11-23', '2026-11-25']);
    expect(planned(load('pl-poznan', { '2026-11-23': 9 }))).toEqual(['2026-11-23', '2026-11-25']);
    expect(planned(load('de-leipzig', { '2026-11-23': 10 }))).toEqual(['2026-11-23', '2026-11-25']);
  });

  it('packs on the next working day with room if a day is full', () => {
    expect(planned(load('pl-poznan', { '2026-11-23': 10 }))).toEqual(['2026-11-24', '2026-11-26']);
    const full = { '2026-11-23': 10, '2026-11-24': 12, '2026-11-26': 10 };
    expect(planned(load('pl-poznan', full))).toEqual(['2026-11-25', '2026-11-27']);
    const week = { ...full, '2026-11-25': 10, '2026-11-27': 10 };
    expect(planned(load('pl-poznan', week))).toEqual(['2026-11-30', '2026-12-02']);
  });

  it('loses the order to a warehouse that is then faster, if the shopper chose speed', () => {
    const far = { ...abroad(), lanes: [lane({ mode: 'air', countries: ['FR'] })] };
    const fastest = (workload: Workload) =>
      priced([capped, far], stock, { workload }).options.find(({ labels }) => labels?.includes('fastest'))
        ?.landedCost.consignments[0]?.warehouseId;
    expect(fastest(new Map())).toBe('pl-poznan');
    expect(fastest(load('pl-poznan', { '2026-11-23': 10, '2026-11-24': 10 }))).toBe('cn-shenzhen');
  });

  it('does not count parcels that only pass through: the day of the hub counts', () => {
    const cappedHub = { ...hub, capacity: { ordersPerDay: 1 } };
    const via = (workload: Workload) => {
      const [only] = priced([capped, cappedHub], { 'de-leipzig': 5 }, { workload }).chosen.consignments;
      return [only?.via, only?.workDay, only?.promise.latest.slice(0, 10)];
    };
    const passing = load('pl-poznan', { '2026-11-23': 10, '2026-11-24': 10 });
    expect(via(passing)).toEqual([['pl-poznan'], '2026-11-23', '2026-11-26']);
    expect(via(load('de-leipzig', { '2026-11-23': 1 }))).toEqual([['pl-poznan'], '2026-11-24', '2026-11-27']);
  });

  it('packs on any day if no capacity is known', () => {
    const day = planned(load('pl-poznan', { '2026-11-23': 1_000 }), [regional]);
    expect(day).toEqual([undefined, '2026-11-25']);
  });
});
