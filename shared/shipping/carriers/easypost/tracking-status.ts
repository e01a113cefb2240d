import { lookUp } from '../../../kernel/look-up.ts';
import type { TrackingStatus } from '../../carrier.ts';

/** Our word for each of EasyPost's ten statuses. `unknown` means that EasyPost does not know the status. */
const statusWords: Readonly<Record<string, TrackingStatus | undefined>> = {
  unknown: undefined,
  pre_transit: 'label_created',
  in_transit: 'in_transit',
  out_for_delivery: 'out_for_delivery',
  delivered: 'delivered',
  available_for_pickup: 'available_for_pickup',
  return_to_sender: 'returning',
  failure: 'exception',
  cancelled: 'cancelled',
  error: 'exception',
};

/** Status details that give no information beyond the status. */
const neutralDetails: readonly string[] = [
  'arrived_at_destination',
  'arrived_at_facility',
  'cancelled',
  'delayed',
  'departed_facility',
  'departed_origin_facility',
  'failure',
  'in_transit',
  'label_created',
  'missorted',
  'out_for_delivery',
  'received_at_destination_facility',
  'refused',
  'return',
  'status_update',
  'transferred_to_destination_carrier',
  'unknown',
  'weather_delay',
];

/** Status details that decide our word, whatever the status is. */
const tellingDetails: Readonly<Record<string, TrackingStatus>> = {
  address_correction: 'exception',
  arrived_at_pickup_location: 'available_for_pickup',
  awaiting_information: 'exception',
  damaged: 'exception',
  delivery_exception: 'attempt_failed',
  expired: 'exception',
  held: 'exception',
  lost: 'lost',
  received_at_origin_facility: 'accepted',
  transit_exception: 'exception',
};

/** Pairs of status and detail with a meaning that neither word has alone. */
const tellingPairs: Readonly<Record<string, TrackingStatus>> = {
  // The pair return_to_sender/return means that the goods are on their way back. This pair means that they are back.
  'return_to_sender/arrived_at_destination': 'returned',
};

const endings: readonly string[] = ['delivered', 'cancelled', 'return_to_sender'];

/**
 * Our word for EasyPost's status and detail. Undefined if one of them is not in EasyPost's published lists (ten
 * statuses, twenty-eight details). This holds for an unknown detail of a known status too: it may mean a hold.
 */
export function trackingStatusOf(status: string, detail: string | undefined): TrackingStatus | undefined {
  const word = lookUp(statusWords, status);
  if (word === undefined || detail === undefined) return word;
  const pair = lookUp(tellingPairs, `${status}/${detail}`);
  if (pair !== undefined) return pair;
  const reported = lookUp(tellingDetails, detail);
  // A final status stays as it is. Its detail only explains it.
  if (reported !== undefined) return endings.includes(status) ? word : reported;
  return neutralDetails.includes(detail) ? word : undefined;
}
