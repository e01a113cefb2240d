import { expect, test } from 'vitest';
import { orderView } from '../../../shared/order/index.ts';
import { placed } from '../../builders/facts.ts';
import { consignment, domesticConsignment, landedCost } from '../../builders/landed-cost.ts';
import { timelineOf } from '../../builders/timeline.ts';

const gramsOf = (...grams: (number | undefined)[]) => {
  const consignments = grams.map((carbonGrams, index) => ({
    ...(index === 0 ? consignment() : domesticConsignment()),
    ...(carbonGrams === undefined ? {} : { carbonGrams }),
  }));
  return orderView(timelineOf([placed({ landedCost: landedCost({ consignments }) })]).facts).carbonGrams;
};

test('an order shows the emissions of all its consignments, and nothing if one of them has no figure', () => {
  expect(gramsOf(321, 40)).toBe(361);
  expect(gramsOf(0)).toBe(0);
  expect(gramsOf(321, undefined)).toBeUndefined();
});
