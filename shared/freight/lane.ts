import * as z from 'zod';
import { countrySchema } from '../kernel/country.ts';
import { type CalendarDate, timeOfDaySchema } from '../kernel/time.ts';
import { type RateCard, rateCardSchema } from './rate-card.ts';
import { periodProblems } from './rate-card-problems.ts';
import type { ShippingSite } from './shipping-site.ts';
import { transitSchema } from './transit.ts';

/** How goods are carried, as carbon is reckoned and dangerous goods are admitted. */
export const transportModes = ['air', 'road', 'sea', 'rail'] as const;
export type TransportMode = (typeof transportModes)[number];

const distanceKm = z.int().min(1, 'a distance is at least 1 km').max(60_000);

/** How fast a carrier brings a parcel, in our words; each carrier has its own. */
export const carrierServiceSchema = z
  .enum(['economy', 'standard', 'express'])
  .meta({ id: 'CarrierService', description: 'How fast, in our words; each carrier has its own' });

/** A lane without what ties its fields together. */
export const laneShape = z.strictObject({
  service: carrierServiceSchema,
  carrier: z.string().min(1).max(40),
  channel: z.enum(['post', 'courier']),
  /** The mode of the main leg. */
  mode: z.enum(transportModes),
  countries: z.array(countrySchema).min(1).max(250),
  /** One after another in time; the card of the day of hand-over is charged. */
  rateCards: z.array(rateCardSchema).min(1, 'a lane has at least one rate card').max(20),
  transit: transitSchema,
  /** When the carrier collects at the warehouse, in its zone, the earliest first; when it closes if none is given. */
  collections: z.array(timeOfDaySchema).max(12).default([]),
  /** From door to door; by the great circle where it is left out. */
  distanceKm: distanceKm.optional(),
  /** The legs of a way by several modes, instead of one leg by `mode`. */
  legs: z
    .array(z.strictObject({ mode: z.enum(transportModes), distanceKm }))
    .min(1)
    .max(8)
    .optional(),
});

/** One way out of a warehouse: a service of a carrier to some countries, what it costs and how long it takes. */
export const laneSchema = laneShape
  .superRefine(checkLane)
  .meta({ id: 'Lane', description: 'One way out of a warehouse: a service of a carrier to some countries' });

/** What no field of a lane shows by itself: rate cards one after another, pickups in order, one kind of distance. */
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

/** The way of a packed parcel from one warehouse of a network to the next, by the merchant's own line-haul. */
export interface Transfer {
  readonly fromWarehouseId: string;
  /** The warehouse that it goes to. */
  readonly to: ShippingSite & {
    readonly warehouseId: string;
    readonly services?: readonly string[] | undefined;
  };
  /** From the departure until a carrier can take the parcel over there. */
  readonly transferHours: number;
  /** When it departs, `HH:MM` where it departs, the earliest first; when that warehouse closes if none is given. */
  readonly departures: readonly string[];
  readonly mode: TransportMode;
  /** By the great circle where it is left out. */
  readonly distanceKm?: number | undefined;
  /** What it costs; nothing where it is left out. */
  readonly transferRate?: TransferRate | undefined;
}

/** In minor units of the currency: for each consignment, and for each kilogram of its gross weight begun. */
export interface TransferRate {
  readonly currency: RateCard['currency'];
  readonly perConsignmentMinor: number;
  readonly perKilogramMinor: number;
}

/** A lane of the warehouse itself, or of the one that the last transfer of `via` brings its parcels to. */
export type Lane = z.infer<typeof laneSchema> & { readonly via?: readonly Transfer[] };

/** The lanes to that country. */
export function lanesTo(lanes: readonly Lane[], country: string): Lane[] {
  return lanes.filter((lane) => lane.countries.includes(country));
}

/** The card that holds on a day of hand-over; undefined where none does. */
export function rateCardOn({ rateCards }: Lane, date: CalendarDate): RateCard | undefined {
  return rateCards.find(
    ({ validFrom, validTo }) => validFrom <= date && (validTo === undefined || date <= validTo),
  );
}
