import type { Sandbox } from '../../../../../infra/sandbox/partner.ts';
import { refundFails, shopperBehaviour } from '../../../../../infra/sandbox/payment-behaviours.ts';
import { newId } from '../../../../../infra/sandbox/random.ts';
import { stripeFee } from './currencies.ts';
import type { Form } from './form.ts';
import { noSuch } from './refusal.ts';
import {
  deliveredStripeEvents,
  type StripeBalanceTransaction,
  type StripeCharge,
  type StripeCustomer,
  type StripeDispute,
  type StripeEvent,
  type StripeFile,
  type StripeIntent,
  type StripePayout,
  type StripeRefund,
} from './wire.ts';

/** What a transaction moves, in the smallest unit. */
interface BookedMoney {
  readonly amount: number;
  readonly currency: string;
  readonly fee?: number;
  /** Stripe's finer word, where it does not follow from the type. */
  readonly category?: string;
}

/** A call of the API, or a simulated step. A simulated step has no request. */
export interface StripeCall {
  readonly params: Form;
  /** The request's id and idempotency key. Events repeat both. */
  readonly request: { id: string | null; idempotency_key: string | null };
  /** The API version that events are written in. */
  readonly apiVersion: string;
}

/** The API version for callers that send no `Stripe-Version`. */
export const apiVersion = '2026-10-28.endive';

/** The call of a simulated step, which no request caused. */
export const unasked: StripeCall = {
  params: {},
  request: { id: null, idempotency_key: null },
  apiVersion,
};

/** Stripe's own record of intents, charges, refunds, disputes, events and its balance. */
export class StripeBooks {
  readonly #sandbox: Sandbox;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  /** Unix seconds. */
  nowSeconds(): number {
    return Math.floor(this.#sandbox.now() / 1_000);
  }

  later(kind: string, delayMs: number, data: unknown): void {
    this.#sandbox.later(kind, delayMs, data);
  }

  /** How the customer of the intent behaves, by the rules for its id and for ours in its metadata. */
  behaviourOf(intent: StripeIntent): ReturnType<typeof shopperBehaviour> {
    return shopperBehaviour(this.#sandbox, textOf(intent));
  }

  /** Whether the customer's bank will not take a refund of the charge. */
  refundFails(charge: StripeCharge): boolean {
    return refundFails(this.#sandbox, textOf(this.intent(charge.payment_intent)));
  }

  /** The customer of the charge disputes it once it is captured. */
  contest({ id }: StripeCharge): void {
    this.#sandbox.store.put('stripe.contested_charge', id, { id });
  }

  isContested({ id }: StripeCharge): boolean {
    return this.#sandbox.store.get('stripe.contested_charge', id) !== undefined;
  }

  /** The address of the page that replaces the page of the customer's bank or wallet. */
  pageUrl(intentId: string): string {
    return `${this.#sandbox.url()}/sandbox/authorise/${intentId}`;
  }

  intent(id: string, param = 'intent', status: 400 | 404 = 404): StripeIntent {
    const found = this.#sandbox.store.get<StripeIntent>('stripe.payment_intent', id);
    if (found === undefined) throw noSuch('payment_intent', id, param, status);
    return found;
  }

  charge(id: string, param = 'charge', status: 400 | 404 = 404): StripeCharge {
    const found = this.#sandbox.store.get<StripeCharge>('stripe.charge', id);
    if (found === undefined) throw noSuch('charge', id, param, status);
    return found;
  }

  refund(id: string): StripeRefund {
    const found = this.#sandbox.store.get<StripeRefund>('stripe.refund', id);
    if (found === undefined) throw noSuch('refund', id, 'id');
    return found;
  }

  dispute(id: string): StripeDispute {
    const found = this.#sandbox.store.get<StripeDispute>('stripe.dispute', id);
    if (found === undefined) throw noSuch('dispute', id, 'dispute');
    return found;
  }

  /** The object with this id, of any kind. */
  find(id: string): object | undefined {
    const kind = {
      pi: 'payment_intent',
      ch: 'charge',
      re: 'refund',
      txn: 'balance_transaction',
      du: 'dispute',
      po: 'payout',
      file: 'file',
    }[id.split('_')[0] ?? ''];
    if (kind === undefined) return undefined;
    const { store } = this.#sandbox;
    return store.get<object>(`stripe.${kind}`, id) ?? store.get<object>('stripe.release', id);
  }

  customer(id: string): StripeCustomer | undefined {
    return this.#sandbox.store.get<StripeCustomer>('stripe.customer', id);
  }

  saveCustomer(customer: StripeCustomer): StripeCustomer {
    this.#sandbox.store.put('stripe.customer', customer.id, customer);
    return customer;
  }

  /** Keeps a method with a customer, to be charged without the customer. */
  keep(customer: string, method: string): void {
    const id = `${customer} ${method}`;
    this.#sandbox.store.put('stripe.kept_method', id, { id });
  }

  hasKept(customer: string, method: string): boolean {
    return this.#sandbox.store.get('stripe.kept_method', `${customer} ${method}`) !== undefined;
  }

  saveIntent(intent: StripeIntent): StripeIntent {
    this.#sandbox.store.put('stripe.payment_intent', intent.id, intent);
    return intent;
  }

  saveCharge(charge: StripeCharge): StripeCharge {
    this.#sandbox.store.put('stripe.charge', charge.id, charge, charge.payment_intent);
    return charge;
  }

  saveRefund(refund: StripeRefund): StripeRefund {
    this.#sandbox.store.put('stripe.refund', refund.id, refund, refund.charge);
    return refund;
  }

  /** Records what was released of a charge that is captured in part. It is in no list of refunds. */
  saveRelease(release: Partial<StripeRefund> & { id: string }): void {
    this.#sandbox.store.put('stripe.release', release.id, { ...release, object: 'refund', metadata: {} });
  }

  saveDispute(dispute: StripeDispute): StripeDispute {
    this.#sandbox.store.put('stripe.dispute', dispute.id, dispute, dispute.charge);
    return dispute;
  }

  saveFile(file: StripeFile): StripeFile {
    this.#sandbox.store.put('stripe.file', file.id, file);
    return file;
  }

  /** Refunds of a charge, newest first. */
  refundsOf(chargeId: string): StripeRefund[] {
    return this.#sandbox.store.withReference<StripeRefund>('stripe.refund', chargeId);
  }

  payout(id: string, param = 'id'): StripePayout {
    const found = this.#sandbox.store.get<StripePayout>('stripe.payout', id);
    if (found === undefined) throw noSuch('payout', id, param);
    return found;
  }

  /** The transactions that are in no payout yet, oldest first. A payout is in itself. */
  unpaidTransactions(): StripeBalanceTransaction[] {
    const { store } = this.#sandbox;
    const all = store.list<StripeBalanceTransaction>('stripe.balance_transaction').reverse();
    return all.filter(({ id }) => store.get('stripe.paid_transaction', id) === undefined);
  }

  /** Records the payout and the transactions that it pays. */
  savePayout(payout: StripePayout, transactions: readonly StripeBalanceTransaction[]): StripePayout {
    const { store } = this.#sandbox;
    store.put('stripe.payout', payout.id, payout);
    for (const one of transactions) {
      store.put('stripe.paid_transaction', one.id, { id: one.id }, payout.id);
      store.put('stripe.balance_transaction', one.id, { ...one, status: 'available' });
    }
    return payout;
  }

  /** The ids of the transactions that the payout pays, and its own. */
  paidBy(payoutId: string): ReadonlySet<string> {
    this.payout(payoutId, 'payout');
    const marks = this.#sandbox.store.withReference<{ id: string }>('stripe.paid_transaction', payoutId);
    return new Set(marks.map(({ id }) => id));
  }

  /**
   * Records money received (positive) or paid (negative), in the smallest unit, less Stripe's fee. The fee of a charge
   * follows from its amount.
   */
  book(
    type: StripeBalanceTransaction['type'],
    source: string,
    { amount, currency, ...given }: BookedMoney,
  ): StripeBalanceTransaction {
    const { fee = type === 'charge' ? stripeFee(amount, currency) : 0 } = given;
    const { category = categoryOf(type, amount) } = given;
    const created = this.nowSeconds();
    const description = type === 'charge' ? 'Stripe processing fees' : 'Dispute fee';
    const details = { amount: fee, application: null, currency, description, type: 'stripe_fee' } as const;
    const transaction: StripeBalanceTransaction = {
      id: newId('txn'),
      object: 'balance_transaction',
      amount,
      available_on: created + (type === 'payout' ? 0 : 2 * 86_400),
      balance_type: 'payments',
      created,
      currency,
      description: null,
      exchange_rate: null,
      fee,
      fee_details: fee === 0 ? [] : [details],
      net: amount - fee,
      reporting_category: category,
      source,
      status: type === 'payout' ? 'available' : 'pending',
      type,
    };
    this.#sandbox.store.put('stripe.balance_transaction', transaction.id, transaction, source);
    return transaction;
  }

  /** Records an event with a copy of the object. Sends the event if the webhook endpoint subscribes to its type. */
  emit(
    type: string,
    object: StripeIntent | StripeCharge | StripeRefund | StripeDispute,
    call: StripeCall,
  ): void {
    const delivered = deliveredStripeEvents.includes(type);
    const event: StripeEvent = {
      id: newId('evt'),
      object: 'event',
      api_version: call.apiVersion,
      created: this.nowSeconds(),
      data: { object },
      livemode: false,
      pending_webhooks: delivered ? 1 : 0,
      request: call.request,
      type,
    };
    this.#sandbox.store.put('stripe.event', event.id, event, type);
    if (!delivered) return;
    const intentId = object.object === 'payment_intent' ? object.id : object.payment_intent;
    const metadata = Object.values(this.intent(intentId).metadata);
    this.#sandbox.sendHook({
      eventId: event.id,
      type,
      reference: [intentId, ...metadata].join(' '),
      body: JSON.stringify(event),
    });
  }
}

/** The text with which the reference of a rule is compared. */
const textOf = ({ id, metadata }: StripeIntent): string => [id, ...Object.values(metadata)].join(' ');

/** Stripe's finer word for a transaction: an adjustment is money of a dispute. */
function categoryOf(type: StripeBalanceTransaction['type'], amount: number): string {
  if (type !== 'adjustment') return type;
  return amount < 0 ? 'dispute' : 'dispute_reversal';
}
