import * as z from 'zod';
import { idSchema } from '../shared/kernel/ids.ts';
import { givenCountrySchema } from '../shared/kernel/places/given-country.ts';
import { calendarDateSchema, instantSchema } from '../shared/kernel/time.ts';
import { skuSchema, warehouseIdSchema } from './landed-cost.ts';
import { portSchema, supplierIdSchema } from './replenishment.ts';

const riskKinds = [
  ...(['runs-out', 'campaign-stock-late', 'late-supplier', 'congested-port'] as const),
  ...(['not-sent', 'not-acknowledged', 'cancellation-not-taken', 'over-capacity'] as const),
  'channel-switch',
] as const;

const risk = {
  /** The same for the whole time of the risk. */
  riskKey: z.string().regex(/^[A-Za-z0-9._#-]{1,300}$/),
  kind: z.enum(riskKinds),
  sku: skuSchema.optional(),
  warehouseId: warehouseIdSchema.optional(),
  supplierId: supplierIdSchema.optional(),
  replenishmentOrderId: idSchema('replenishmentOrder').optional(),
  port: portSchema.optional(),
  /** The campaign whose stock is late. */
  signalId: z.string().max(64).optional(),
  /** Of `channel-switch`: the country of the shoppers. */
  market: givenCountrySchema.optional(),
  at: instantSchema,
};

export const SupplyRiskRaised = {
  name: 'supply-risk.raised',
  version: 1,
  description:
    'Goods may be missing, more may arrive than a warehouse takes in, or another way to a market is cheaper. Published once.',
  data: z.strictObject({
    ...risk,
    /**
     * The first day without stock, the day on which units should have come or have to, or one with too many; UTC. Of
     * `channel-switch`: the day on which to have decided.
     */
    from: calendarDateSchema.optional(),
    /** Of `over-capacity`: the day on which the last of the arrivals of `from` fits; absent where none is found. */
    fitsOn: calendarDateSchema.optional(),
    /** The next arrival, as far as it is known; UTC. */
    nextArrivalAt: instantSchema.optional(),
    /** Of `channel-switch`: the first day on which the other way is cheaper; its goods should be there by then. */
    betterFrom: calendarDateSchema.optional(),
    /** Of `channel-switch`: what is proposed, from which way to which, with what a unit costs by each. */
    detail: z.string().max(500).optional(),
  }),
} as const;

export const SupplyRiskEnded = {
  name: 'supply-risk.ended',
  version: 1,
  description: 'A risk that was raised is over.',
  data: z.strictObject(risk),
} as const;
