import * as z from 'zod';
import { laneSchema } from '../freight/lane.ts';
import { type Instant, instantSchema } from '../kernel/time.ts';

const service = laneSchema.shape.service;

/** An operator's mark on a carrier: it accepts parcels, or it does not, and until when. */
export const carrierMarkBodySchema = z
  .strictObject({
    status: z.enum(['up', 'down']),
    /** The services that are down; all of the carrier's if absent. A new mark replaces the earlier one. */
    services: z.array(service).min(1).max(3).optional(),
    /** From then on the carrier counts as up again. If absent, it stays down until it is marked up. */
    until: instantSchema.optional(),
    /** For operators; shoppers never see it. */
    reason: z.string().trim().min(1).max(200),
  })
  .superRefine(({ status, services, until }, { addIssue }) => {
    for (const [name, value] of Object.entries({ services, until }))
      if (status === 'up' && value !== undefined)
        addIssue({ code: 'custom', path: [name], message: 'only of a carrier that is down' });
  })
  .meta({ id: 'CarrierMarkToStore' });

/** A mark with its author and time. A carrier's latest mark counts. */
export const carrierMarkSchema = z
  .strictObject({
    ...carrierMarkBodySchema.shape,
    carrier: laneSchema.shape.carrier,
    /** The operator's subject in the access token. */
    markedBy: z.string(),
    markedAt: instantSchema,
  })
  .meta({ id: 'CarrierMark' });

export type CarrierMark = z.infer<typeof carrierMarkSchema>;

/** Whether the mark says that the lane's service is down at that moment. */
export function isDown(
  { carrier, status, services, until }: CarrierMark,
  lane: { readonly carrier: string; readonly service: string },
  now: Instant,
): boolean {
  if (status === 'up' || carrier !== lane.carrier) return false;
  if (until !== undefined && until <= now) return false;
  return services?.some((each) => each === lane.service) ?? true;
}
