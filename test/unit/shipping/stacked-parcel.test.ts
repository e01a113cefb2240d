import { expect, test } from 'vitest';
import { stackedParcel } from '../../../shared/shipping/stacked-parcel.ts';
import { line } from '../../builders/landed-cost.ts';

const tray = { sku: 'TRAY', dimensions: { lengthMm: 400, widthMm: 200, heightMm: 30 } };
const bowl = { sku: 'BOWL', dimensions: { lengthMm: 180, widthMm: 220, heightMm: 90 } };

test('stacked goods have the largest length, the largest width, and the sum of the heights', () => {
  const lines = [
    line({ lineId: '1', sku: 'TRAY', quantity: 2, unitWeightGrams: 500 }),
    line({ lineId: '2', sku: 'BOWL', quantity: 3, unitWeightGrams: 250 }),
  ];
  // 2 x 500 g + 3 x 250 g; 2 x 30 mm + 3 x 90 mm high.
  expect(stackedParcel(lines, [tray, bowl])).toEqual({
    weightGrams: 1_750,
    dimensions: { lengthMm: 400, widthMm: 220, heightMm: 330 },
  });
});

test('goods without dimensions add only their weight, and no side is under a millimetre', () => {
  const lines = [line({ sku: 'CARD', quantity: 4, unitWeightGrams: 20 })];
  expect(stackedParcel(lines, [tray])).toEqual({
    weightGrams: 80,
    dimensions: { lengthMm: 1, widthMm: 1, heightMm: 1 },
  });
});
