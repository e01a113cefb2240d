import type { Sandbox } from '../../../../../infra/sandbox/partner.ts';
import { refundFails } from '../../../../../infra/sandbox/payment-behaviours.ts';
import { newDigits, newId } from '../../../../../infra/sandbox/random.ts';
import { formatMoney, money } from '../../../../kernel/money.ts';
import { type CodeBody, RazorpayRefusal, type RefundBody } from './requests.ts';

export interface WireCode extends CodeBody {
  readonly id: string;
  readonly entity: 'qr_code';
  readonly created_at: number;
  readonly image_url: string;
  readonly image_content: string;
  readonly status: 'active' | 'closed';
  readonly payments_amount_received: number;
  readonly payments_count_received: number;
  readonly closed_at: number | null;
  readonly close_reason: 'on_demand' | 'paid' | null;
}

export interface WirePayment {
  readonly id: string;
  readonly entity: 'payment';
  readonly amount: number;
  readonly currency: string;
  readonly status: 'created' | 'captured' | 'failed';
  readonly order_id: string | null;
  readonly method: 'upi';
  readonly captured: boolean;
  readonly description: string;
  readonly vpa: string;
  readonly notes: object;
  readonly fee: number;
  readonly tax: number;
  readonly error_code: string | null;
  readonly error_reason: string | null;
  readonly acquirer_data: { readonly rrn: string };
  readonly created_at: number;
}

export interface WireRefund {
  readonly id: string;
  readonly entity: 'refund';
  readonly amount: number;
  readonly currency: string;
  readonly payment_id: string;
  readonly notes: object;
  readonly receipt: string | null;
  readonly created_at: number;
  readonly status: 'pending' | 'processed' | 'failed';
  readonly speed_requested: string;
  readonly speed_processed: string;
}

/** How long the bank takes for a refund (before pacing). */
const REFUND_DELAY_MS = 200;
const SIX_MONTHS_S = 180 * 86_400;
const FEE = 99;
export const notFound = () => new RazorpayRefusal(400, 'The id provided does not exist');

/** What a payment has in the beginning. */
export const newPayment = (
  seconds: number,
  over: Pick<WirePayment, 'amount' | 'notes' | 'vpa' | 'description' | 'order_id'> &
    Partial<Pick<WirePayment, 'status'>>,
): WirePayment => ({
  ...{ id: newId('pay', 14), entity: 'payment', currency: 'INR', status: 'failed', method: 'upi' },
  ...{ captured: false, fee: 0, tax: 0, error_code: null, error_reason: null },
  ...{ acquirer_data: { rrn: newDigits(12) }, created_at: seconds, ...over },
});

/** What a payment has once the shopper has paid, or was refused. */
export const paidFields = { status: 'captured', captured: true, fee: FEE } as const;
export const failedFields = (error_reason: string) =>
  ({ status: 'failed', error_code: 'BAD_REQUEST_ERROR', error_reason }) as const;

/** The codes, payments and refunds of the sandbox. */
export class RazorpayBooks {
  readonly sandbox: Sandbox;

  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
  }

  create(body: CodeBody): WireCode {
    const id = newId('qr', 14);
    const [units = ''] = formatMoney(money(body.payment_amount, 'INR')).split(' ');
    const code: WireCode = {
      ...body,
      ...{ id, entity: 'qr_code', created_at: this.seconds(), image_url: `${this.sandbox.url()}/i/${id}` },
      image_content: `upi://pay?pa=shop@sandbox&pn=Shop&tr=${id}&am=${units}&cu=INR&mc=5411`,
      ...{ status: 'active', payments_amount_received: 0, payments_count_received: 0 },
      ...{ closed_at: null, close_reason: null },
    };
    this.report('qr_code.created', { qr_code: this.#save(code) });
    return code;
  }

  /** A code whose time is over is closed when it is read. No webhook says so. */
  code(id: string): WireCode {
    const found = this.sandbox.store.get<WireCode>('razorpay.qr_code', id);
    if (found === undefined) throw notFound();
    return found.status === 'active' && found.close_by <= this.seconds() ? this.expire(found) : found;
  }

  codes(): WireCode[] {
    return this.sandbox.store.list<WireCode>('razorpay.qr_code').map(({ id }) => this.code(id));
  }

  paymentsOf(codeId: string): WirePayment[] {
    return this.sandbox.store.withReference<WirePayment>('razorpay.payment', codeId);
  }

  payment(id: string): WirePayment {
    const found = this.sandbox.store.get<WirePayment>('razorpay.payment', id);
    if (found === undefined) throw notFound();
    return found;
  }

  close(id: string): WireCode {
    const code = this.code(id);
    if (code.status === 'closed') throw new RazorpayRefusal(400, 'The QR Code is already closed');
    return this.#end(code, 'on_demand');
  }

  /** The shopper pays. The first payment closes the code. */
  pay(code: WireCode, over: Partial<Pick<WirePayment, 'amount' | 'currency'>> = {}): WirePayment {
    const payment: WirePayment = { ...this.#newPayment(code), ...paidFields, ...over };
    const received = { payments_count_received: 1, payments_amount_received: payment.amount };
    this.sandbox.store.put('razorpay.payment', payment.id, payment, code.id);
    this.report('payment.captured', { payment });
    this.report('qr_code.credited', { payment, qr_code: code });
    if (code.status === 'active') this.#end({ ...code, ...received }, 'paid');
    else this.#save({ ...code, ...received });
    return payment;
  }

  /** The bank or the shopper refuses. The code stays. */
  fail(code: WireCode, reason: string): void {
    const payment: WirePayment = { ...this.#newPayment(code), ...failedFields(reason) };
    this.sandbox.store.put('razorpay.payment', payment.id, payment, code.id);
    this.report('payment.failed', { payment });
  }

  /** The time to pay ends. No webhook says so. */
  expire(code: WireCode): WireCode {
    return this.#save({ ...code, status: 'closed', closed_at: this.seconds() });
  }

  refund(paymentId: string, body: RefundBody): WireRefund {
    const payment = this.payment(paymentId);
    if (!payment.captured)
      throw new RazorpayRefusal(400, 'The payment status should be captured for action to be taken');
    if (this.seconds() > payment.created_at + SIX_MONTHS_S)
      throw new RazorpayRefusal(400, 'The payment is older than six months');
    const earlier = this.refundsOf(paymentId).filter(({ status }) => status !== 'failed');
    const left = payment.amount - earlier.reduce((total, { amount }) => total + amount, 0);
    const amount = body.amount ?? left;
    if (left === 0) throw new RazorpayRefusal(400, 'The payment has been fully refunded already');
    if (amount > left)
      throw new RazorpayRefusal(400, 'The total refund amount is greater than the refund payment amount');
    const refund: WireRefund = {
      ...{ id: newId('rfnd', 14), entity: 'refund', amount, currency: payment.currency },
      ...{ payment_id: paymentId, notes: body.notes, receipt: body.receipt ?? null },
      ...{ created_at: this.seconds(), status: 'pending' },
      ...{ speed_requested: body.speed, speed_processed: 'normal' },
    };
    this.sandbox.store.put('razorpay.refund', refund.id, refund, paymentId);
    this.report('refund.created', { refund, payment });
    const fails = refundFails(this.sandbox, JSON.stringify(payment)) || amount % 100 === 13;
    this.sandbox.later('razorpay.refund', REFUND_DELAY_MS, { id: refund.id, fails });
    return refund;
  }

  refundsOf(paymentId: string): WireRefund[] {
    return this.sandbox.store.withReference<WireRefund>('razorpay.refund', paymentId);
  }

  /** The bank gives the money back. A refund of an amount that ends in 13 fails there. */
  settleRefund({ id, fails }: { readonly id: string; readonly fails: boolean }): void {
    const refund = this.sandbox.store.get<WireRefund>('razorpay.refund', id);
    if (refund === undefined) throw notFound();
    const status = fails ? 'failed' : 'processed';
    const settled: WireRefund = { ...refund, status };
    this.sandbox.store.put('razorpay.refund', id, settled);
    this.report(`refund.${status}`, { refund: settled, payment: this.payment(refund.payment_id) });
  }

  report(event: string, entities: Readonly<Record<string, object>>): void {
    const payload = Object.fromEntries(Object.entries(entities).map(([name, entity]) => [name, { entity }]));
    const body = JSON.stringify({
      ...{ entity: 'event', account_id: 'acc_sandbox0000001', event, contains: Object.keys(entities) },
      ...{ payload, created_at: this.seconds() },
    });
    this.sandbox.sendHook({ eventId: newId('evt', 14), type: event, reference: body, body });
  }

  seconds(): number {
    return Math.floor(this.sandbox.now() / 1_000);
  }

  #newPayment({ payment_amount: amount, notes }: WireCode): WirePayment {
    const over = { amount, notes, vpa: 'shopper@sandbox', description: 'QRv2 Payment', order_id: null };
    return newPayment(this.seconds(), over);
  }

  #end(code: WireCode, close_reason: 'on_demand' | 'paid'): WireCode {
    const closed = this.#save({ ...code, status: 'closed', closed_at: this.seconds(), close_reason });
    this.report('qr_code.closed', { qr_code: closed });
    return closed;
  }

  #save(code: WireCode): WireCode {
    this.sandbox.store.put('razorpay.qr_code', code.id, code);
    return code;
  }
}
