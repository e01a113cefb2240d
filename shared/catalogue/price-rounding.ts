import * as z from 'zod';
import { divide, type Money, money, type Rounding } from '../kernel/money.ts';

const directionSchema = z
  .enum(['nearest', 'up'])
  .default('nearest')
  .meta({ description: 'Which of the two nearest prices is taken; halfway between them, the higher one' });

/**
 * How a converted price becomes one that shoppers expect, in minor units of its currency: unchanged, rounded to a step
 * (JPY: whole tens), or given an ending (EUR: 99 of every 100; JPY: 90 of every 100).
 */
export const priceRoundingSchema = z
  .discriminatedUnion('to', [
    z.strictObject({ to: z.literal('none') }),
    z.strictObject({
      to: z.literal('step'),
      stepMinor: z.int().min(1).max(1_000_000),
      direction: directionSchema,
    }),
    z.strictObject({
      to: z.literal('ending'),
      endingMinor: z.int().min(0).max(999_999),
      /** The distance between two endings: 100 for the cents of a euro. */
      perMinor: z.int().min(2).max(1_000_000),
      direction: directionSchema,
    }),
  ])
  .refine((rule) => rule.to !== 'ending' || rule.endingMinor < rule.perMinor, {
    path: ['endingMinor'],
    message: 'an ending is less than what it is the ending of',
  })
  .meta({ id: 'PriceRounding', description: 'How a converted price is rounded' });

export type PriceRounding = z.infer<typeof priceRoundingSchema>;

/** The price rounded by the rule. Never zero or less: then it is the smallest price that fits the rule. */
export function roundPrice(price: Money, rule: PriceRounding): Money {
  if (rule.to === 'none') return price;
  const [step, offset] = rule.to === 'step' ? [rule.stepMinor, 0] : [rule.perMinor, rule.endingMinor];
  const rounding: Rounding = rule.direction === 'up' ? 'up' : 'half-up';
  const above = Math.max(0, price.amountMinor - offset);
  const steps = Number(divide(BigInt(above), BigInt(step), rounding));
  const rounded = steps * step + offset;
  return money(rounded > 0 ? rounded : step, price.currency);
}

/** The rule in words, for a formula: `to whole steps of 10`, `to end in 90`. */
export function wordsOf(rule: PriceRounding): string {
  if (rule.to === 'none') return 'half up';
  const way = rule.direction === 'up' ? 'up ' : '';
  return rule.to === 'step'
    ? `${way}to whole steps of ${rule.stepMinor}`
    : `${way}to end in ${rule.endingMinor.toString().padStart(rule.perMinor.toString().length - 1, '0')}`;
}
