import * as z from 'zod';
import { skuSchema } from '../../../events/landed-cost.ts';
import { SlottingMoveProposed, storageZoneSchema } from '../../../events/slotting.ts';

const MAX_ZONES = 50;
/** They are written in one transaction. */
const MAX_PLACED = 100;

/** A part of a warehouse in which goods lie. */
const zoneDescriptionSchema = z
  .strictObject({
    zone: storageZoneSchema,
    name: z.string().trim().min(1).max(80),
    /** The usual way from the packing area, one way. */
    distanceMetres: z.int().min(0).max(10_000),
    /** The goods that it holds. */
    capacityLitres: z.int().min(1).max(100_000_000),
  })
  .meta({ id: 'StorageZone' });

export type StorageZone = z.infer<typeof zoneDescriptionSchema>;

/** How the moves of a warehouse are chosen, and its zones. */
export const zonesSchema = z
  .strictObject({
    zones: z.array(zoneDescriptionSchema).min(1).max(MAX_ZONES),
    /** The goods that somebody carries at once when a product is moved. */
    carryLitres: z.int().min(1).max(100_000).default(200),
    /** The days within which a move has to save the walking that it takes. */
    paysBackDays: z.int().min(1).max(365).default(14),
    /** The most moves of a day. */
    movesPerDay: z.int().min(1).max(200).default(20),
  })
  .meta({ id: 'StorageZones' });

export type StorageZones = z.infer<typeof zonesSchema>;

/** Where a product lies. */
const placedSchema = z
  .strictObject({ sku: skuSchema, zone: storageZoneSchema })
  .meta({ id: 'PlacedProduct' });

export type Placed = z.infer<typeof placedSchema>;

/** The zones of a warehouse, or where products lie: one of both. */
export const slottingBodySchema = z
  .strictObject({
    /** Reports what would change and stores nothing. */
    dryRun: z.boolean().default(false),
    layout: zonesSchema.optional(),
    placed: z.array(placedSchema).min(1).max(MAX_PLACED).optional(),
  })
  .superRefine(({ layout, placed }, { addIssue }) => {
    const wrong = (path: (string | number)[], message: string) => addIssue({ code: 'custom', path, message });
    if ((layout === undefined) === (placed === undefined)) wrong([], 'either layout or placed');
    const once = (codes: readonly string[], at: (index: number) => (string | number)[]) => {
      for (const [index, code] of codes.entries())
        if (codes.indexOf(code) < index) wrong(at(index), 'it is there twice');
    };
    once(layout?.zones.map(({ zone }) => zone) ?? [], (index) => ['layout', 'zones', index, 'zone']);
    once(placed?.map(({ sku }) => sku) ?? [], (index) => ['placed', index, 'sku']);
  })
  .meta({ id: 'SlottingToStore' });

/** A proposed move as it is stored and answered. */
export const slottingMoveSchema = SlottingMoveProposed.data.meta({ id: 'SlottingMove' });

export type SlottingMove = Omit<z.infer<typeof slottingMoveSchema>, 'at'>;
