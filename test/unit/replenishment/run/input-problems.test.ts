import { expect, it } from 'vitest';
import { inputProblems } from '../../../../shared/replenishment/run/input-problems.ts';
import { type SiteRow, salesOfSite } from '../../../../shared/replenishment/run/site-history.ts';
import { givenSignalSchema, storedSignal } from '../../../../shared/replenishment/signals/given-signal.ts';

const around = (feast: string, year: number) =>
  storedSignal(
    givenSignalSchema.parse({
      ...{ signalId: `${feast}-${year}`, kind: 'campaign', markets: ['*'], uplift: { factor: 2 } },
      days: { feast, year },
    }),
  );

it('a row of an order without a unit is in no figure, and is named by its product, market and day', () => {
  const row = (day: string, over: Partial<SiteRow>): SiteRow => ({
    ...{ sku: 'MUG', warehouseId: 'pl-poznan', day, orderId: `ord_${day}`, added: 0, market: 'DE', units: 3 },
    ...over,
  });
  const rows = [row('2026-03-02', {}), row('2026-03-03', { units: -2, market: 'FR' }), row('2026-03-04', {})];
  const sales = salesOfSite(rows, { firstDay: '2026-03-01', lastDay: '2026-03-04' });
  expect(sales).toMatchObject({ firstDay: '2026-03-02', units: [3, 0, 3], markets: { DE: 6 } });
  const line = { ...sales, skuClass: 'CZ', serviceLevel: 0.9 } as const;
  expect(inputProblems([line], { day: '2026-03-05', signals: [] })).toEqual([
    {
      ...{ code: 'row-refused', subject: 'MUG FR 2026-03-03' },
      detail: 'an order of -2 units, from pl-poznan: it is in no figure',
    },
  ]);
});

it('a feast whose dates end this year is named, if a signal is given by it', () => {
  const signals = [around('diwali', 2035), around('easter', 2035)];
  expect(inputProblems([], { day: '2034-12-31', signals })).toEqual([]);
  expect(inputProblems([], { day: '2035-01-01', signals })).toEqual([
    {
      ...{ code: 'feast-table-ends', subject: 'diwali' },
      detail: 'its dates are known to 2035: give signals of later years their days',
    },
  ]);
  expect(inputProblems([], { day: '2035-01-01', signals: [around('easter', 2035)] })).toEqual([]);
});
