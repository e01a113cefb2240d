import * as z from 'zod';
import { carrierCodeSchema } from '../../shared/catalogue/index.ts';
import { slotsDeps } from '../../shared/runtime/deps/slots.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { knownPartners } from '../../shared/runtime/known-partners.ts';
import {
  checkZone,
  slotZoneSchema,
  withCanonicalPrefixes,
  zoneIdSchema,
  zoneShape,
} from '../../shared/slots/index.ts';

export const contract = defineContract({
  id: 'setup/put-slots',
  summary: 'Store a delivery zone with the weekly pattern of its slots',
  params: z.strictObject({ zoneId: zoneIdSchema }),
  body: zoneShape
    .omit({ zoneId: true })
    .extend({ carrier: carrierCodeSchema(knownPartners) })
    .overwrite(withCanonicalPrefixes)
    .superRefine(checkZone)
    .meta({ id: 'SlotZoneToStore' }),
  answers: { 200: { description: 'The zone as stored', schema: slotZoneSchema } },
});

export const handler = http(contract, slotsDeps, async ({ params, body }, { zones }) => {
  const zone = { ...body, zoneId: params.zoneId };
  await zones.putZone(zone);
  return { status: 200, body: zone };
});
