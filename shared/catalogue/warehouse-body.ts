import * as z from 'zod';
import { checkLane, laneShape } from '../freight/index.ts';
import { merchantAddressSchema } from '../kernel/given-address.ts';
import type { KnownPartners } from './known-partners.ts';
import { warehouseSchema } from './warehouse.ts';
import { serviceProblems, warehouseProblems } from './warehouse-problems.ts';

/**
 * A warehouse as a request sends it: only the current form, only known partners, with the checks that concern several
 * fields.
 */
export function warehouseBodySchema(known: KnownPartners) {
  const lane = z
    .strictObject({ ...laneShape.shape, carrier: carrierCodeSchema(known) })
    .superRefine(checkLane)
    .meta({ id: 'LaneToStore' });
  return z
    .strictObject({
      ...warehouseSchema.omit({ warehouseId: true }).shape,
      system: z.literal([...known.warehouseSystems]).meta({
        description: 'The warehouse management system that accepts its dispatch orders',
      }),
      address: merchantAddressSchema,
      lanes: z.array(lane).max(100),
    })
    .superRefine((warehouse, { addIssue }) => {
      for (const { path, message } of [...warehouseProblems(warehouse), ...serviceProblems(warehouse, known)])
        addIssue({ code: 'custom', path: [...path], message });
    })
    .meta({ id: 'WarehouseToStore' });
}

/** The code of a carrier that parcels can be booked with. */
export const carrierCodeSchema = ({ carriers }: KnownPartners) =>
  z.literal(carriers.map(({ code }) => code)).meta({
    description: `The carrier that its parcels are booked with: ${carriers
      .map(({ code, services }) => `${code} (${services.join(', ')})`)
      .join('; ')}`,
  });
