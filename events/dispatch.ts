import * as z from 'zod';
import { idSchema } from '../shared/kernel/ids.ts';
import { defineFact } from './envelope.ts';
import { skuSchema, warehouseIdSchema } from './landed-cost.ts';

const dispatchId = idSchema('dispatch');
const parcelId = idSchema('parcel');

const DispatchRequested = defineFact({
  name: 'dispatch.requested',
  version: 1,
  description:
    'The warehouse will be asked to pick, pack and hand over the parcel. The id is recorded before the request.',
  data: z.strictObject({ dispatchId, parcelId, warehouseId: warehouseIdSchema, warehouseSystem: z.string() }),
});

const DispatchAccepted = defineFact({
  name: 'dispatch.accepted',
  version: 1,
  description: "The warehouse's system has the dispatch order.",
  data: z.strictObject({ dispatchId, parcelId }),
});

const DispatchShort = defineFact({
  name: 'dispatch.short',
  version: 1,
  description: 'The warehouse did not find all units.',
  data: z.strictObject({
    dispatchId,
    parcelId,
    short: z.array(z.strictObject({ sku: skuSchema, missingQuantity: z.int().min(1) })),
  }),
});

const DispatchCancelled = defineFact({
  name: 'dispatch.cancelled',
  version: 1,
  description: 'The warehouse stopped in time: the goods stay.',
  data: z.strictObject({ dispatchId, parcelId }),
});

export const dispatchFacts = [DispatchRequested, DispatchAccepted, DispatchShort, DispatchCancelled] as const;
