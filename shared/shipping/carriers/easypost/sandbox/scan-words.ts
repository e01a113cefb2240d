import type { ScanKind } from '../../../../../infra/sandbox/simulation/course.ts';
import type { EasyPostStatus } from './wire.ts';

/** EasyPost's words for a scan: the status, the status detail, and the carrier's text. */
export interface ScanWord {
  readonly status: EasyPostStatus;
  readonly detail: string;
  readonly message: string;
}

const word = (status: EasyPostStatus, detail: string, message: string): ScanWord => ({
  status,
  detail,
  message,
});

/** The first entry of a tracker, made when the label is bought. */
export const labelWord = word(
  'pre_transit',
  'label_created',
  'Shipping label created, carrier awaiting item',
);

/** A tracker with one of these statuses does not change any more. */
export const finalStatuses: readonly EasyPostStatus[] = ['delivered', 'failure', 'cancelled'];

const words: Readonly<Record<ScanKind, ScanWord>> = {
  accepted: word('in_transit', 'received_at_origin_facility', 'Accepted by carrier'),
  departed: word('in_transit', 'departed_facility', 'Departed sorting centre'),
  arrived: word('in_transit', 'arrived_at_facility', 'Arrived at sorting centre'),
  'at-depot': word('in_transit', 'received_at_destination_facility', 'Arrived at delivery depot'),
  exported: word(
    'in_transit',
    'departed_origin_facility',
    'Export customs cleared, departed country of origin',
  ),
  imported: word(
    'in_transit',
    'arrived_at_facility',
    'Arrived in destination country, presented to import customs',
  ),
  cleared: word('in_transit', 'status_update', 'Released by import customs'),
  held: word('in_transit', 'held', 'Held by import customs'),
  'out-for-delivery': word('out_for_delivery', 'out_for_delivery', 'Out for delivery'),
  attempted: word('in_transit', 'delivery_exception', 'Delivery attempted, nobody home'),
  delivered: word('delivered', 'arrived_at_destination', 'Delivered'),
  refused: word('return_to_sender', 'refused', 'Refused by the addressee, returning to sender'),
  returned: word('return_to_sender', 'return', 'Returned to sender'),
  lost: word('failure', 'lost', 'Declared lost'),
  damaged: word('failure', 'damaged', 'Damaged beyond delivery'),
};

/** EasyPost's words for a kind of scan. */
export function wordOf(kind: ScanKind): ScanWord {
  return words[kind];
}
