import { sampleWarehouses } from '../../../infra/cli/sample-shop/network.ts';
import type { Backend } from '../../../infra/local/start-backend.ts';
import { signTimestampedHex } from '../../../infra/sandbox/signatures.ts';
import type { PaidMethod } from './paid-methods.ts';
import {
  chooseProvider,
  onceKnown,
  type PaymentShop,
  type Placed,
  placeOrder,
  receiveStock,
} from './shop-orders.ts';

const CALLS_BY_ONE = 200;
const CALLS = 640;
/** Each waits unpaid, so that a decline becomes a fact of it. A webhook names another order than those beside it. */
const ORDERS = 160;
const PLACED_AT_ONCE = 4;
/** The shop of the bench is one client and one shopper. */
const NO_LIMITS = {
  ...{ unpaidOrdersOfStorefront: 1_000, unpaidOrdersOfClient: 1_000, unpaidOrdersOfShopper: 1_000 },
  ...{ unpaidUnitsOfClient: 1_000, unpaidShareOfSku: 100, firstReservationMinutes: 120 },
};

interface Times {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

interface Intake {
  readonly calls: number;
  /** Until the webhook is answered: it is in its queue. */
  readonly answered: Times;
  /** Until the order has the fact. */
  readonly written: Times;
}

/** An unpaid order whose payment is started: what its webhooks name. */
interface Unpaid {
  readonly orderId: string;
  readonly paymentId: string;
  readonly intentId: string;
}

/** Places orders by card that nobody pays. */
export async function placeUnpaid(
  shop: PaymentShop,
  { provider, method, place }: PaidMethod,
): Promise<Unpaid[]> {
  await chooseProvider(shop, provider, { callerLimits: NO_LIMITS });
  // Every card order ships from a warehouse of the sample shop, whose stock the orders by method have used.
  for (const { warehouseId } of sampleWarehouses) await receiveStock(shop.backend, warehouseId, 'unpaid');
  const unpaid: Unpaid[] = [];
  const placeOne = async () => {
    while (unpaid.length < ORDERS)
      unpaid.push(named(await onceKnown(() => placeOrder(shop.storefront, { place, method, quantity: 1 }))));
  };
  await Promise.all(Array.from({ length: PLACED_AT_ONCE }, placeOne));
  return unpaid;
}

function named({ orderId, payment: { paymentId, nextAction } }: Placed): Unpaid {
  const [intentId] = nextAction.clientSecret?.split('_secret_') ?? [];
  if (intentId === undefined) throw new Error('an order by card is confirmed in the browser');
  return { orderId, paymentId, intentId };
}

/**
 * How long genuine webhooks of declined attempts take if that number of callers send them, each of which waits for its
 * answer. Throws if an order has not exactly one fact for each of its webhooks afterwards.
 */
export async function measureIntake(
  backend: Backend,
  unpaid: readonly Unpaid[],
  callers: number,
): Promise<Intake> {
  const calls = callers === 1 ? CALLS_BY_ONE : CALLS;
  const waits: number[] = [];
  const sentAt = new Map<string, number>();
  let next = 0;
  const caller = async () => {
    while (next < calls) {
      const order = unpaid[next % unpaid.length];
      next += 1;
      if (order === undefined) throw new Error('there are orders to name');
      const event = `evt_${callers}_${next}`;
      sentAt.set(event, Date.now());
      waits.push(await send(backend, event, order));
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  await backend.cloud.settled(60_000);
  const written = await factTimes(backend, unpaid);
  const delays = [...sentAt].map(([event, at]) => {
    const [recordedAt, ...more] = written.get(event) ?? [];
    if (recordedAt === undefined || more.length > 0) throw new Error(`${event} has not one fact`);
    return recordedAt - at;
  });
  return { calls, answered: timesOf(waits), written: timesOf(delays) };
}

/** When each declined attempt was recorded, by the id of its event. */
async function factTimes(
  { operator }: Backend,
  unpaid: readonly Unpaid[],
): Promise<ReadonlyMap<string, number[]>> {
  const times = new Map<string, number[]>();
  for (const { orderId } of unpaid) {
    const { facts } = await operator.call<{ facts: readonly RecordedFact[] }>({
      ...{ method: 'GET', path: `/v1/admin/orders/${orderId}` },
    });
    for (const { name, recordedAt, data } of facts) {
      if (name !== 'payment.failed' || data.callbackId === undefined) continue;
      times.set(data.callbackId, [...(times.get(data.callbackId) ?? []), Date.parse(recordedAt)]);
    }
  }
  return times;
}

interface RecordedFact {
  readonly name: string;
  readonly recordedAt: string;
  readonly data: { readonly callbackId?: string };
}

function timesOf(all: readonly number[]): Times {
  const sorted = all.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(Math.floor(part * sorted.length), sorted.length - 1)] ?? 0;
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}

/** Sends a declined attempt of the order's intent, and gives how long the answer took. */
async function send({ url, partners }: Backend, event: string, order: Unpaid): Promise<number> {
  const { orderId, paymentId, intentId } = order;
  const intent = {
    ...{ id: intentId, object: 'payment_intent', status: 'requires_payment_method', currency: 'eur' },
    ...{ amount: 4_990, amount_capturable: 0, amount_received: 0, metadata: { orderId, paymentId } },
    last_payment_error: { code: 'card_declined', decline_code: 'generic_decline' },
  };
  const body = JSON.stringify({
    ...{ id: event, object: 'event', type: 'payment_intent.payment_failed', data: { object: intent } },
  });
  const timestamp = Math.floor(Date.now() / 1_000);
  const { webhookSecret } = partners.keysOf('stripe');
  const headers = signTimestampedHex('stripe-signature', webhookSecret, { timestamp, body });
  const startedMs = performance.now();
  const answer = await fetch(`${url}/v1/hooks/payment/stripe`, { method: 'POST', body, headers });
  await answer.arrayBuffer();
  if (answer.status !== 200) throw new Error(`a webhook was answered with ${answer.status}`);
  return performance.now() - startedMs;
}
