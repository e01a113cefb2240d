import type { Lane } from '../../../shared/shipping/carriers/easypost/sandbox/rates.ts';
import type {
  EasyPostAddress,
  EasyPostScan,
  EasyPostStatus,
} from '../../../shared/shipping/carriers/easypost/sandbox/wire.ts';
import type { Behaviour } from '../faults.ts';

/** Where a parcel goes and who carries it. */
export interface Route {
  readonly from: EasyPostAddress;
  readonly to: EasyPostAddress;
  readonly carrier: string;
  readonly lane: Lane;
}

/** A scan that is to come: what it will say, and how long after the one before it (before pacing). */
export interface PlannedScan {
  readonly delayMs: number;
  readonly status: EasyPostStatus;
  readonly detail: string;
  readonly message: string;
  readonly at: 'origin' | 'exit' | 'entry' | 'destination';
}

/** Where parcels leave or enter a country: the usual exchange or gateway. */
const gateways: Record<string, string> = {
  AU: 'Sydney',
  BE: 'Liège',
  BR: 'São Paulo',
  CA: 'Toronto',
  CN: 'Shenzhen',
  DE: 'Frankfurt am Main',
  ES: 'Madrid',
  FR: 'Roissy',
  GB: 'Langley',
  HK: 'Hong Kong',
  IN: 'Mumbai',
  IT: 'Milano',
  JP: 'Tokyo',
  KR: 'Incheon',
  MX: 'Ciudad de México',
  NL: 'Amsterdam',
  PL: 'Warszawa',
  SE: 'Stockholm',
  SG: 'Singapore',
  US: 'Chicago',
};

const scan = (
  delayMs: number,
  at: PlannedScan['at'],
  status: EasyPostStatus,
  detail: string,
  message: string,
): PlannedScan => ({ delayMs, status, detail, message, at });

/** Six scans from the counter to the door; a border adds export and import customs in place of domestic sorting. */
function usualCourse(lane: Lane): readonly PlannedScan[] {
  const accepted = scan(200, 'origin', 'in_transit', 'received_at_origin_facility', 'Accepted by carrier');
  const out = scan(350, 'destination', 'out_for_delivery', 'out_for_delivery', 'Out for delivery');
  const delivered = scan(350, 'destination', 'delivered', 'arrived_at_destination', 'Delivered');
  if (lane !== 'cross_border') {
    return [
      accepted,
      scan(300, 'exit', 'in_transit', 'departed_facility', 'Departed sorting centre'),
      scan(350, 'entry', 'in_transit', 'arrived_at_facility', 'Arrived at sorting centre'),
      scan(300, 'destination', 'in_transit', 'received_at_destination_facility', 'Arrived at delivery depot'),
      out,
      delivered,
    ];
  }
  return [
    accepted,
    scan(
      300,
      'exit',
      'in_transit',
      'departed_origin_facility',
      'Export customs cleared, departed country of origin',
    ),
    scan(
      350,
      'entry',
      'in_transit',
      'arrived_at_facility',
      'Arrived in destination country, presented to import customs',
    ),
    scan(300, 'entry', 'in_transit', 'status_update', 'Released by import customs'),
    out,
    delivered,
  ];
}

/** The scans that a parcel will meet after it was handed over. */
export function planCourse(lane: Lane, behaviour: Behaviour | undefined): readonly PlannedScan[] {
  const usual = usualCourse(lane);
  const inside = usual.slice(0, 3);
  const [out, delivered] = usual.slice(-2);
  if (out === undefined || delivered === undefined) return usual;
  if (behaviour === 'stalled') return usual.slice(0, 2);
  if (behaviour === 'lost') return [...inside, scan(500, 'entry', 'failure', 'lost', 'Declared lost')];
  if (behaviour === 'damaged')
    return [...inside, scan(500, 'entry', 'failure', 'damaged', 'Damaged beyond delivery')];
  if (behaviour === 'held') {
    const held = scan(250, 'entry', 'in_transit', 'held', 'Held by import customs');
    return [
      ...inside,
      held,
      scan(600, 'entry', 'in_transit', 'status_update', 'Released by import customs'),
      out,
      delivered,
    ];
  }
  if (behaviour === 'attempt_failed') {
    const attempted = scan(
      300,
      'destination',
      'in_transit',
      'delivery_exception',
      'Delivery attempted, nobody home',
    );
    return [...usual.slice(0, -2), out, attempted, out, delivered];
  }
  if (behaviour === 'returned') {
    const refused = scan(
      300,
      'destination',
      'return_to_sender',
      'refused',
      'Refused by the addressee, returning to sender',
    );
    const back = scan(600, 'origin', 'return_to_sender', 'return', 'Returned to sender');
    return [...usual.slice(0, -1), refused, back];
  }
  return usual;
}

/** The first entry of a tracker, made when the label is bought. `at` is an RFC 3339 time. */
export function labelScan(route: Route, at: string): EasyPostScan {
  const planned = scan(
    0,
    'origin',
    'pre_transit',
    'label_created',
    'Shipping label created, carrier awaiting item',
  );
  return writeScan(planned, { ...route, at });
}

/** A scan as EasyPost reports it. */
export function writeScan(planned: PlannedScan, where: Route & { readonly at: string }): EasyPostScan {
  const address = planned.at === 'origin' || planned.at === 'exit' ? where.from : where.to;
  const local = planned.at === 'origin' || planned.at === 'destination';
  return {
    object: 'TrackingDetail',
    message: planned.message,
    description: planned.message,
    status: planned.status,
    status_detail: planned.detail,
    datetime: where.at,
    source: where.carrier,
    carrier_code: '',
    tracking_location: {
      object: 'TrackingLocation',
      city: local ? address.city : (gateways[address.country] ?? address.city),
      state: local ? (address.state ?? null) : null,
      country: address.country,
      zip: local ? (address.zip ?? null) : null,
    },
  };
}
