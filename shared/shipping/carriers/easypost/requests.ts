import { minorDigits } from '../../../kernel/currency.ts';
import type { Money } from '../../../kernel/money.ts';
import { printedRegion } from '../../../kernel/places/region.ts';
import type { Instant } from '../../../kernel/time.ts';
import type { PartnerRequest } from '../../../partners/send.ts';
import { type BookPiece, type PostalAddress, printedAddress } from '../../carrier.ts';
import { easypostAddressNeeds } from './address-needs.ts';
import { issuingCountryOfIoss } from './ioss-country.ts';
import { goodsOunces, inches, parcelOunces } from './measures.ts';

const readTimeoutMs = 5_000;
const writeTimeoutMs = 10_000;

/** The settings that requests need. */
export interface EasyPostAccess {
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly customsSigner?: string | undefined;
}

/** A request that reads. `path` has its query. */
export function getRequest(
  access: EasyPostAccess,
  path: string,
): PartnerRequest & { readonly method: 'GET' } {
  return {
    method: 'GET',
    url: `${access.baseUrl}${path}`,
    headers: headersOf(access),
    timeoutMs: readTimeoutMs,
  };
}

export function getShipmentRequest(access: EasyPostAccess, idOrReference: string): PartnerRequest {
  return getRequest(access, `/v2/shipments/${encodeURIComponent(idOrReference)}`);
}

/** A page of the shipments with a label that were created in that time; EasyPost lists the newest first. */
export function listShipmentsRequest(
  access: EasyPostAccess,
  {
    from,
    to,
    beforeId,
  }: { readonly from: Instant; readonly to: Instant; readonly beforeId?: string | undefined },
): PartnerRequest {
  const query = new URLSearchParams({
    purchased: 'true',
    page_size: '100',
    start_datetime: from,
    end_datetime: to,
    ...(beforeId !== undefined && { before_id: beforeId }),
  });
  return {
    method: 'GET',
    url: `${access.baseUrl}/v2/shipments?${query.toString()}`,
    headers: headersOf(access),
    timeoutMs: readTimeoutMs,
  };
}

export function postRequest(access: EasyPostAccess, path: string, body: unknown): PartnerRequest {
  return {
    method: 'POST',
    url: `${access.baseUrl}${path}`,
    headers: { ...headersOf(access), 'content-type': 'application/json' },
    body: JSON.stringify(body),
    timeoutMs: writeTimeoutMs,
  };
}

/**
 * The address by which EasyPost knows the importer of record, with its number as `federal_tax_id`. It is made first,
 * and the shipment names it by its id (docs.easypost.com, "Addresses"). Undefined where the consignee imports.
 */
export function importerAddressOf({ customs }: BookPiece) {
  const { importer } = customs ?? {};
  if (importer === undefined) return undefined;
  const { name, identification, address } = importer;
  return { ...linesOf(address ?? {}), company: name, federal_tax_id: identification };
}

/**
 * The shipment to create for a booking. A repeated call finds the shipment by its reference. `importerAddressId` is the
 * id of {@link importerAddressOf} at EasyPost: the option `importer_address_id` of its own client libraries. The
 * carrier collects `cod_amount` in the currency of the destination (EasyPost's API reference, "Options").
 */
export function shipmentOf(access: EasyPostAccess, command: BookPiece, importerAddressId?: string) {
  const { dimensions, customs, deliveryWindow, printedReference, cashOnDelivery } = command;
  return {
    reference: command.reference,
    to_address: addressOf(command.to),
    from_address: addressOf(command.from),
    parcel: {
      weight: parcelOunces(command.weightGrams),
      length: inches(dimensions.lengthMm),
      width: inches(dimensions.widthMm),
      height: inches(dimensions.heightMm),
    },
    options: {
      label_format: 'PDF',
      ...(customs !== undefined && { incoterm: command.incoterm }),
      ...(importerAddressId !== undefined && { importer_address_id: importerAddressId }),
      ...(printedReference !== undefined && { print_custom_1: printedReference }),
      ...(cashOnDelivery !== undefined && { cod_amount: decimalOf(cashOnDelivery), cod_method: 'CASH' }),
      ...(deliveryWindow !== undefined && {
        delivery_min_datetime: deliveryWindow.from,
        delivery_max_datetime: deliveryWindow.to,
      }),
    },
    ...(customs !== undefined && { customs_info: customsInfoOf(access, command, customs) }),
    ...(customs?.iossNumber !== undefined && {
      tax_identifiers: [
        {
          entity: 'SENDER',
          tax_id_type: 'IOSS',
          tax_id: customs.iossNumber,
          issuing_country: issuingCountryOfIoss(customs.iossNumber),
        },
      ],
    }),
  };
}

export type EasyPostShipmentRequest = ReturnType<typeof shipmentOf>;

function customsInfoOf(
  access: EasyPostAccess,
  command: BookPiece,
  customs: NonNullable<BookPiece['customs']>,
) {
  return {
    contents_type: 'merchandise',
    restriction_type: 'none',
    non_delivery_option: 'return',
    customs_certify: true,
    customs_signer: access.customsSigner ?? command.from.company ?? command.from.name,
    // Goods up to USD 2,500 of each tariff number need no export filing in the United States: 15 CFR 30.37(a).
    ...(command.from.country === 'US' && { eel_pfc: 'NOEEI 30.37(a)' }),
    customs_items: customs.items.map((item) => ({
      description: item.description,
      quantity: item.quantity,
      value: decimalOf(item.value),
      currency: item.value.currency,
      weight: goodsOunces(item.weightGrams),
      hs_tariff_number: item.hsCode,
      origin_country: item.originCountry,
      code: item.sku,
    })),
  };
}

function addressOf(given: PostalAddress) {
  const address = printedAddress(given, easypostAddressNeeds);
  return { name: address.name, company: address.company, ...linesOf(address) };
}

function linesOf(address: Partial<Omit<PostalAddress, 'name' | 'company'>>) {
  const { country, region } = address;
  return {
    street1: address.line1,
    street2: address.line2,
    city: address.city,
    state: country === undefined || region === undefined ? undefined : printedRegion(country, region),
    zip: address.postalCode,
    country,
    phone: address.phone,
    email: address.email,
  };
}

/** The amount as decimal text: 1250 minor units of EUR become `"12.50"`. */
function decimalOf(amount: Money): string {
  const digits = minorDigits(amount.currency);
  const text = String(amount.amountMinor).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** HTTP Basic: the key is the user name, the password is empty. */
function headersOf(access: EasyPostAccess): Record<string, string> {
  const credentials = Buffer.from(`${access.apiKey}:`).toString('base64');
  return { authorization: `Basic ${credentials}`, accept: 'application/json' };
}
