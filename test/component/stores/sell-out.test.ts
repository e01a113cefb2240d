import { expect, test } from 'vitest';
import { sellOut } from '../../bench/sell-out.ts';

test('a sale of one SKU to more buyers than units adds up, counted anew from every item of the table', async () => {
  const limit = { writeUnitsPerSecond: 1_000, burstMs: 100 };
  const sale = await sellOut({
    ...{ buckets: 4, units: 40, buyers: 60, atOnce: 12 },
    limit,
    askedPerSecond: 1_000,
  });
  expect(sale).toMatchObject({ sold: 40, refused: 20, oversold: 0, lost: 0 });
});
