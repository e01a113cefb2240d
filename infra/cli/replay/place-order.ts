import { setTimeout as wait } from 'node:timers/promises';
import type { Address } from '../../../shared/kernel/address.ts';
import type { Checkout } from '../../sandbox/checkout.ts';
import { type ApiClient, ApiProblem } from '../client/api-client.ts';
import { callAgain, problemOf } from './call-again.ts';
import { madeUpConsignee } from './made-up-consignee.ts';
import type { PlannedLine, PlannedOrder } from './plan-orders.ts';
import type { RefusalReason } from './refusal.ts';

/** The landed cost of an order as its quote states it, in pence GBP. */
export interface Cost {
  readonly goods: number;
  readonly shipping: number;
  readonly duty: number;
  readonly tax: number;
  readonly fees: number;
  readonly total: number;
}

/**
 * A product that the API does not sell or cannot price to the destination. The rest of its order was placed without
 * it.
 */
interface LeftOut {
  readonly sku: string;
  readonly reason: RefusalReason;
  readonly detail: string;
}

export interface Placed {
  readonly outcome: 'placed';
  readonly orderId: string;
  readonly cost: Cost;
  readonly isPaid: boolean;
  /** The origin and scheme of each consignment: `PL domestic`, `GB ioss`. */
  readonly schemes: readonly string[];
  readonly leftOut: readonly LeftOut[];
}

interface Refused {
  readonly outcome: 'refused';
  readonly reason: RefusalReason;
  readonly detail: string;
  /** Lines that were left out of the order, each with its reason. */
  readonly leftOut?: readonly LeftOut[];
}

export type Placing = Placed | Refused;

export interface Shopper {
  readonly storefront: ApiClient;
  readonly checkout: Pick<Checkout, 'pay'>;
  readonly runId: string;
  readonly signal: AbortSignal;
}

interface QuoteAnswer {
  readonly quoteId: string;
  readonly totals: Readonly<Record<keyof Cost, { readonly amount: number }>>;
  readonly landedCost: {
    readonly consignments: readonly { readonly shipFrom: string; readonly scheme: string }[];
  };
  readonly blockedLines: readonly {
    readonly sku: string;
    readonly detail: string;
    readonly ruleId: string;
  }[];
}

interface PlacedAnswer {
  readonly orderId: string;
  readonly payment: { readonly nextAction: { readonly type: string; readonly clientSecret?: string } };
}

/**
 * The status for stock that another shopper held for a moment, or for two requests that wrote at once. A new quote
 * uses the present stock.
 */
const WORTH_A_NEW_QUOTE = 409;
const MAX_QUOTES = 3;
/** A number that Ofcom keeps for drama: nobody has it. */
const PHONE = '+447700900123';
const MAX_REPEATS = 10;
const REPEAT_AFTER_MS = 500;

/**
 * Shops as a browser does: gets a quote, places an order, and confirms the card at the payment provider. If a quote
 * is refused because of certain lines, these lines are left out and the rest is quoted again. A refusal by the API is
 * an outcome with its code. A call that fails after several attempts is an outcome too.
 */
export async function placeOrder(shopper: Shopper, order: PlannedOrder): Promise<Placing> {
  const consignee = madeUpConsignee(order.customerId, order.invoiceNo, order.country);
  if (!consignee.ok) return { outcome: 'refused', reason: 'no-country', detail: consignee.error };
  const { email, address } = consignee.value;
  const identity = ['replay', shopper.runId, order.key.replace('/', '-'), order.country];
  const leftOut: LeftOut[] = [];
  let lines = order.lines;
  for (let attempt = 1; ; ) {
    try {
      const quote = await askForQuote(shopper, address, lines);
      const placed = await sendOrder(shopper, {
        key: [...identity, attempt].join('-'),
        body: {
          quoteId: quote.quoteId,
          customer: { email, phone: PHONE },
          shippingAddress: address,
          payment: { method: 'card' },
        },
      });
      const isPaid = await pay(shopper, placed.payment.nextAction.clientSecret);
      return {
        outcome: 'placed',
        orderId: placed.orderId,
        cost: costOf(quote),
        isPaid,
        schemes: quote.landedCost.consignments.map(({ shipFrom, scheme }) => `${shipFrom} ${scheme}`),
        leftOut: [...leftOut, ...blockedIn(quote)],
      };
    } catch (error) {
      if (error instanceof ApiProblem && error.status === WORTH_A_NEW_QUOTE && attempt < MAX_QUOTES) {
        attempt += 1;
        continue;
      }
      const refusal = refusalOf(error);
      const named = error instanceof ApiProblem ? linesToBlame(error.problem, lines) : new Set<PlannedLine>();
      const rest = lines.filter((line) => !named.has(line));
      if (named.size === 0 || rest.length === 0) return { ...refusal, leftOut };
      for (const { sku } of named) leftOut.push({ sku, reason: refusal.reason, detail: refusal.detail });
      lines = rest;
    }
  }
}

function askForQuote(
  { storefront, signal }: Shopper,
  { country, postalCode, region }: Address,
  lines: PlannedOrder['lines'],
): Promise<QuoteAnswer> {
  const destination = {
    country,
    ...(postalCode === undefined ? {} : { postalCode }),
    ...(region === undefined ? {} : { region }),
  };
  const body = {
    destination,
    currency: 'GBP',
    incoterm: 'DDP',
    lines: lines.map(({ sku, quantity }) => ({ sku, quantity })),
  };
  return callAgain(() => storefront.call<QuoteAnswer>({ method: 'POST', path: '/v1/quotes', body }), signal);
}

/** The lines whose goods a problem names, as in `/lines/3/sku`. */
function linesToBlame(problem: unknown, lines: readonly PlannedLine[]): ReadonlySet<PlannedLine> {
  const { errors } = (problem ?? {}) as { readonly errors?: readonly { readonly pointer?: unknown }[] };
  const places = (Array.isArray(errors) ? errors : []).flatMap(({ pointer }) => {
    const place = /^\/lines\/(\d+)\/sku$/.exec(String(pointer))?.[1];
    return place === undefined ? [] : [Number(place)];
  });
  return new Set(places.flatMap((place) => lines[place] ?? []));
}

function blockedIn({ blockedLines }: QuoteAnswer): LeftOut[] {
  return blockedLines.map(({ sku, detail, ruleId }) => ({
    sku,
    reason: 'restricted-goods',
    detail: `${detail} (${ruleId})`,
  }));
}

/**
 * Places the order. While the API could not reach the payment provider, the same request is repeated, as the contract
 * says.
 */
async function sendOrder(
  { storefront, signal }: Shopper,
  { key, body }: { readonly key: string; readonly body: unknown },
): Promise<PlacedAnswer> {
  const send = () =>
    callAgain(
      () =>
        storefront.call<PlacedAnswer>({
          method: 'POST',
          path: '/v1/orders',
          headers: { 'idempotency-key': key },
          body,
        }),
      signal,
    );
  let placed = await send();
  for (let repeats = 0; placed.payment.nextAction.type === 'pending' && repeats < MAX_REPEATS; repeats += 1) {
    await wait(REPEAT_AFTER_MS);
    placed = await send();
  }
  return placed;
}

/** Whether the card was confirmed. An order whose payment can't be confirmed stays placed and lapses. */
async function pay({ checkout, signal }: Shopper, clientSecret: string | undefined): Promise<boolean> {
  if (clientSecret === undefined) return false;
  try {
    await callAgain(() => checkout.pay(clientSecret), signal);
    return true;
  } catch {
    return false;
  }
}

function costOf({ totals }: QuoteAnswer): Cost {
  return {
    goods: totals.goods.amount,
    shipping: totals.shipping.amount,
    duty: totals.duty.amount,
    tax: totals.tax.amount,
    fees: totals.fees.amount,
    total: totals.total.amount,
  };
}

function refusalOf(error: unknown): Refused {
  if (error instanceof ApiProblem) {
    const { code, detail } = problemOf(error);
    const isRestricted = code.split('/').includes('restricted-goods');
    return { outcome: 'refused', reason: isRestricted ? 'restricted-goods' : `api:${code}`, detail };
  }
  if (error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError')) {
    return { outcome: 'refused', reason: 'not-reached', detail: error.message };
  }
  throw error;
}
