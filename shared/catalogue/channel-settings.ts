import * as z from 'zod';
import { warehouseIdSchema } from '../../events/landed-cost.ts';
import { positiveMoneySchema } from '../kernel/money.ts';
import { givenCountrySchema } from '../kernel/places/given-country.ts';

const rate = positiveMoneySchema.optional();
const MAX_ROWS = 200;

/** The freight from an origin to a warehouse. */
const firstLegSchema = z
  .strictObject({
    /** Where the goods of a supplier are made or leave. */
    fromCountry: givenCountrySchema,
    warehouseId: warehouseIdSchema,
    /** What a delivery costs whatever it carries: booking, customs entry, pallet; nothing if absent. */
    perConsignment: rate,
    /** Freight of a kilogram; nothing if absent. */
    perKilogram: rate,
  })
  .meta({ id: 'FirstLegRate' });

/** What a forwarder asks for a parcel to a shopper, where the merchant has no warehouse at the origin. */
const parcelRateSchema = z
  .strictObject({
    fromCountry: givenCountrySchema,
    toCountry: givenCountrySchema,
    /** By which the law treats the parcel. */
    channel: z.enum(['post', 'courier']),
    perParcel: positiveMoneySchema,
    /** Added for each kilogram of goods; nothing if absent. */
    perKilogram: rate,
  })
  .meta({ id: 'DirectParcelRate' });

/** Rows that say something else of what an earlier row is about are named. */
const noRepeats =
  <Row>(field: keyof Row & string, nameOf: (row: Row) => string) =>
  (rows: readonly Row[], { addIssue }: z.core.$RefinementCtx<readonly Row[]>): void => {
    const firsts = new Map<string, number>();
    for (const [index, row] of rows.entries()) {
      const first = firsts.get(nameOf(row));
      if (first === undefined) firsts.set(nameOf(row), index);
      else addIssue({ code: 'custom', path: [index, field], message: `row ${first} is about the same` });
    }
  };

/** With it, the daily run compares by which way and from which origin each product comes to each market. */
export const channelSettingsSchema = z
  .strictObject({
    /** Freight of a delivery from an origin to a warehouse that `firstLegs` does not name, whatever it carries. */
    perConsignment: rate,
    /** The same for each kilogram. */
    perKilogram: rate,
    firstLegs: z
      .array(firstLegSchema)
      .min(1)
      .max(MAX_ROWS)
      .superRefine(noRepeats('warehouseId', (row) => `${row.fromCountry} ${row.warehouseId}`))
      .optional(),
    parcels: z
      .array(parcelRateSchema)
      .min(1)
      .max(MAX_ROWS)
      .superRefine(noRepeats('toCountry', (row) => `${row.fromCountry} ${row.toCountry} ${row.channel}`))
      .optional(),
    /** Receiving and picking a unit at a warehouse; nothing if absent. */
    handlingPerUnit: rate,
    /** Storing a unit for 30 days; nothing if absent. */
    storagePerUnitMonth: rate,
    /** What another way has to save, in percent of the cost of today's way; 5 if absent. */
    marginPercent: z.int().min(1).max(90).optional(),
    /** How many days ahead dated rules are looked at; 90 if absent. */
    horizonDays: z.int().min(0).max(365).optional(),
    /** The days of demand that one delivery in bulk brings; 60 if absent. */
    volumeDays: z.int().min(7).max(365).optional(),
    /** Units of a product in a parcel to a shopper; 1 if absent. */
    unitsPerParcel: z.int().min(1).max(100).optional(),
    /** Whether the merchant gets the tax of an import in bulk back; true if absent. */
    recoversImportTax: z.boolean().optional(),
  })
  .meta({ id: 'ChannelSettings' });

type Given = z.infer<typeof channelSettingsSchema>;
type WithDefault = 'marginPercent' | 'horizonDays' | 'volumeDays' | 'unitsPerParcel' | 'recoversImportTax';

/** The settings with their defaults. */
export type ChannelSettings = Given & { readonly [Name in WithDefault]: NonNullable<Given[Name]> };

/** How ways are compared, chosen or not. */
export const channelSettingsOf = (given: Given): ChannelSettings => ({
  ...given,
  marginPercent: given.marginPercent ?? 5,
  horizonDays: given.horizonDays ?? 90,
  volumeDays: given.volumeDays ?? 60,
  unitsPerParcel: given.unitsPerParcel ?? 1,
  recoversImportTax: given.recoversImportTax ?? true,
});
