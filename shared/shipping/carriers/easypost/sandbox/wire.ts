/**
 * The part of EasyPost's API (v2) and of its webhooks that this sandbox supports.
 *
 * HTTP Basic authentication: the API key is the user name, the password is empty. JSON both ways.
 *
 * `POST /v2/addresses`               { address: EasyPostAddress } -> 201 EasyPostAddress, which other objects name by its id
 * `GET  /v2/addresses/{id}`          EasyPostAddress
 * `POST /v2/shipments`               { shipment: ShipmentRequest } (also bare) -> 201 EasyPostShipment with rates
 * `GET  /v2/shipments/{id}`          id or `reference` (EasyPost: "a Shipment can be retrieved by either its id or reference";
 *                                    the newest one when a reference was used twice) -> EasyPostShipment
 * `GET  /v2/shipments`               ?page_size= &before_id= &after_id= &start_datetime= &end_datetime= &purchased=
 *                                    -> { shipments, has_more }, newest first, by the time of their creation;
 *                                    `purchased` is true unless given, as at EasyPost
 * `POST /v2/shipments/{id}/buy`      { rate: { id } } -> EasyPostShipment with postage_label, tracking_code, tracker
 * `POST /v2/shipments/{id}/refund`   -> EasyPostShipment with refund_status
 * `POST /v2/shipments/{id}/rerate`   -> EasyPostShipment with new rates
 * `GET  /v2/trackers/{id}`           EasyPostTracker
 * `GET  /v2/trackers`                ?tracking_code= &page_size= &before_id= &after_id= &start_datetime= &end_datetime=
 *                                    -> { trackers, has_more }, newest first
 * `GET  /v2/events/{id}`             EasyPostEvent
 *
 * `POST /sandbox/remittances`        { short?, twice?, without?, only? } of tracking codes -> the CSV file with which a
 *                                    carrier remits the cash that it has collected. It is no part of EasyPost's API
 *
 * Errors are `{ error: { code, message, errors: [{ field, message }] } }`. There is no idempotency key. To repeat a call
 * safely, first look for the shipment by its `reference`. After SHIPMENT.POSTAGE.EXISTS, read the shipment again.
 *
 * Webhook: EasyPostEvent, signed `X-Hmac-Signature: hmac-sha256-hex=<hex>` over the raw body with the secret after NFKD.
 * Whole-number `weight` values are written with `.0`, as EasyPost writes floats.
 */

export interface EasyPostAddress {
  id?: string;
  object?: 'Address';
  name?: string | null;
  company?: string | null;
  street1: string;
  street2?: string | null;
  city: string;
  state?: string | null;
  zip?: string | null;
  /** ISO 3166 alpha-2. */
  country: string;
  phone?: string | null;
  email?: string | null;
  /** Number of the person or organisation at the authority of its country, or of the destination. */
  federal_tax_id?: string | null;
}

interface EasyPostParcel {
  id?: string;
  object?: 'Parcel';
  /** Ounces. */
  weight: number;
  /** Inches. */
  length?: number | null;
  width?: number | null;
  height?: number | null;
}

interface EasyPostCustomsItem {
  description: string;
  quantity: number;
  /** Total value of the line, a decimal number in `currency`. */
  value: number | string;
  currency?: string;
  /** Ounces, total of the line. */
  weight: number;
  hs_tariff_number?: string | null;
  code?: string | null;
  origin_country: string;
}

interface EasyPostCustomsInfo {
  id?: string;
  object?: 'CustomsInfo';
  contents_type?: string;
  contents_explanation?: string | null;
  customs_certify?: boolean;
  customs_signer?: string;
  eel_pfc?: string | null;
  non_delivery_option?: string;
  restriction_type?: string;
  declaration?: string | null;
  customs_items: EasyPostCustomsItem[];
}

export interface ShipmentRequest {
  reference?: string | null;
  to_address: EasyPostAddress;
  from_address: EasyPostAddress;
  parcel: EasyPostParcel;
  customs_info?: EasyPostCustomsInfo | null;
  /**
   * `label_format` ('PDF', 'PNG', 'ZPL'): the sandbox prints a PDF for each of them. `importer_address_id`: the address of
   * the importer of record, which was made before. `cod_amount`, `cod_method`: the cash to collect, as decimal text.
   */
  options?: Record<string, unknown> | null;
  tax_identifiers?: Record<string, unknown>[] | null;
  /** EasyPost's ids of carrier accounts. A rate is left out if its `carrier_account_id` is not in this list. */
  carrier_accounts?: string[];
}

export interface EasyPostRate {
  id: string;
  object: 'Rate';
  mode: 'test';
  /** USPS, DHLExpress, DPD, ChinaEMS ...: see `rates.ts`. */
  carrier: string;
  service: string;
  /** Decimal text in `currency`. */
  rate: string;
  currency: string;
  delivery_days: number;
  est_delivery_days: number;
  delivery_date: string | null;
  delivery_date_guaranteed: boolean;
  carrier_account_id: string;
  shipment_id: string;
  created_at: string;
  updated_at: string;
}

export interface EasyPostShipment {
  id: string;
  object: 'Shipment';
  mode: 'test';
  reference: string | null;
  to_address: EasyPostAddress;
  from_address: EasyPostAddress;
  parcel: EasyPostParcel;
  customs_info: EasyPostCustomsInfo | null;
  options: Record<string, unknown>;
  rates: EasyPostRate[];
  selected_rate: EasyPostRate | null;
  postage_label: EasyPostLabel | null;
  tracking_code: string | null;
  tracker: EasyPostTracker | null;
  status: EasyPostStatus;
  refund_status: 'submitted' | 'refunded' | 'rejected' | null;
  fees: {
    object: 'Fee';
    type: 'LabelFee' | 'PostageFee';
    amount: string;
    charged: boolean;
    refunded: boolean;
  }[];
  messages: { carrier: string; type: string; message: string }[];
  is_return: boolean;
  created_at: string;
  updated_at: string;
}

export interface EasyPostLabel {
  id: string;
  object: 'PostageLabel';
  label_date: string;
  label_file_type: 'application/pdf';
  label_resolution: 300;
  label_size: '4x6';
  label_type: 'default';
  label_url: string;
  label_pdf_url: string;
  label_zpl_url: null;
  label_epl2_url: null;
}

export type EasyPostStatus =
  | 'unknown'
  | 'pre_transit'
  | 'in_transit'
  | 'out_for_delivery'
  | 'delivered'
  | 'available_for_pickup'
  | 'return_to_sender'
  | 'failure'
  | 'cancelled'
  | 'error';

export interface EasyPostScan {
  object: 'TrackingDetail';
  message: string;
  description: string;
  status: EasyPostStatus;
  /** The detail of the status: label_created, received_at_origin_facility, departed_facility, held ... */
  status_detail: string;
  datetime: string;
  source: string;
  carrier_code: string;
  tracking_location: {
    object: 'TrackingLocation';
    city: string | null;
    state: string | null;
    country: string | null;
    zip: string | null;
  };
}

export interface EasyPostTracker {
  id: string;
  object: 'Tracker';
  mode: 'test';
  tracking_code: string;
  status: EasyPostStatus;
  status_detail: string;
  carrier: string;
  shipment_id: string;
  signed_by: string | null;
  weight: number | null;
  est_delivery_date: string | null;
  /** Oldest first. */
  tracking_details: EasyPostScan[];
  public_url: string;
  finalized: boolean;
  is_return: boolean;
  created_at: string;
  updated_at: string;
}

export interface EasyPostEvent {
  id: string;
  object: 'Event';
  mode: 'test';
  description: 'tracker.created' | 'tracker.updated';
  previous_attributes: Record<string, unknown>;
  pending_urls: string[];
  completed_urls: string[];
  status: 'pending' | 'completed';
  user_id: string;
  result: EasyPostTracker;
  created_at: string;
  updated_at: string;
}

export interface EasyPostErrorBody {
  error: { code: string; message: string; errors: { field?: string; message: string }[] };
}
