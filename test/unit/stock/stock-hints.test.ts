import { expect, test } from 'vitest';
import { createStockHints } from '../../../shared/aws/stock/hints.ts';
import { later, secondMs } from '../../../shared/kernel/time.ts';

const place = { sku: 'TEA', warehouseId: 'cn-shenzhen' };
const layout = { buckets: 4, spread: 4, maxEver: 4, minBuckets: 1, epoch: 1, leasedUntil: undefined };
const readAt = '2026-11-23T10:00:00.000Z';

test('a layout is used for thirty seconds, and then it is read again', () => {
  const hints = createStockHints();
  hints.learn(place, layout, readAt);
  expect(hints.of(place, later(readAt, 30 * secondMs - 1))).toMatchObject({ layout, isOld: false });
  expect(hints.of(place, later(readAt, 30 * secondMs))).toMatchObject({ layout, isOld: true });
  hints.learn(place, { ...layout, buckets: 8, spread: 8 }, later(readAt, 30 * secondMs));
  expect(hints.of(place, later(readAt, 59 * secondMs))).toMatchObject({
    ...{ layout: { buckets: 8 }, isOld: false },
  });
});
