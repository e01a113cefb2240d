import type { OrderAnswer } from '../../infra/cli/start/demo-order.ts';
import { confirmAsBrowser } from '../../shared/payment/providers/stripe/sandbox/confirm-as-browser.ts';
import { onWorkList } from './operator.ts';
import { operatorView, type RunningBackend } from './running-backend.ts';
import { type Basket, baskets, type Placed, patiently } from './shopper.ts';

/** An order that needs an operator, and the parcel that is the reason. */
export interface TroubledOrder {
  readonly placed: Placed;
  readonly parcelId: string;
  /** The carrier's number of the label, if the reason is about one label. */
  readonly carrierShipmentId?: string;
}

const hasFact = (fact: string) => (order: OrderAnswer) => order.timeline.some((entry) => entry.fact === fact);

/** Places an order without paying it. */
async function place({ shopper }: RunningBackend, basket: Basket) {
  const { quoteId } = await shopper.quote(basket);
  const placed = await shopper.place(quoteId, basket.destination.country);
  const { parcels } = await shopper.order(placed);
  return { placed, parcelIds: parcels.map(({ parcelId }) => parcelId) };
}

async function placeOneParcel(running: RunningBackend, basket: Basket): Promise<TroubledOrder> {
  const { placed, parcelIds } = await place(running, basket);
  const [parcelId] = parcelIds;
  if (parcelId === undefined || parcelIds.length > 1)
    throw new Error(`the basket is sent in ${parcelIds.length} parcels`);
  return { placed, parcelId };
}

const pay = ({ stripeUrl }: RunningBackend, { payment }: Placed) =>
  confirmAsBrowser(stripeUrl, payment.nextAction.clientSecret ?? '');

/** A paid order of one parcel that the carrier loses or brings back. The order is held for it. */
export async function buyAndLose(
  running: RunningBackend,
  behaviour: 'lost' | 'returned' = 'lost',
  basket: Basket = baskets.US,
): Promise<TroubledOrder> {
  const { placed, parcelId } = await placeOneParcel(running, basket);
  running.backend.partners.faults.add({ partner: 'easypost', behaviour, times: 1, reference: parcelId });
  await pay(running, placed);
  await running.shopper.follow(placed, ({ status }) => status === 'held');
  return { placed, parcelId };
}

/** A paid order of which one parcel has left, while the customs authority does not decide about the other. */
export async function buyAndDetain(running: RunningBackend): Promise<TroubledOrder> {
  const { backend, shopper } = running;
  const { placed, parcelIds } = await place(running, baskets.DE);
  // One of the two parcels crosses a border, so one declaration is filed.
  backend.partners.faults.add({ partner: 'broker', behaviour: 'stalled', times: 1 });
  await pay(running, placed);
  await shopper.follow(placed, hasFact('parcel.dispatched'));
  const { facts } = await operatorView(backend, placed.orderId);
  const left = facts.filter(({ name }) => name === 'parcel.dispatched').map(({ data }) => data.parcelId);
  const parcelId = parcelIds.find((each) => !left.includes(each));
  if (parcelId === undefined) throw new Error('no parcel waits for customs');
  return { placed, parcelId };
}

/**
 * A cancelled order whose label the carrier does not void, because a box with that label was handed over without our
 * dispatch order.
 */
export async function cancelWithUsedLabel(running: RunningBackend): Promise<TroubledOrder> {
  const { backend, shopper } = running;
  const { faults } = backend.partners;
  const { placed, parcelId } = await placeOneParcel(running, baskets.US);
  faults.add({ partner: 'broker', behaviour: 'stalled', times: 1 });
  // The backend learns of the scans after the cancellation. A scan that it knows would have prevented it.
  faults.add({
    partner: 'easypost',
    reference: parcelId,
    times: 10,
    hook: { kind: 'delay', delayMs: 60_000 },
  });
  await pay(running, placed);
  const { parcels } = await shopper.follow(placed, hasFact('parcel.booked'));
  await handOverBox(running, parcels[0]?.trackingNumber ?? '');
  await shopper.cancel(placed);
  const carrierShipmentId = await patiently(async () => {
    const label = (await onWorkList(running, placed))?.attention[0]?.carrierShipmentId;
    if (label === undefined) throw new Error('the label is not on the work list yet');
    return label;
  });
  return { placed, parcelId, carrierShipmentId };
}

/** The warehouse hands over a box with this label without a dispatch order of the backend. The carrier scans it. */
async function handOverBox({ backend }: RunningBackend, trackingNumber: string): Promise<void> {
  const { partners } = backend;
  const response = await fetch(`${partners.urlOf('wms')}/v1/dispatch-orders`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${partners.keysOf('wms').apiKey}`,
      'content-type': 'application/json',
      'idempotency-key': trackingNumber,
    },
    body: JSON.stringify({
      dispatchId: `by-hand-${trackingNumber}`,
      warehouseId: 'cn-shenzhen',
      parcelId: `by-hand-${trackingNumber}`,
      lines: [{ sku: 'ANOTHER-BOX', quantity: 1 }],
      label: { url: 'http://127.0.0.1/label.pdf', trackingNumber, carrier: 'easypost' },
      shipBy: new Date().toISOString(),
    }),
  });
  if (!response.ok) throw new Error(`the warehouse answered ${response.status}: ${await response.text()}`);
  await patiently(async () => {
    const { scanned } = await scansOf(partners.urlOf('easypost'), trackingNumber);
    if (!scanned) throw new Error('the carrier has not scanned the box yet');
  });
}

async function scansOf(url: string, trackingNumber: string): Promise<{ scanned: boolean }> {
  const response = await fetch(`${url}/_sandbox/objects/easypost.tracker`);
  const { objects } = (await response.json()) as {
    objects: readonly { readonly tracking_code: string; readonly status: string }[];
  };
  const tracker = objects.find(({ tracking_code: code }) => code === trackingNumber);
  return { scanned: tracker !== undefined && tracker.status !== 'pre_transit' };
}
