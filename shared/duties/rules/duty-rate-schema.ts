import * as z from 'zod';
import { currencySchema } from '../../kernel/currency.ts';
import { moneySchema } from '../../kernel/money.ts';

/** At most four decimals: the merchandise processing fee is 0.3464 %. */
export const percentage = z.string().regex(/^\d{1,3}(\.\d{1,4})?$/, 'a percentage as a decimal string');

/**
 * The units that schedules count by. `kg` is the net weight, `gross-kg` the weight with the packing that is sold with
 * the goods. `alcohol-litre` is a litre of pure alcohol; `alcohol-degree-hectolitre` is one per cent of alcohol by
 * volume in a hectolitre. `kg-sugar` and others that a product does not state are refused by name.
 */
const dutyUnits = [
  'kg',
  'gross-kg',
  'litre',
  'alcohol-litre',
  'alcohol-degree-hectolitre',
  'piece',
  'pair',
  'square-metre',
  'metre',
  'cubic-metre',
  'carat',
  'kg-sugar',
  'watch-jewel',
] as const;

export type DutyUnit = (typeof dutyUnits)[number];

/**
 * An amount for a quantity: 0.9 cents for 1 kg is `{ "minor": "0.9", "currency": "USD", "per": 1, "unit": "kg" }`.
 * `minor` is a decimal of minor units, because schedules have amounts below the smallest coin.
 */
const specificAmount = z
  .strictObject({
    minor: z.string().regex(/^\d{1,9}(\.\d{1,6})?$/, 'minor units as a decimal string'),
    currency: currencySchema,
    /** The number of units that the amount is for: 100 kg, 12 pairs, 1,000 pieces. */
    per: z.int().min(1).max(10_000),
    unit: z.enum(dutyUnits),
  })
  .meta({ id: 'SpecificDuty', description: 'An amount of duty for a quantity of the goods' });

const perQuantityShape = z.strictObject({
  perKg: moneySchema.optional(),
  perUnit: moneySchema.optional(),
  /** Other amounts for a quantity; all of them are added. */
  specific: z.array(specificAmount).min(1).max(4).optional(),
});

/** A limit of a duty: amounts for quantities, or a percentage of the value, which are added. */
const limitSchema = perQuantityShape
  .extend({ percent: percentage.optional() })
  .meta({ id: 'DutyPerQuantity' });

/** A duty on a line: a percentage, or the sum of its parts between a minimum and a maximum. */
export const dutyRateSchema = z
  .union([
    percentage,
    perQuantityShape.extend({
      percent: percentage.optional(),
      least: limitSchema.optional(),
      most: limitSchema.optional(),
    }),
  ])
  .meta({ id: 'DutyRate' });

export type DutyRate = z.infer<typeof dutyRateSchema>;
