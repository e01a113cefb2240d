import { type Decision, holdNamed, nothing, type Timeline } from '../timeline/index.ts';

const NOT_VOIDED = 'label-not-voided';

/** Labels that a carrier has used although they must not be used. */
interface UsedLabels {
  readonly parcelId: string;
  readonly carrier: string;
  /** The carrier's names of the labels. */
  readonly shipments: readonly string[];
}

/**
 * A person has to look at each label that can't be voided any more, once. The hold names the label, so that another
 * label of the parcel gets a hold of its own.
 */
export function decideNotVoided(
  { orderId, facts }: Timeline,
  { parcelId, carrier, shipments }: UsedLabels,
): Decision {
  const held = shipments.flatMap((carrierShipmentId) =>
    holdNamed(facts, { reason: NOT_VOIDED, parcelId, carrierShipmentId }),
  );
  if (held.length === 0) return nothing;
  const detail = { orderId, parcelId, partner: carrier, code: NOT_VOIDED };
  return { facts: held, notices: [{ code: 'partner-refused', detail }] };
}
