import type { Sandbox } from '../../../../../infra/sandbox/partner.ts';
import { refundFails } from '../../../../../infra/sandbox/payment-behaviours.ts';
import { newDigits, newHexId } from '../../../../../infra/sandbox/random.ts';
import { ApiRefusal } from '../../../../../infra/sandbox/rest-server.ts';
import { channels, type PaymentBody, type RefundBody } from './requests.ts';

export interface WireRequest extends PaymentBody {
  readonly business_id: string;
  readonly payment_request_id: string;
  readonly latest_payment_id?: string;
  readonly status: string;
  readonly failure_code?: string;
  readonly actions: readonly { readonly type: string; readonly descriptor: string; readonly value: string }[];
  readonly created: string;
  readonly updated: string;
  /** When it was paid, and how much was refunded: not part of an answer. */
  readonly paidAt?: number;
}

export interface WireRefund {
  readonly id: string;
  readonly payment_request_id: string;
  readonly payment_id: string;
  readonly reference_id: string;
  readonly amount: number;
  readonly currency: string;
  readonly channel_code: string;
  readonly country: string;
  readonly reason: string;
  readonly status: 'PENDING' | 'SUCCEEDED' | 'FAILED';
  readonly failure_code: string | null;
  readonly metadata: object | null;
  readonly created: string;
  readonly updated: string;
}

const BUSINESS = '5f27a14a9bf05c73dd040bc8';
/** How long the channel takes for a refund (before pacing). */
const REFUND_DELAY_MS = 200;
const cents = (amount: number) => Math.round(amount * 100);

function newUuid(prefix: string): string {
  const hex = newHexId('x').slice(2);
  return `${prefix}-${hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}`;
}

/** The payment requests and refunds of the sandbox. */
export class XenditBooks {
  readonly sandbox: Sandbox;

  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
  }

  create(body: PaymentBody): WireRequest {
    const id = newUuid('pr');
    const isPage = channels[body.channel_code]?.isPage === true;
    const action = isPage
      ? { type: 'REDIRECT_CUSTOMER', descriptor: 'WEB_URL', value: `${this.sandbox.url()}/sandbox/pay/${id}` }
      : { type: 'PRESENT_TO_CUSTOMER', descriptor: 'QR_STRING', value: `00020101021226${newDigits(120)}` };
    return this.#save({
      ...body,
      ...{ business_id: BUSINESS, payment_request_id: id, status: 'REQUIRES_ACTION', actions: [action] },
      ...{ created: this.#time(), updated: this.#time() },
    });
  }

  /** A request whose time is over has expired when it is read. */
  request(id: string): WireRequest {
    const found = this.sandbox.store.get<WireRequest>('xendit.payment_request', id);
    if (found === undefined)
      throw new ApiRefusal(404, 'DATA_NOT_FOUND', 'ID specified in request cannot be found.');
    const endsAt = Date.parse(found.created) + (channels[found.channel_code]?.minutes ?? 0) * 60_000;
    return found.status === 'REQUIRES_ACTION' && endsAt <= this.sandbox.now() ? this.expire(found) : found;
  }

  cancel(id: string): WireRequest {
    const request = this.request(id);
    if (request.status === 'REQUIRES_ACTION') return this.#save({ ...request, status: 'CANCELED' });
    const isOver = ['CANCELED', 'EXPIRED', 'FAILED'].includes(request.status);
    const code = isOver ? 'INACTIVE_PAYMENT_REQUEST' : 'INELIGIBLE_TRANSACTION_STATUS';
    throw new ApiRefusal(400, code, `The payment request is ${request.status}`);
  }

  pay(
    request: WireRequest,
    over: Partial<Pick<WireRequest, 'request_amount' | 'currency'>> = {},
  ): WireRequest {
    const paid = { status: 'SUCCEEDED', latest_payment_id: newUuid('py'), paidAt: this.sandbox.now() };
    return this.#report('payment.capture', this.#save({ ...request, ...over, ...paid }));
  }

  fail(request: WireRequest, code: string): WireRequest {
    const failed = { status: 'FAILED', failure_code: code, latest_payment_id: newUuid('py') };
    return this.#report('payment.failure', this.#save({ ...request, ...failed }));
  }

  expire(request: WireRequest): WireRequest {
    return this.#report('payment_request.expiry', this.#save({ ...request, status: 'EXPIRED' }));
  }

  refund(body: RefundBody): WireRefund {
    const request = this.request(body.payment_request_id);
    const { status, latest_payment_id: paymentId, paidAt = 0, currency, channel_code, country } = request;
    const days = channels[channel_code]?.refundDays;
    const isLate = days !== undefined && this.sandbox.now() > paidAt + days * 86_400_000;
    if (status !== 'SUCCEEDED' || paymentId === undefined || isLate)
      throw new ApiRefusal(400, 'INELIGIBLE_TRANSACTION', 'The transaction can not be refunded');
    if (body.currency !== undefined && body.currency !== currency)
      throw new ApiRefusal(400, 'API_VALIDATION_ERROR', 'currency differs from that of the payment');
    const earlier = this.refundsOf(request.payment_request_id).filter((one) => one.status !== 'FAILED');
    const left = cents(request.request_amount) - earlier.reduce((sum, { amount }) => sum + cents(amount), 0);
    const amount = body.amount === undefined ? left : cents(body.amount);
    if (amount <= 0 || amount > left)
      throw new ApiRefusal(400, 'MAXIMUM_REFUND_AMOUNT_REACHED', 'The amount is above what is left');
    const id = newUuid('rfd');
    const refund: WireRefund = {
      ...{ id, payment_request_id: request.payment_request_id, payment_id: paymentId },
      ...{ reference_id: body.reference_id ?? id, amount: amount / 100, currency, channel_code, country },
      ...{ reason: body.reason, status: 'PENDING', failure_code: null, metadata: body.metadata ?? null },
      ...{ created: this.#time(), updated: this.#time() },
    };
    this.sandbox.store.put('xendit.refund', id, refund, request.payment_request_id);
    const fails = refundFails(this.sandbox, JSON.stringify(request)) || cents(refund.amount) % 100 === 13;
    this.sandbox.later('xendit.refund', REFUND_DELAY_MS, { id, fails });
    return refund;
  }

  refundsOf(requestId: string): WireRefund[] {
    return this.sandbox.store.withReference<WireRefund>('xendit.refund', requestId);
  }

  refundOf(id: string): WireRefund {
    const found = this.sandbox.store.get<WireRefund>('xendit.refund', id);
    if (found === undefined)
      throw new ApiRefusal(404, 'DATA_NOT_FOUND', 'ID specified in request cannot be found.');
    return found;
  }

  /** The channel gives the money back. A refund of an amount that ends in 13 fails there. */
  settleRefund({ id, fails }: { readonly id: string; readonly fails: boolean }): void {
    const refund = this.refundOf(id);
    const settled: WireRefund = {
      ...refund,
      ...{ status: fails ? 'FAILED' : 'SUCCEEDED', updated: this.#time() },
      failure_code: fails ? 'REFUND_FAILED' : null,
    };
    this.sandbox.store.put('xendit.refund', id, settled);
    this.#send(fails ? 'refund.failed' : 'refund.succeeded', settled, JSON.stringify(settled.metadata));
  }

  #report(event: string, request: WireRequest): WireRequest {
    const { paidAt: _own, actions: _actions, latest_payment_id, ...data } = request;
    const payment = latest_payment_id === undefined ? data : { ...data, payment_id: latest_payment_id };
    this.#send(event, payment, `${JSON.stringify(request.metadata)} ${request.reference_id}`);
    return request;
  }

  #send(event: string, data: object, reference: string): void {
    const eventId = newUuid('evt');
    const body = { event, business_id: BUSINESS, created: this.#time(), api_version: 'v3', data };
    this.sandbox.sendHook({ eventId, type: event, reference, body: JSON.stringify(body) });
  }

  #save(request: WireRequest): WireRequest {
    const saved = { ...request, updated: this.#time() };
    this.sandbox.store.put('xendit.payment_request', saved.payment_request_id, saved, saved.reference_id);
    return saved;
  }

  #time(): string {
    return new Date(this.sandbox.now()).toISOString();
  }
}
