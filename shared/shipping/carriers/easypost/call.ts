import type { Instant } from '../../../kernel/time.ts';
import { PartnerRefused, readAnswer, refuseNotNow } from '../../../partners/partner-answer.ts';
import {
  type PartnerRequest,
  type PartnerResponse,
  PartnerUnavailable,
  type Send,
} from '../../../partners/send.ts';
import {
  type EasyPostShipment,
  errorSchema,
  madeAddressSchema,
  shipmentListSchema,
  shipmentSchema,
} from './answers.ts';
import type { ServiceTable } from './choose-rate.ts';
import { type EasyPostAccess, getShipmentRequest, listShipmentsRequest, postRequest } from './requests.ts';

export interface EasyPostContext {
  readonly settings: EasyPostAccess & { readonly services: ServiceTable };
  readonly send: Send;
  readonly now: Instant;
}

/** EasyPost's refusal, with its code and the wrong fields. */
export interface Refusal {
  readonly ok: false;
  readonly status: number;
  readonly code: string;
  readonly fields: string;
}

export type ShipmentAnswer = { readonly ok: true; readonly shipment: EasyPostShipment } | Refusal;

/** HTTP statuses for a problem with the account: wrong key, no funds, not allowed. */
const accountRefusals = [401, 402, 403];

/**
 * Calls EasyPost. Throws PartnerUnavailable for a temporary failure, and PartnerRefused for an error of the account.
 */
export async function callEasyPost(
  context: EasyPostContext,
  request: PartnerRequest,
): Promise<ShipmentAnswer> {
  const response = await context.send(request);
  if (response.status < 300) return { ok: true, shipment: readAnswer('easypost', response, shipmentSchema) };
  return refusalIn(response);
}

/** Makes an address, which costs nothing, and gives its id. */
export async function createAddress(
  context: EasyPostContext,
  address: object,
): Promise<{ readonly ok: true; readonly id: string } | Refusal> {
  const response = await context.send(postRequest(context.settings, '/v2/addresses', { address }));
  if (response.status >= 300) return refusalIn(response);
  return { ok: true, id: readAnswer('easypost', response, madeAddressSchema).id };
}

function refusalIn(response: PartnerResponse): Refusal {
  refuseNotNow('easypost', response);
  if (response.status === 409) throw new PartnerUnavailable('easypost', 'answered 409');
  const { error } = readAnswer('easypost', response, errorSchema);
  if (accountRefusals.includes(response.status))
    throw new PartnerRefused('easypost', response.status, error.code);
  const fields = (error.errors ?? [])
    .flatMap((one) => (typeof one === 'string' || one.field == null ? [] : [one.field]))
    .join(', ');
  return { ok: false, status: response.status, code: error.code, fields };
}

/** The shipment with this id or reference. Undefined if EasyPost has no such shipment. */
export async function findShipment(
  context: EasyPostContext,
  idOrReference: string,
): Promise<EasyPostShipment | undefined> {
  const answer = await callEasyPost(context, getShipmentRequest(context.settings, idOrReference));
  if (answer.ok) return answer.shipment;
  if (answer.status === 404) return undefined;
  throw new PartnerRefused('easypost', answer.status, answer.code);
}

/** The shipment with that id, which must exist. */
export async function readShipment(context: EasyPostContext, id: string): Promise<EasyPostShipment> {
  const shipment = await findShipment(context, id);
  if (shipment === undefined) throw new PartnerRefused('easypost', 404, 'NOT_FOUND');
  return shipment;
}

/** All shipments with a label that were created in that time, newest first. */
export async function listShipments(
  context: EasyPostContext,
  created: { readonly from: Instant; readonly to: Instant },
): Promise<readonly EasyPostShipment[]> {
  const found: EasyPostShipment[] = [];
  let hasMore = true;
  while (hasMore) {
    const request = listShipmentsRequest(context.settings, { ...created, beforeId: found.at(-1)?.id });
    const response = await context.send(request);
    refuseNotNow('easypost', response);
    if (response.status >= 300) throw new PartnerRefused('easypost', response.status, 'shipments');
    const page = readAnswer('easypost', response, shipmentListSchema);
    found.push(...page.shipments);
    hasMore = page.has_more && page.shipments.length > 0;
  }
  return found;
}
