import { hourMs } from '../../../kernel/time.ts';
import { PartnerUnavailable } from '../../../partners/send.ts';
import type { BookedPiece, BookingRefused, BookPiece } from '../../carrier.ts';
import type { EasyPostRate, EasyPostShipment } from './answers.ts';
import {
  callEasyPost,
  createAddress,
  type EasyPostContext,
  findShipment,
  type Refusal,
  readShipment,
} from './call.ts';
import { chooseRate, costOf } from './choose-rate.ts';
import { type EasyPostShipmentRequest, importerAddressOf, postRequest, shipmentOf } from './requests.ts';

/** How long a label can be bought at a shipment's rates. After that, a new shipment is created. */
const ratesHoldMs = hourMs;

/**
 * Buys one label for a carton. Repeated calls buy no second label. EasyPost has no idempotency key, so each call first
 * looks for a shipment with the carton's reference:
 * - If that shipment was bought and not refunded, it is the answer.
 * - If it was not bought, is recent, and has the same carton and address, an earlier call may still be buying its
 *   label. This call then buys the label of the same shipment. EasyPost lets only one of the two calls succeed.
 * - Otherwise a new shipment is created. A shipment whose label is never bought costs nothing.
 *
 * Two first calls at the same moment could each create a shipment. This does not happen: each carton is booked from one
 * queue message, and only one worker handles a message at a time.
 */
export async function bookOnce(
  context: EasyPostContext,
  command: BookPiece,
): Promise<BookedPiece | BookingRefused> {
  const earlier = await findShipment(context, command.reference);
  if (earlier !== undefined && isBought(earlier)) return toBooked(earlier);
  const wanted = shipmentOf(context.settings, command);
  const importer = importerAddressOf(command);
  if (
    earlier !== undefined &&
    isSame(earlier, wanted, importer !== undefined) &&
    isFresh(earlier, context.now)
  ) {
    return buy(context, command, earlier);
  }
  const named = importer && (await createAddress(context, importer));
  if (named?.ok === false) return toRefusal(named);
  const shipment = shipmentOf(context.settings, command, named?.id);
  const made = await callEasyPost(context, postRequest(context.settings, '/v2/shipments', { shipment }));
  return made.ok ? buy(context, command, made.shipment) : toRefusal(made);
}

async function buy(
  context: EasyPostContext,
  command: BookPiece,
  shipment: EasyPostShipment,
): Promise<BookedPiece | BookingRefused> {
  const { service, sameServiceAs } = command;
  const rate =
    sameServiceAs === undefined
      ? chooseRate(shipment.rates, service, context.settings.services)
      : shipment.rates.find((one) => nameOf(one) === sameServiceAs);
  if (rate === undefined) {
    const offered = shipment.rates.map(nameOf).join(', ');
    const detail = `no rate for ${sameServiceAs ?? service}; offered: ${offered === '' ? 'none' : offered}`;
    return { refused: true, code: 'SERVICE_NOT_OFFERED', detail };
  }
  const path = `/v2/shipments/${encodeURIComponent(shipment.id)}/buy`;
  const bought = await callEasyPost(context, postRequest(context.settings, path, { rate: { id: rate.id } }));
  if (bought.ok) return toBooked(bought.shipment);
  if (bought.code === 'SHIPMENT.POSTAGE.EXISTS') return toBooked(await readShipment(context, shipment.id));
  return toRefusal(bought);
}

function toRefusal(answer: Refusal): BookingRefused {
  return { refused: true, code: answer.code, detail: answer.fields };
}

function toBooked(shipment: EasyPostShipment): BookedPiece {
  const { selected_rate: rate, tracking_code: trackingNumber } = shipment;
  const labelUrl = shipment.postage_label?.label_url;
  const cost = rate == null ? undefined : costOf(rate);
  if (rate == null || cost === undefined || trackingNumber == null || labelUrl == null) {
    throw new PartnerUnavailable('easypost', 'answered with a bought shipment that lacks its label or rate');
  }
  return {
    carrierShipmentId: shipment.id,
    trackingNumber,
    labelUrl,
    service: nameOf(rate),
    cost,
  };
}

const nameOf = ({ carrier, service }: EasyPostRate) => `${carrier} ${service}`;

/** Postage was paid and no refund requested. */
export function isBought(shipment: EasyPostShipment): boolean {
  const isGivenBack = shipment.refund_status === 'submitted' || shipment.refund_status === 'refunded';
  return shipment.postage_label != null && !isGivenBack;
}

function isFresh(shipment: EasyPostShipment, now: string): boolean {
  return Date.parse(now) - Date.parse(shipment.created_at) <= ratesHoldMs;
}

/**
 * Whether the shipment has the booking's carton and address, and names an importer as the booking does. A corrected
 * address needs a new shipment.
 */
function isSame(
  shipment: EasyPostShipment,
  wanted: EasyPostShipmentRequest,
  namesImporter: boolean,
): boolean {
  if ((shipment.options?.importer_address_id != null) !== namesImporter) return false;
  if (shipment.postage_label != null || shipment.parcel.weight !== wanted.parcel.weight) return false;
  const fields = ['name', 'street1', 'city', 'zip', 'country'] as const;
  return fields.every((field) => norm(shipment.to_address[field]) === norm(wanted.to_address[field]));
}

/** The text in a form for comparison. Carriers write addresses in capitals. */
function norm(text: string | null | undefined): string {
  return (text ?? '').trim().toUpperCase();
}
