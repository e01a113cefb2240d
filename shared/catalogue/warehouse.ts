import * as z from 'zod';
import { warehouseIdSchema } from '../../events/landed-cost.ts';
import { boxSchema, datesSchema, type Lane, storedLaneSchema, transportModes } from '../freight/index.ts';
import { addressSchema } from '../kernel/address.ts';
import { type Country, countrySchema } from '../kernel/country.ts';
import { currencySchema } from '../kernel/currency.ts';
import { timeOfDaySchema, timeZoneSchema } from '../kernel/time.ts';

/** What a warehouse can do besides storing and packing. Goods that need one are only planned where it is. */
export const warehouseServices = [
  'returns',
  'cold',
  'bonded',
  'lithium-batteries',
  'dangerous-goods',
  'liquids',
  'oversize',
] as const;

/** Up to a hundred million minor units. */
const amountMinor = z.int().min(0).max(100_000_000);

/**
 * The warehouse above this one, and line-haul from there. Within one customs territory what the parent has goes out
 * by this warehouse's lanes too: the parent packs it, line-haul brings it, the carrier takes it over here.
 */
const parentSchema = z
  .strictObject({
    warehouseId: warehouseIdSchema,
    /** From the departure there until goods can be picked, or a packed parcel handed over, here. */
    transferHours: z.int().min(1).max(5_000),
    /** When line-haul departs from the parent, in its zone, the earliest first; when it closes if none is given. */
    departures: z.array(timeOfDaySchema).max(12).default([]),
    mode: z.enum(transportModes).default('road'),
    /** By the great circle between the two where it is left out. */
    distanceKm: z.int().min(1).max(60_000).optional(),
    /** What a consignment that goes on by line-haul bears of its cost, by each kilogram begun; nothing if left out. */
    transferRate: z
      .strictObject({
        currency: currencySchema,
        perConsignmentMinor: amountMinor,
        perKilogramMinor: amountMinor,
      })
      .optional(),
  })
  .meta({ id: 'ParentWarehouse' });

/** A warehouse with what a plan needs to know of it. Times of day and weekdays are local to `timeZone`. */
export const warehouseSchema = z
  .strictObject({
    warehouseId: warehouseIdSchema,
    name: z.string().trim().min(1).max(80),
    /**
     * `own` and `partner` say who runs a warehouse of a single tier; hub, regional and forward are tiers of a
     * network.
     */
    kind: z.enum(['own', 'partner', 'hub', 'regional', 'forward']).default('own'),
    /** The warehouse that fills this one. */
    parent: parentSchema.optional(),
    address: addressSchema,
    /** Millionths of a degree; north and east are positive. */
    coordinates: z
      .strictObject({
        latitudeMicrodegrees: z.int().min(-90_000_000).max(90_000_000),
        longitudeMicrodegrees: z.int().min(-180_000_000).max(180_000_000),
      })
      .meta({ id: 'Coordinates' })
      .optional(),
    timeZone: timeZoneSchema,
    /** Orders before this time are begun on the same working day. */
    cutOffTime: timeOfDaySchema,
    /** When people work and, unless a lane says otherwise, at whose end the carrier collects. */
    openingHours: z
      .strictObject({ opens: timeOfDaySchema, closes: timeOfDaySchema })
      .meta({ id: 'OpeningHours' })
      .default({ opens: '08:00', closes: '20:00' }),
    /** 1 is Monday, 7 is Sunday. */
    workingDays: z.array(z.int().min(1).max(7)).min(1).max(7),
    /** Days on which nobody works, in the warehouse's zone. */
    holidays: datesSchema.default([]),
    /** Working hours from an order to its packed parcel. */
    handlingHours: z.int().min(0).max(240),
    /**
     * The most parcels that it can begin on a working day; left out where that is not known. Once so many are ordered
     * of a day, plans begin on its next one.
     */
    capacity: z.strictObject({ ordersPerDay: z.int().min(1).max(10_000_000) }).optional(),
    services: z.array(z.enum(warehouseServices)).max(20).default([]),
    /** Only these are shipped to from here; wherever its lanes go when left out. */
    countriesServed: z.array(countrySchema).min(1).max(250).optional(),
    /** The cartons that it packs into; common sizes where it lists none. */
    boxes: z.array(boxSchema).max(60).default([]),
    /** Code of the warehouse management system that takes its dispatch orders. */
    system: z.string().min(1).max(40),
    active: z.boolean(),
    /** As stored, be it in an earlier form. */
    lanes: z.array(storedLaneSchema).max(100),
  })
  .meta({ id: 'Warehouse' });

/** `lanes`: its own as stored; for a plan also those of the warehouses below it, and which days are full. */
export type Warehouse = Omit<z.infer<typeof warehouseSchema>, 'lanes'> & {
  lanes: Lane[];
  fullDays?: readonly string[];
};

/** Whether the warehouse sends goods to the country at all, whatever its lanes. */
export const serves = ({ active, countriesServed }: Warehouse, country: Country): boolean =>
  active && (countriesServed?.includes(country) ?? true);

/** The warehouses that send goods to the country by some lane. */
export function servingWarehouses(warehouses: readonly Warehouse[], country: Country): Warehouse[] {
  return warehouses.filter(
    (warehouse) =>
      serves(warehouse, country) && warehouse.lanes.some((lane) => lane.countries.includes(country)),
  );
}

/** Throws for a warehouse that an order names and the network has not. */
export function warehouseNamed(warehouses: readonly Warehouse[], warehouseId: string): Warehouse {
  const warehouse = warehouses.find((candidate) => candidate.warehouseId === warehouseId);
  if (warehouse === undefined) throw new Error(`the network has no warehouse ${warehouseId}`);
  return warehouse;
}
