import { newHexId } from '../../../../../infra/sandbox/random.ts';
import { checkCash } from './cash.ts';
import { laneOf, rateShipment } from './rates.ts';
import { EasyPostRefusal } from './refusal.ts';
import type { EasyPostAddress, EasyPostShipment, ShipmentRequest } from './wire.ts';

/** POST /v2/addresses: an address that other objects name by its id. Parts of it may be missing, as at EasyPost. */
export function createAddress(body: unknown): EasyPostAddress & { readonly id: string } {
  const address = ((body as { address?: unknown }).address ?? body) as EasyPostAddress;
  if (address.country !== undefined && !/^[A-Z]{2}$/.test(address.country))
    throw new EasyPostRefusal(422, 'ADDRESS.PARAMETERS.INVALID', 'The address is not valid.', [
      { field: 'country', message: 'must be two upper-case letters' },
    ]);
  return { ...address, id: newHexId('adr'), object: 'Address' };
}

/**
 * POST /v2/shipments: creates a shipment with its rates. Throws EasyPost's 422 with the wrong fields. `addressOf` finds
 * an address by its id.
 */
export function createShipment(
  body: unknown,
  nowMs: number,
  addressOf: (id: string) => EasyPostAddress | undefined,
): EasyPostShipment {
  const request = checkShipment(body, addressOf);
  const id = newHexId('shp');
  const at = new Date(nowMs).toISOString();
  return {
    id,
    object: 'Shipment',
    mode: 'test',
    reference: request.reference ?? null,
    to_address: withId(request.to_address),
    from_address: withId(request.from_address),
    parcel: { ...request.parcel, id: newHexId('prcl'), object: 'Parcel' },
    customs_info: request.customs_info
      ? { ...request.customs_info, id: newHexId('cstinfo'), object: 'CustomsInfo' }
      : null,
    options: request.options ?? {},
    rates: rateShipment(request, id, nowMs),
    selected_rate: null,
    postage_label: null,
    tracking_code: null,
    tracker: null,
    status: 'unknown',
    refund_status: null,
    fees: [],
    messages: [],
    is_return: false,
    created_at: at,
    updated_at: at,
  };
}

function withId(address: EasyPostAddress): EasyPostAddress {
  return { ...address, id: newHexId('adr'), object: 'Address' };
}

/** Checks the parameters, which EasyPost expects inside `shipment`. Changes the country codes to upper case. */
function checkShipment(
  body: unknown,
  addressOf: (id: string) => EasyPostAddress | undefined,
): ShipmentRequest {
  const request = ((body as { shipment?: unknown }).shipment ?? body) as ShipmentRequest;
  const errors = [
    ...checkAddress('to_address', request.to_address),
    ...checkAddress('from_address', request.from_address),
    ...(request.parcel?.weight > 0 ? [] : [{ field: 'parcel.weight', message: 'must be greater than 0' }]),
  ];
  const importer = request.options?.importer_address_id;
  if (importer != null && addressOf(String(importer)) === undefined)
    errors.push({ field: 'options.importer_address_id', message: 'no such address' });
  errors.push(...checkCash(request.options ?? {}));
  if (errors.length === 0) errors.push(...checkCustoms(request));
  if (errors.length > 0) {
    throw new EasyPostRefusal(
      422,
      'SHIPMENT.INVALID_PARAMS',
      'Unable to create shipment, one or more parameters were invalid.',
      errors,
    );
  }
  return request;
}

function checkAddress(
  field: string,
  address: EasyPostAddress | undefined,
): { field: string; message: string }[] {
  const missing = (['street1', 'city', 'country'] as const).filter((name) => !address?.[name]);
  const errors = missing.map((name) => ({ field: `${field}.${name}`, message: 'cannot be blank' }));
  if (!address?.name && !address?.company)
    errors.push({ field: `${field}.name`, message: 'name or company is required' });
  if (address?.country && !/^[A-Z]{2}$/.test(address.country))
    errors.push({ field: `${field}.country`, message: 'must be two upper-case letters' });
  return errors;
}

/** A parcel that crosses a customs border must declare its contents. There is no such border inside the EU. */
function checkCustoms(request: ShipmentRequest): { field: string; message: string }[] {
  if (laneOf(request.from_address.country, request.to_address.country) !== 'cross_border') return [];
  const items = request.customs_info?.customs_items ?? [];
  if (items.length === 0)
    return [{ field: 'customs_info', message: 'customs_info is required for international shipments' }];
  return items.flatMap((item, index) =>
    (['description', 'quantity', 'value', 'weight', 'origin_country'] as const)
      .filter((name) => item[name] === undefined || item[name] === '' || item[name] === 0)
      .map((name) => ({ field: `customs_info.customs_items[${index}].${name}`, message: 'cannot be blank' })),
  );
}
