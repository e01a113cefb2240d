import { describe, expect, it } from 'vitest';
import { forecastBatch } from '../../../../shared/replenishment/run/forecast-batch.ts';
import {
  groupProfileSchema,
  Launches,
  profileFinder,
} from '../../../../shared/replenishment/run/new-products/group-profile.ts';
import type { SiteHistory } from '../../../../shared/replenishment/run/site-history.ts';

const DAYS = { day: '2026-10-01', firstDay: '2025-10-01' };
const SITE = 'pl-poznan';

const sold = (sku: string, units: readonly number[], firstDay = '2026-03-02') => ({
  ...{ sku, warehouseId: SITE, firstDay, units, without: [] as number[] },
});
const steady = (perDay: number, days = 28) => Array.from({ length: days }, () => perDay);

function profilesOf(
  codes: readonly string[],
  fill: (launches: Launches) => void,
): ReturnType<Launches['profiles']> {
  const launches = new Launches(DAYS, new Set(codes));
  // The warehouse has sold one thing for long.
  launches.add(sold('TEAPOT', [1], '2025-11-03'), '691200');
  fill(launches);
  return launches.profiles().map((profile) => groupProfileSchema.parse(JSON.parse(JSON.stringify(profile))));
}

/** Five mugs, sold 1, 2, 3, 4 and 10 times a day: 4 on average, 3 in the middle. */
const mugs = () =>
  profilesOf(['691200'], (launches) => {
    for (const perDay of [1, 2, 3, 4, 10]) launches.add(sold(`MUG-${perDay}`, steady(perDay)), '691200');
  });

describe('profiles of groups', () => {
  it('are of the heading, the chapter and all goods, of the groups that new products are in alone', () => {
    const profiles = profilesOf(['691200'], (launches) => {
      for (const at of [1, 2, 3, 4, 5]) {
        launches.add(sold(`MUG-${at}`, steady(at)), '691200');
        launches.add(sold(`TILE-${at}`, steady(10 * at)), '690721');
        launches.add(sold(`TEE-${at}`, steady(100 * at)), '610910');
      }
    });
    // 15 / 5 of mugs; (15 + 150) / 10 of chapter 69; (15 + 150 + 1500) / 15 of all goods.
    expect(
      Object.fromEntries(profiles.map(({ group, forecast }) => [group, forecast.days[0]?.mean])),
    ).toEqual({
      ...{ '6912': 3, '69': 16.5, '*': 111 },
    });
    const find = profileFinder(profiles);
    expect(find(SITE, '691200')?.group).toBe('6912');
    expect(find(SITE, '691410')?.group).toBe('69');
    expect(find(SITE, undefined)?.group).toBe('*');
    expect(find('de-berlin', '691200')).toBeUndefined();
  });

  it('leave out what may have been sold before, was out of stock, or is too young', () => {
    const profiles = profilesOf(['691200'], (launches) => {
      for (const at of [1, 2, 3, 4]) launches.add(sold(`MUG-${at}`, steady(at)), '691200');
      launches.add(sold('OLD', steady(9), '2025-10-28'), '691200');
      launches.add({ ...sold('OUT', steady(9)), without: [27] }, '691200');
      launches.add(sold('YOUNG', steady(9, 27)), '691200');
    });
    expect(profiles).toEqual([]);
  });

  it('leave out the first four weeks of a warehouse: what it began with may have been sold elsewhere before', () => {
    const from = (firstDay: string) => {
      const launches = new Launches(DAYS, new Set(['691200']));
      launches.add(sold('FIRST', steady(1), '2026-03-02'), '691200');
      for (const perDay of [1, 2, 3, 4, 5])
        launches.add(sold(`MUG-${perDay}`, steady(perDay), firstDay), '691200');
      return launches.profiles().map(({ launches: count }) => count);
    };
    // 28 days after 2 March are 30 March.
    expect(from('2026-03-29')).toEqual([]);
    expect(from('2026-03-30')).toEqual([5, 5, 5]);
  });

  it('hold the newest hundred launches of a group', () => {
    const [profile] = profilesOf(['691200'], (launches) => {
      for (let at = 0; at < 150; at += 1) {
        const day = at < 50 ? '2026-01-05' : '2026-03-02';
        launches.add(sold(`MUG-${at}`, steady(at < 50 ? 100 : 2), day), '691200');
      }
    });
    expect(profile).toMatchObject({ launches: 100 });
    expect(profile?.forecast.days[0]?.mean).toBe(2);
  });

  it('are spread over the week as all goods of the warehouse are', () => {
    // Nothing on Sundays, and 7 on each other day: the factors are 7/6 and 0. The first day is a Thursday.
    const week = [7, 7, 7, 7, 7, 7, 0];
    const [profile] = profilesOf(['691200'], (launches) => {
      for (const at of [1, 2, 3, 4, 5])
        launches.add(sold(`MUG-${at}`, [...week, ...week, ...week, ...week]), '691200');
    });
    expect(profile?.forecast.days.slice(0, 5).map(({ mean }) => mean)).toEqual(
      [7, 7, 7, 0, 7].map((mean) => expect.closeTo(mean, 9)),
    );
  });
});

describe('a new product', () => {
  const line = (over: Partial<SiteHistory>): SiteHistory => ({
    ...{ sku: 'CUP', warehouseId: SITE, skuClass: 'CZ', serviceLevel: 0.9, bulkUnits: 0, lead: 0 },
    ...{ units: [], without: [], markets: {}, hsCode: '691200', isNew: true },
    ...over,
  });
  const forecast = (over: Partial<SiteHistory>) => {
    const own = line(over);
    return forecastBatch([own], { day: DAYS.day, signals: [], profileOf: profileFinder(mugs()) })(own);
  };
  const ownSales = (days: number) => {
    const firstDay = new Date(Date.parse(DAYS.day) - days * 86_400_000).toISOString().slice(0, 10);
    return { firstDay, units: steady(8, days) };
  };

  it('has the forecast of its group, from the day of the run on', () => {
    const made = forecast({});
    expect(made).toMatchObject({
      forecast: { sku: 'CUP', firstDay: '2026-10-01', method: 'group-profile', version: '4' },
      like: { group: '6912', launches: 5, ownDays: 0 },
    });
    if (typeof made.forecast === 'string') throw new Error(made.forecast);
    expect(made.forecast.days).toHaveLength(28);
    expect(made.forecast.days[27]).toEqual({ mean: 4, quantiles: { '0.5': 3, '0.9': 10, '0.95': 10 } });
  });

  it('has its own forecast by a 28th for each day on sale, and alone after four weeks', () => {
    const alone = (days: number) => {
      const { forecast: own } = forecast({ ...ownSales(days), isNew: false });
      return typeof own === 'string' ? expect.fail(own) : own;
    };
    for (const days of [7, 14, 27]) {
      const { forecast: mixed, like } = forecast(ownSales(days));
      if (typeof mixed === 'string') throw new Error(mixed);
      const [share, own] = [days / 28, alone(days)];
      expect(like).toMatchObject({ ownDays: days });
      expect(mixed.days[3]?.mean).toBeCloseTo((1 - share) * 4 + share * (own.days[3]?.mean ?? 0), 9);
      expect(mixed.totals?.[6]?.quantiles['0.9']).toBeCloseTo(
        (1 - share) * 70 + share * (own.totals?.[6]?.quantiles['0.9'] ?? 0),
        9,
      );
    }
    expect(forecast(ownSales(28))).toEqual({ forecast: alone(28), signals: [] });
    // Days without stock say nothing of its own sales.
    expect(forecast({ ...ownSales(14), without: [12, 13] }).like).toMatchObject({ ownDays: 12 });
  });

  it('is not taken for one that sells after four weeks in stock without a sale', () => {
    expect(forecast({ lead: 14 })).toMatchObject({ forecast: { days: { 0: { mean: 2 } } } });
    expect(forecast({ lead: 28 })).toEqual({ forecast: 'no-history', signals: [] });
  });

  it('has no forecast where it is not new, or no group of its warehouse is known', () => {
    expect(forecast({ isNew: false }).forecast).toBe('no-history');
    expect(forecast({ warehouseId: 'de-berlin' }).forecast).toBe('no-history');
  });
});
