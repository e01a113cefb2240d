import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayAfter } from '../../../../shared/kernel/time.ts';
import type { Forecast } from '../../../../shared/replenishment/forecast/forecast.ts';
import { forecastBatch } from '../../../../shared/replenishment/run/forecast-batch.ts';
import { lateCampaigns } from '../../../../shared/replenishment/run/late-campaigns.ts';
import { type SiteHistory, salesOfSite } from '../../../../shared/replenishment/run/site-history.ts';
import { signalsAtSite } from '../../../../shared/replenishment/signals/at-site.ts';
import {
  givenSignalSchema,
  type StoredSignal,
  storedSignal,
} from '../../../../shared/replenishment/signals/given-signal.ts';

const DAY = '2026-10-01';

const signal = (over: object = {}): StoredSignal =>
  storedSignal(
    givenSignalSchema.parse({
      ...{ signalId: 'fair', kind: 'campaign', markets: ['DE'], uplift: { factor: 3 } },
      ...{ days: { firstDay: '2026-10-11', lastDay: '2026-10-12' }, ...over },
    }),
  );

/** Ten units a day for ninety days, seven of ten to Germany. */
const history = (over: Partial<SiteHistory> = {}): SiteHistory => ({
  ...{ sku: 'MUG', warehouseId: 'pl-poznan', skuClass: 'AX', serviceLevel: 0.95, bulkUnits: 0, lead: 0 },
  ...{ firstDay: '2026-07-03', units: Array.from({ length: 90 }, () => 10), without: [] },
  markets: { DE: 630, FR: 270 },
  ...over,
});

const forecastOf = (line: SiteHistory, signals: readonly StoredSignal[], lines = [line]): Forecast => {
  const { forecast } = forecastBatch(lines, { day: DAY, signals })(line);
  if (typeof forecast === 'string') throw new Error(forecast);
  return forecast;
};
const meansOf = ({ days }: Forecast): number[] => days.map(({ mean }) => mean);

describe('signals at a site', () => {
  const sold = { here: { DE: 630, FR: 270 }, everywhere: { DE: 700, FR: 1_000 } };

  it('change the part of its units that goes to their markets', () => {
    // 630 of 900 units go to Germany: 1 + 0.7 x (3 - 1) = 2.4.
    expect(signalsAtSite([signal()], { sku: 'MUG', sold })).toMatchObject([{ uplift: { factor: 2.4 } }]);
    expect(signalsAtSite([signal({ markets: ['*'] })], { sku: 'MUG', sold })).toMatchObject([
      { uplift: { factor: 3 } },
    ]);
    expect(signalsAtSite([signal({ markets: ['JP'] })], { sku: 'MUG', sold })).toEqual([]);
    expect(signalsAtSite([signal({ skus: ['TEE'] })], { sku: 'MUG', sold })).toEqual([]);
  });

  it('change goods by the digits that their code begins with, besides the SKUs that they name', () => {
    const changes = (over: object, hsCode?: string) =>
      signalsAtSite([signal({ markets: ['*'], ...over })], { sku: 'MUG', sold, hsCode }).length === 1;
    expect(changes({ categories: ['6912'] }, '691200')).toBe(true);
    expect(changes({ categories: ['69'] }, '691200')).toBe(true);
    expect(changes({ categories: ['6913', '61'] }, '691200')).toBe(false);
    expect(changes({ categories: ['6912'] })).toBe(false);
    expect(changes({ categories: ['61'], skus: ['MUG'] }, '691200')).toBe(true);
    expect(changes({ categories: ['61'], skus: ['TEE'] }, '691200')).toBe(false);
  });

  it('share their units by what each site sold there, and all sites together get them once', () => {
    const units = signal({ uplift: { unitsADay: 50 } });
    const others = { here: { DE: 70, FR: 730 }, everywhere: sold.everywhere };
    const [first] = signalsAtSite([units], { sku: 'MUG', sold });
    const [second] = signalsAtSite([units], { sku: 'MUG', sold: others });
    // 630 of 700 German units come from here: 45 of 50 units a day.
    expect(first).toMatchObject({ uplift: { unitsADay: 45 } });
    expect(second).toMatchObject({ uplift: { unitsADay: 5 } });
  });
});

describe('forecasts of a batch', () => {
  it('change on the days of a signal alone', () => {
    const [plain, changed] = [forecastOf(history(), []), forecastOf(history(), [signal()])];
    const before = meansOf(plain);
    const after = meansOf(changed);
    // The 11th and 12th of October are the days 10 and 11 from the 1st.
    expect(after.slice(0, 10)).toEqual(before.slice(0, 10));
    expect(after[10]).toBeCloseTo((before[10] ?? 0) * 2.4, 9);
    expect(after[11]).toBeCloseTo((before[11] ?? 0) * 2.4, 9);
    expect(after.slice(12, 28)).toEqual(before.slice(12));
  });

  it('count a campaign as early as its stock has to be there', () => {
    const changed = meansOf(forecastOf(history(), [signal({ stockDaysBefore: 7 })]));
    const plain = meansOf(forecastOf(history(), []));
    expect(changed[3]).toBeCloseTo((plain[3] ?? 0) * 2.4, 9);
    expect(changed[10]).toBe(plain[10]);
  });

  it('reach a campaign behind their last day, and do not repeat it afterwards', () => {
    const days = { firstDay: '2026-12-11', lastDay: '2026-12-12' };
    const changed = forecastOf(history(), [signal({ days })]);
    const plain = meansOf(forecastOf(history(), []));
    const means = meansOf(changed);
    // The 11th of December is the day 71 from the 1st of October.
    expect(means[71]).toBeCloseTo((plain[22] ?? 0) * 2.4, 6);
    expect(means.at(-1)).toBeCloseTo(plain.at(-1) ?? 0, 6);
    expect(changed.totals).toHaveLength(means.length);
  });

  it('do not read a campaign of the past as the level of the future', () => {
    const units = Array.from({ length: 90 }, (_, at) => (at >= 60 && at < 80 ? 24 : 10));
    // Days 60 to 79 from the 3rd of July are the 1st to the 20th of September.
    const past = signal({ days: { firstDay: '2026-09-01', lastDay: '2026-09-20' } });
    expect(meansOf(forecastOf(history({ units }), [past]))).toEqual(meansOf(forecastOf(history(), [])));
    expect(meansOf(forecastOf(history({ units }), []))).not.toEqual(meansOf(forecastOf(history(), [])));
  });

  it('change only the days, markets and goods of a signal, whatever it is', () => {
    const goods = [
      { sku: 'MUG', hsCode: '691200', markets: { DE: 630, FR: 270 } },
      { sku: 'TILE', hsCode: '690721', markets: { FR: 900 } },
      { sku: 'TEE', hsCode: '610910', markets: { DE: 900 } },
    ];
    const lines = goods.map((each) => history(each));
    const plain = lines.map((line) => meansOf(forecastOf(line, [], lines)));
    const named = fc.constantFrom(
      ...([{}, { skus: ['TEE'] }, { categories: ['69'] }, { categories: ['6912'] }] as const),
      { categories: ['6109'], skus: ['TILE'] },
    );
    const isNamed = (
      { sku, hsCode }: (typeof goods)[number],
      about: Partial<Record<string, readonly string[]>>,
    ) =>
      Object.keys(about).length === 0 ||
      about.skus?.includes(sku) === true ||
      about.categories?.some((digits) => hsCode.startsWith(digits)) === true;
    fc.assert(
      fc.property(
        fc.constantFrom(['DE'], ['FR'], ['*'], ['JP'], ['FR', 'DE']),
        named,
        fc.tuple(fc.integer({ min: 0, max: 20 }), fc.nat(6)),
        (markets, about, [from, length]) => {
          const days = { firstDay: dayAfter(DAY, from), lastDay: dayAfter(DAY, from + length) };
          const changed = forecastBatch(lines, { day: DAY, signals: [signal({ markets, ...about, days })] });
          goods.forEach((each, at) => {
            const { forecast } = changed(lines[at] as SiteHistory);
            if (typeof forecast === 'string') throw new Error(forecast);
            const isSold = markets.some((market) => market === '*' || market in each.markets);
            const isChanged = isSold && isNamed(each, about);
            plain[at]?.forEach((mean, day) => {
              const isCovered = isChanged && day >= from && day <= from + length;
              if (isCovered) expect(forecast.days[day]?.mean).toBeGreaterThan(mean);
              else expect(forecast.days[day]?.mean).toBe(mean);
            });
          });
        },
      ),
      { numRuns: 25 },
    );
  });

  it('say which signals changed them', () => {
    const lines = [history()];
    const made = forecastBatch(lines, {
      day: DAY,
      signals: [signal(), signal({ signalId: 'tee', skus: ['TEE'] })],
    });
    expect(made(history()).signals.map(({ signalId }) => signalId)).toEqual(['fair']);
    expect(made(history({ firstDay: undefined, units: [] }))).toEqual({
      forecast: 'no-history',
      signals: [],
    });
  });
});

describe('a campaign', () => {
  const days = { firstDay: '2026-10-20', lastDay: '2026-10-22' };
  // Stock has to be there on the 15th; the plan counts the demand from the 15th to the 17th.
  const campaign = signal({ days, stockDaysBefore: 5 });
  const late = (supply: Parameters<typeof lateCampaigns>[1]) => lateCampaigns([campaign], supply);

  it('is late where the stock does not last for it and the next units come after the day by which they must', () => {
    expect(late({ runsOutOn: '2026-10-16', expectedOn: '2026-10-16' })).toEqual([
      { signalId: 'fair', arriveBy: '2026-10-15', arrivesOn: '2026-10-16' },
    ]);
    expect(late({ runsOutOn: '2026-10-16' })).toEqual([{ signalId: 'fair', arriveBy: '2026-10-15' }]);
  });

  it('is not late where the stock lasts, or units come in time', () => {
    expect(late({ runsOutOn: '2026-10-18', expectedOn: '2026-11-30' })).toEqual([]);
    expect(late({ expectedOn: '2026-11-30' })).toEqual([]);
    expect(late({ runsOutOn: '2026-10-16', expectedOn: '2026-10-15' })).toEqual([]);
    expect(late({ runsOutOn: '2026-10-16', nextArrivalOn: '2026-10-14', expectedOn: '2026-11-30' })).toEqual(
      [],
    );
  });
});

it('the sales of a site say to which countries the last ninety days went', () => {
  const row = { sku: 'MUG', warehouseId: 'pl-poznan', orderId: 'a', units: 2, added: 0 };
  const rows = [
    { ...row, day: '2026-06-01', market: 'FR' },
    { ...row, day: '2026-09-20', market: 'DE' },
    { ...row, day: '2026-09-21', orderId: 'b', market: 'DE' },
    { ...row, day: '2026-09-21', orderId: '', market: '', units: -4 },
  ];
  expect(salesOfSite(rows, { firstDay: '2026-01-01', lastDay: '2026-09-30' }).markets).toEqual({ DE: 4 });
});
