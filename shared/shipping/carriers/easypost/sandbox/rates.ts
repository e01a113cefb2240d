import { newHexId } from '../../../../../infra/sandbox/random.ts';
import type { EasyPostRate, ShipmentRequest } from './wire.ts';

export type Lane = 'domestic' | 'intra_eu' | 'cross_border';

const euCountries = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(
  ' ',
);

interface Tariff {
  readonly carrier: string;
  readonly service: string;
  readonly days: number;
  /** The price of the first 500 g, in hundredths of the currency. Each further 500 g begun costs `furtherMinor`. */
  readonly firstMinor: number;
  readonly furtherMinor: number;
}

type Region = 'EU' | 'GB' | 'US' | 'CN' | 'other';

/** Each list has three services in this order: economy, standard, express. */
const intraEuTariffs: readonly Tariff[] = [
  tariff('DeutschePost', 'PacketTracked', 6, 590, 110),
  tariff('DPD', 'ClassicEurope', 3, 890, 130),
  tariff('DHLExpress', 'ExpressWorldwide', 1, 2_490, 390),
];

const tariffs: Record<'domestic' | 'cross_border', Record<Region, readonly Tariff[]>> = {
  domestic: {
    EU: [
      tariff('DeutschePost', 'Packet', 3, 290, 60),
      tariff('DPD', 'Classic', 2, 450, 70),
      tariff('DHLExpress', 'DomesticExpress', 1, 1_290, 150),
    ],
    GB: [
      tariff('RoyalMail', 'Tracked48', 3, 310, 60),
      tariff('DPD', 'NextDay', 1, 590, 80),
      tariff('DHLExpress', 'DomesticExpress', 1, 1_390, 150),
    ],
    US: [
      tariff('USPS', 'GroundAdvantage', 5, 420, 90),
      tariff('USPS', 'Priority', 3, 790, 110),
      tariff('USPS', 'Express', 1, 2_690, 300),
    ],
    CN: [
      tariff('ChinaPost', 'Parcel', 5, 150, 40),
      tariff('ChinaEMS', 'Standard', 3, 220, 60),
      tariff('SFExpress', 'Express', 1, 320, 90),
    ],
    other: [
      tariff('Post', 'Parcel', 6, 390, 80),
      tariff('Post', 'Registered', 4, 590, 100),
      tariff('DHLExpress', 'DomesticExpress', 1, 1_490, 200),
    ],
  },
  cross_border: {
    EU: [
      tariff('DeutschePost', 'PacketPriority', 12, 890, 210),
      tariff('DeutschePost', 'PacketTracked', 8, 1_290, 260),
      tariff('DHLExpress', 'ExpressWorldwide', 3, 3_490, 590),
    ],
    GB: [
      tariff('RoyalMail', 'InternationalTracked', 9, 990, 230),
      tariff('RoyalMail', 'InternationalSigned', 6, 1_290, 260),
      tariff('DHLExpress', 'ExpressWorldwide', 3, 3_590, 590),
    ],
    US: [
      tariff('USPS', 'FirstClassPackageInternational', 14, 1_390, 390),
      tariff('USPS', 'PriorityMailInternational', 9, 2_990, 490),
      tariff('DHLExpress', 'ExpressWorldwide', 3, 4_290, 690),
    ],
    CN: [
      tariff('YunExpress', 'GlobalDirectLine', 12, 490, 190),
      tariff('ChinaEMS', 'International', 8, 990, 290),
      tariff('DHLExpress', 'ExpressWorldwide', 4, 2_790, 690),
    ],
    other: [
      tariff('Post', 'InternationalParcel', 18, 890, 290),
      tariff('EMS', 'International', 10, 1_690, 390),
      tariff('DHLExpress', 'ExpressWorldwide', 4, 3_990, 690),
    ],
  },
};

/** One row of the tables above. */
// biome-ignore lint/complexity/useMaxParams: the five columns of a table row are easier to read in one line
function tariff(
  carrier: string,
  service: string,
  days: number,
  firstMinor: number,
  furtherMinor: number,
): Tariff {
  return { carrier, service, days, firstMinor, furtherMinor };
}

/** The kind of journey. Only `cross_border` passes customs. */
export function laneOf(from: string, to: string): Lane {
  if (from === to) return 'domestic';
  return euCountries.includes(from) && euCountries.includes(to) ? 'intra_eu' : 'cross_border';
}

/** The rates for a route and a weight, cheapest first. The same shipment always gets the same rates. */
export function rateShipment(request: ShipmentRequest, shipmentId: string, nowMs: number): EasyPostRate[] {
  const { country: from } = request.from_address;
  const lane = laneOf(from, request.to_address.country);
  const region: Region = euCountries.includes(from)
    ? 'EU'
    : from === 'GB' || from === 'US' || from === 'CN'
      ? from
      : 'other';
  const offered = lane === 'intra_eu' ? intraEuTariffs : tariffs[lane][region];
  const halfKilos = Math.max(1, Math.ceil((request.parcel.weight * 28.349523125) / 500));
  const at = new Date(nowMs).toISOString();
  const rates = offered.map((one): EasyPostRate => {
    const minor = one.firstMinor + (halfKilos - 1) * one.furtherMinor;
    return {
      id: newHexId('rate'),
      object: 'Rate',
      mode: 'test',
      carrier: one.carrier,
      service: one.service,
      rate: `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`,
      currency: 'USD',
      delivery_days: one.days,
      est_delivery_days: one.days,
      delivery_date: null,
      delivery_date_guaranteed: one.carrier === 'DHLExpress',
      carrier_account_id: `ca_${one.carrier.toLowerCase()}`,
      shipment_id: shipmentId,
      created_at: at,
      updated_at: at,
    };
  });
  const accounts = request.carrier_accounts;
  return accounts === undefined ? rates : rates.filter((rate) => accounts.includes(rate.carrier_account_id));
}
