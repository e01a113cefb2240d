import * as z from 'zod';
import { warehouseIdSchema } from '../../events/landed-cost.ts';
import { countrySchema } from '../kernel/country.ts';
import { type Warehouse, warehouseSchema } from './warehouse.ts';

const { name, kind, timeZone, cutOffTime, system, active } = warehouseSchema.shape;

/** What a list shows of a warehouse: a whole one may have 400 KB, most of it rate cards. */
export const listedWarehouseSchema = z
  .strictObject({
    warehouseId: warehouseIdSchema,
    ...{ name, kind, timeZone, cutOffTime, system, active },
    country: countrySchema,
    /** The warehouse that fills it. */
    parent: warehouseIdSchema.optional(),
    /** The carrier and service of each lane, each once. */
    lanes: z.array(z.strictObject({ carrier: z.string(), service: z.string() })),
  })
  .meta({ id: 'ListedWarehouse' });

/** The warehouse as a list shows it. */
export function listedWarehouse(warehouse: Warehouse): z.infer<typeof listedWarehouseSchema> {
  const { warehouseId, address, parent, lanes } = warehouse;
  const ways = new Map(
    lanes.map(({ carrier, service }) => [`${carrier} ${service}`, { carrier, service }] as const),
  );
  return {
    warehouseId,
    ...{ name: warehouse.name, kind: warehouse.kind, timeZone: warehouse.timeZone },
    ...{ cutOffTime: warehouse.cutOffTime, system: warehouse.system, active: warehouse.active },
    country: address.country,
    ...(parent === undefined ? {} : { parent: parent.warehouseId }),
    lanes: [...ways.values()],
  };
}
