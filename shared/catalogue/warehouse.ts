import * as z from 'zod';
import { warehouseIdSchema } from '../../events/landed-cost.ts';
import { boxSchema, datesSchema, type Lane, storedLaneSchema, transportModes } from '../freight/index.ts';
import { addressSchema } from '../kernel/address.ts';
import type { Country } from '../kernel/country.ts';
import { currencySchema } from '../kernel/currency.ts';
import { givenCountrySchema } from '../kernel/places/given-country.ts';
import { timeOfDaySchema, timeZoneSchema } from '../kernel/time.ts';

/** Services of a warehouse besides storing and packing. Goods that need one are planned only where it is offered. */
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
 * The warehouse above this one, and the line-haul from there. Within one customs territory the parent's stock also
 * ships by this warehouse's lanes: the parent packs, line-haul brings the parcel, and the carrier collects it here.
 */
const parentSchema = z
  .strictObject({
    warehouseId: warehouseIdSchema,
    /** From the departure there until goods can be picked, or a packed parcel handed over, here. */
    transferHours: z.int().min(1).max(5_000),
    /**
     * When line-haul departs from the parent, in the parent's zone, the earliest first. If none is given, at closing
     * time.
     */
    departures: z.array(timeOfDaySchema).max(12).default([]),
    mode: z.enum(transportModes).default('road'),
    /** If absent, the great-circle distance between the two. */
    distanceKm: z.int().min(1).max(60_000).optional(),
    /** A consignment's share of the line-haul cost, for each kilogram begun; nothing if absent. */
    transferRate: z
      .strictObject({
        currency: currencySchema,
        perConsignmentMinor: amountMinor,
        perKilogramMinor: amountMinor,
      })
      .optional(),
  })
  .meta({ id: 'ParentWarehouse' });

/** A warehouse with the data that planning needs. Times of day and weekdays are local to `timeZone`. */
export const warehouseSchema = z
  .strictObject({
    warehouseId: warehouseIdSchema,
    name: z.string().trim().min(1).max(80),
    /**
     * `own` and `partner` say who runs a warehouse outside a network; hub, regional and forward are tiers of a network.
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
    /** Orders before this time are started on the same working day. */
    cutOffTime: timeOfDaySchema,
    /** Working hours. The carrier collects at closing time, unless a lane says otherwise. */
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
     * The most parcels that can be started on a working day; absent if unknown. When a day is full, plans start on the
     * next working day.
     */
    capacity: z.strictObject({ ordersPerDay: z.int().min(1).max(10_000_000) }).optional(),
    /** What it takes in: the daily run orders no more, and arrivals above it are warned of; without limit if absent. */
    receiving: z
      .strictObject({
        /** The most units that its dock takes in on a working day. */
        unitsPerDay: z.int().min(1).max(10_000_000),
        /** The most units that it can store; without limit if absent. */
        storageUnits: z.int().min(1).max(1_000_000_000).optional(),
      })
      .meta({ id: 'Receiving' })
      .optional(),
    services: z.array(z.enum(warehouseServices)).max(20).default([]),
    /** The only countries that this warehouse ships to; if absent, all countries of its lanes. */
    countriesServed: z.array(givenCountrySchema).min(1).max(250).optional(),
    /** The cartons that it packs into; common sizes if it lists none. */
    boxes: z.array(boxSchema).max(60).default([]),
    /** Code of the warehouse management system that accepts its dispatch orders. */
    system: z.string().min(1).max(40),
    active: z.boolean(),
    /** As stored, possibly in an earlier form. */
    lanes: z.array(storedLaneSchema).max(100),
  })
  .meta({ id: 'Warehouse' });

/** `lanes`: its own as stored. For a plan, also those of the warehouses below it, and the days that are full. */
export type Warehouse = Omit<z.infer<typeof warehouseSchema>, 'lanes'> & {
  lanes: Lane[];
  fullDays?: readonly string[];
};

/** Whether the warehouse sends goods to the country at all, whatever its lanes. */
export const serves = ({ active, countriesServed }: Warehouse, country: Country): boolean =>
  active && (countriesServed?.includes(country) ?? true);

/** The warehouses that have a lane to the country. */
export function servingWarehouses(warehouses: readonly Warehouse[], country: Country): Warehouse[] {
  return warehouses.filter(
    (warehouse) =>
      serves(warehouse, country) && warehouse.lanes.some((lane) => lane.countries.includes(country)),
  );
}

/** The warehouse that an order names; throws if the network does not have it. */
export function warehouseNamed(warehouses: readonly Warehouse[], warehouseId: string): Warehouse {
  const warehouse = warehouses.find((candidate) => candidate.warehouseId === warehouseId);
  if (warehouse === undefined) throw new Error(`the network has no warehouse ${warehouseId}`);
  return warehouse;
}
