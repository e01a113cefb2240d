import * as z from 'zod';
import { givenCountrySchema } from '../kernel/places/given-country.ts';
import { type CalendarDate, timeOfDaySchema } from '../kernel/time.ts';
import { type RateCard, rateCardSchema } from './rate-card.ts';
import { periodProblems } from './rate-card-problems.ts';
import type { ShippingSite } from './shipping-site.ts';
import { transitSchema } from './transit.ts';

/** Modes of transport, for the carbon figure and for the admission of dangerous goods. */
export const transportModes = ['air', 'road', 'sea', 'rail'] as const;
export type TransportMode = (typeof transportModes)[number];

const distanceKm = z.int().min(1, 'a distance is at least 1 km').max(60_000);

/** Our name of the speed; carriers use other names. */
export const carrierServiceSchema = z
  .enum(['economy', 'standard', 'express'])
  .meta({ id: 'CarrierService', description: 'Our name of the speed; carriers use other names' });

/** The fields of a lane, without the checks that concern several fields. */
export const laneShape = z.strictObject({
  service: carrierServiceSchema,
  carrier: z.string().min(1).max(40),
  channel: z.enum(['post', 'courier']),
  /** The mode of the main leg. */
  mode: z.enum(transportModes),
  countries: z.array(givenCountrySchema).min(1).max(250),
  /** One after another in time; the card in force on the day of hand-over applies. */
  rateCards: z.array(rateCardSchema).min(1, 'a lane has at least one rate card').max(20),
  transit: transitSchema,
  /** When the carrier collects at the warehouse, in its zone, the earliest first; if none is given, at closing time. */
  collections: z.array(timeOfDaySchema).max(12).default([]),
  /** From door to door; if absent, the great-circle distance. */
  distanceKm: distanceKm.optional(),
  /** The legs of a multimodal lane, instead of one leg by `mode`. */
  legs: z
    .array(z.strictObject({ mode: z.enum(transportModes), distanceKm }))
    .min(1)
    .max(8)
    .optional(),
});

/** A way from a warehouse: a carrier's service to some countries, with its prices and transit times. */
export const laneSchema = laneShape
  .superRefine(checkLane)
  .meta({ id: 'Lane', description: "A carrier's service from a warehouse to some countries" });

/**
 * Checks that concern several fields: rate cards follow one another, collections are in order, only one kind of
 * distance is given.
 */
export function checkLane(
  { rateCards, distanceKm, legs, collections }: z.infer<typeof laneShape>,
  { addIssue }: z.core.$RefinementCtx,
): void {
  const periods = rateCards.map(({ validFrom, validTo }) => ({ from: validFrom, to: validTo }));
  for (const { path, message } of periodProblems(periods, ['rateCards'], 'validFrom'))
    addIssue({ code: 'custom', path, message });
  for (const [index, time] of collections.entries())
    if (time <= (collections[index - 1] ?? ''))
      addIssue({ code: 'custom', path: ['collections', index], message: 'later than the one before' });
  if (distanceKm !== undefined && legs !== undefined)
    addIssue({ code: 'custom', path: ['distanceKm'], message: 'the legs have distances of their own' });
}

/** The transport of a packed parcel from one warehouse of a network to the next, by the merchant's own line-haul. */
export interface Transfer {
  readonly fromWarehouseId: string;
  /** The receiving warehouse. */
  readonly to: ShippingSite & {
    readonly warehouseId: string;
    readonly services?: readonly string[] | undefined;
  };
  /** From the departure until a carrier can collect the parcel there. */
  readonly transferHours: number;
  /**
   * Departure times, `HH:MM` in the sending warehouse's zone, the earliest first; if none is given, at closing time.
   */
  readonly departures: readonly string[];
  readonly mode: TransportMode;
  /** If absent, the great-circle distance. */
  readonly distanceKm?: number | undefined;
  /** The cost; nothing if absent. */
  readonly transferRate?: TransferRate | undefined;
}

/** In minor units of the currency: per consignment, and per kilogram of its gross weight begun. */
interface TransferRate {
  readonly currency: RateCard['currency'];
  readonly perConsignmentMinor: number;
  readonly perKilogramMinor: number;
}

/** A lane of this warehouse, or of the warehouse that the last transfer of `via` brings parcels to. */
export type Lane = z.infer<typeof laneSchema> & { readonly via?: readonly Transfer[] };

/** The lanes to that country. */
export function lanesTo(lanes: readonly Lane[], country: string): Lane[] {
  return lanes.filter((lane) => lane.countries.includes(country));
}

/** The rate card in force on a day of hand-over; undefined where there is none. */
export function rateCardOn({ rateCards }: Lane, date: CalendarDate): RateCard | undefined {
  return rateCards.find(
    ({ validFrom, validTo }) => validFrom <= date && (validTo === undefined || date <= validTo),
  );
}
