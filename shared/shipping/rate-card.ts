import * as z from 'zod';
import { countrySchema } from '../kernel/country.ts';
import { add, fromJson, type Money, moneySchema, times } from '../kernel/money.ts';

/** One lane of a warehouse's rate card: a service of a carrier to some countries. */
export const laneSchema = z
  .strictObject({
    service: z.enum(['economy', 'standard', 'express']),
    carrier: z.string().min(1).max(40),
    channel: z.enum(['post', 'courier']),
    countries: z.array(countrySchema).min(1).max(250),
    basePrice: moneySchema,
    perStartedHalfKilogram: moneySchema,
    maxWeightGrams: z.int().min(1).max(1_000_000),
    /** Working days of the carrier from hand-over to delivery. */
    transitDays: z.strictObject({ min: z.int().min(0).max(120), max: z.int().min(0).max(120) }),
  })
  .meta({ id: 'Lane' });

export type Lane = z.infer<typeof laneSchema>;

/** The lanes that can take a parcel of that weight to that country. */
export function lanesTo(lanes: readonly Lane[], country: string, weightGrams: number): Lane[] {
  return lanes.filter((lane) => lane.countries.includes(country) && weightGrams <= lane.maxWeightGrams);
}

/** Freight of a parcel: the base price and the price of each half kilogram begun, in the lane's currency. */
export function freightOf(lane: Lane, weightGrams: number): Money {
  const halfKilograms = Math.ceil(weightGrams / 500);
  return add(fromJson(lane.basePrice), times(fromJson(lane.perStartedHalfKilogram), halfKilograms));
}
