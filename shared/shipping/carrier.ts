import type { TrackingStatus } from '../../events/parcel.ts';
import type { Address } from '../kernel/address.ts';
import type { Country } from '../kernel/country.ts';
import { defined } from '../kernel/defined.ts';
import type { Dimensions } from '../kernel/measure.ts';
import type { Money } from '../kernel/money.ts';
import type { Instant } from '../kernel/time.ts';
import { type Adapter, type BoundBySecrets, definePlugIn, type PlugIn } from '../partners/plug-in.ts';
import type { AddressNeeds } from './address-needs.ts';

export { type AddressNeeds, printedAddress } from './address-needs.ts';

/** Our tracking statuses, re-exported for adapters, which import only their port. */
export type { TrackingStatus };

/** A name and postal address: personal data, handed to the carrier and never written to a fact or a log. */
export interface PostalAddress {
  readonly name: string;
  readonly company?: string | undefined;
  readonly line1: string;
  readonly line2?: string | undefined;
  readonly city: string;
  readonly region?: string | undefined;
  readonly postalCode?: string | undefined;
  readonly country: Country;
  /** The printed lines in Latin letters, for a carrier that prints no other script. */
  readonly romanised?: Address['romanised'];
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
}

/** Goods in one carton, of one line. */
export interface CustomsItem {
  readonly description: string;
  readonly quantity: number;
  /** All these units. */
  readonly value: Money;
  readonly weightGrams: number;
  readonly hsCode: string;
  readonly originCountry: Country;
  readonly sku: string;
}

/** The merchant as the importer of record. */
interface Importer {
  readonly name: string;
  /** Its importer number in the destination. */
  readonly identification: string;
  /** Its seat. Undefined where none was stored. */
  readonly address?: Omit<PostalAddress, 'name'> | undefined;
}

/** What customs need of a carton, beside its addresses. */
export interface CustomsData {
  readonly items: readonly CustomsItem[];
  readonly iossNumber?: string | undefined;
  /** Undefined: the consignee imports. It is the importer that the declaration names. */
  readonly importer?: Importer | undefined;
}

/** One carton to carry: a whole parcel, or one of its pieces. */
export interface BookPiece {
  readonly orderId: string;
  readonly parcelId: string;
  /** The carton's name at the carrier, derived from the parcel's id. It is also the idempotency key. */
  readonly reference: string;
  readonly service: string;
  /** The carrier's service of another carton of the parcel. This one must use it too, otherwise it is refused. */
  readonly sameServiceAs?: string | undefined;
  readonly from: PostalAddress;
  readonly to: PostalAddress;
  readonly weightGrams: number;
  readonly dimensions: Dimensions;
  readonly incoterm: 'DDP' | 'DAP';
  /** The guarantee code, printed on the label if the carrier has a field for it. */
  readonly printedReference?: string;
  /** The consignee's delivery window, UTC; absent without a booked slot. */
  readonly deliveryWindow?: { readonly from: Instant; readonly to: Instant };
  /** Absent where no customs border is crossed. */
  readonly customs?: CustomsData;
  /** What the carrier collects from the consignee in cash; absent where the shopper pays in another way. */
  readonly cashOnDelivery?: Money;
}

export interface BookedPiece {
  readonly carrierShipmentId: string;
  readonly trackingNumber: string;
  readonly labelUrl: string;
  /** The carrier's own name of the service. */
  readonly service: string;
  readonly cost: Money;
}

/** The carrier's final refusal of a carton: an address that it can't serve, a service that bars the goods. */
export interface BookingRefused {
  readonly refused: true;
  readonly code: string;
  readonly detail: string;
}

export interface Scan {
  readonly scanId: string;
  /** Undefined: a status of the carrier that we don't know. It is kept as it is and raises an alarm. */
  readonly status: TrackingStatus | undefined;
  readonly carrierStatus: string;
  readonly scannedAt: Instant;
  readonly city?: string | undefined;
  readonly country?: string | undefined;
}

/** All scans of one carton that the carrier has, oldest first. */
export interface Tracking {
  readonly carrierShipmentId: string;
  readonly trackingNumber: string;
  readonly scans: readonly Scan[];
}

/**
 * A carrier or an aggregator of carriers, with its settings and the sender. Booking is undone by voiding the label,
 * which is found by its reference if no fact names it; a void has no undo. Calls throw PartnerUnavailable when no
 * usable answer came.
 */
export interface BoundCarrier extends BoundBySecrets {
  /** Idempotent by `reference`: a repeat finds the shipment that the first call made and gives the same label. */
  book(now: Instant, command: BookPiece): Promise<BookedPiece | BookingRefused>;
  /**
   * The labels that were bought under that reference and not voided, several if it was booked twice at one moment. Buys
   * nothing. It must show a label as soon as its purchase took effect, also when the answer to the purchase was lost.
   */
  find(
    now: Instant,
    query: { readonly reference: string },
  ): Promise<readonly { readonly carrierShipmentId: string }[]>;
  /** Voids the label. `too-late` when the carrier has the parcel. Repeating it changes nothing. */
  void(now: Instant, command: { readonly carrierShipmentId: string }): Promise<'voided' | 'too-late'>;
  track(
    now: Instant,
    query: { readonly carrierShipmentId: string; readonly trackingNumber: string },
  ): Promise<Tracking>;
  interpret(rawBody: Buffer): Tracking | { readonly ignored: string };
}

/** An entry of the registry. */
export interface Carrier<Code extends string = string> extends PlugIn<Code, BoundCarrier> {
  /** What its labels need of the consignee's address. */
  readonly addressNeeds: AddressNeeds;
  /** Our services that it can be booked with, whatever its settings. A lane with another service is not stored. */
  readonly services: readonly string[];
  /** Those of them by which it collects cash for us. A delivery is then its word that it has the money. */
  readonly cashServices?: readonly string[];
}

/** Makes a registry entry from an adapter: keeps the literal code, hides the type of the settings. */
export function defineCarrier<const Code extends string, Settings>(
  adapter: Adapter<Code, Settings, BoundCarrier> &
    Pick<Carrier, 'services' | 'cashServices' | 'addressNeeds'>,
): Carrier<Code> {
  const { services, cashServices, addressNeeds } = adapter;
  return {
    ...definePlugIn<Code, Settings, BoundCarrier>(adapter),
    ...{ services, addressNeeds },
    ...defined({ cashServices }),
  };
}
