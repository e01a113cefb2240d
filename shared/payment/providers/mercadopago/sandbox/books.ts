import type { Sandbox } from '../../../../../infra/sandbox/partner.ts';
import { newDigits } from '../../../../../infra/sandbox/random.ts';
import { brCode } from './br-code.ts';
import type { PaymentRequest } from './read-payment-request.ts';
import { MercadoRefusal } from './refusal.ts';
import { sites, type UserId, type WirePayment } from './wire.ts';

/** How long a payment can be paid if the request does not say it, in hours. */
const DEFAULT_HOURS = { pix: 24, bolbradesco: 72, oxxo: 72 } as const;

/** A share of the amount and a fixed part, which the sandbox keeps of each payment. */
const FEES: Readonly<Record<string, readonly [share: number, fixed: number]>> = {
  pix: [0.0099, 0],
  bolbradesco: [0, 3.49],
  oxxo: [0.0349, 4],
};

/** The payments of the sandbox's accounts. */
export class MercadoBooks {
  readonly sandbox: Sandbox;

  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
  }

  create(request: PaymentRequest, userId: UserId): WirePayment {
    const { currency } = sites[userId];
    const { transaction_amount: amount, payment_method_id: method } = request;
    const id = 10_000_000_000 + this.sandbox.store.next('mercadopago.payment');
    const page = `${this.sandbox.url()}/sandbox/pay/${id}`;
    const hours = DEFAULT_HOURS[method as keyof typeof DEFAULT_HOURS];
    const expiry = request.date_of_expiration ?? toWire(this.sandbox.now() + hours * 3_600_000);
    const isPix = method === 'pix';
    const payment: WirePayment = {
      ...{ id, date_created: this.time(), date_approved: null, date_last_updated: this.time() },
      ...{ date_of_expiration: expiry, operation_type: 'regular_payment', payment_method_id: method },
      ...{ payment_type_id: isPix ? 'bank_transfer' : 'ticket', status: 'pending' },
      status_detail: isPix ? 'pending_waiting_transfer' : 'pending_waiting_payment',
      ...{ currency_id: currency, description: request.description ?? null, live_mode: false },
      ...{ collector_id: Number(userId), metadata: request.metadata ?? {} },
      external_reference: request.external_reference ?? null,
      ...{ transaction_amount: amount, transaction_amount_refunded: 0, fee_details: [] },
      transaction_details: {
        external_resource_url: isPix ? null : page,
        payment_method_reference_id: isPix ? null : newDigits(10),
        ...(method === 'bolbradesco'
          ? { digitable_line: newDigits(47), barcode: { content: newDigits(44) } }
          : {}),
        ...{ transaction_id: null, total_paid_amount: amount, net_received_amount: 0 },
      },
      point_of_interaction: isPix
        ? {
            type: 'PIX',
            transaction_data: {
              qr_code: brCode({ key: 'sandbox@example.com', amount, txid: `mpqrinter${id}` }),
              ticket_url: page,
              transaction_id: null,
            },
          }
        : { type: 'UNSPECIFIED' },
    };
    return this.save(payment, 'payment.created');
  }

  /** The payment of an account. One whose time is over is cancelled when it is read. */
  payment(id: string, userId?: string): WirePayment {
    const found = this.sandbox.store.get<WirePayment>('mercadopago.payment', id);
    if (found === undefined || (userId !== undefined && String(found.collector_id) !== userId))
      throw new MercadoRefusal(404, 'Payment not found', 2000);
    const isOver = found.status === 'pending' && Date.parse(found.date_of_expiration) <= this.sandbox.now();
    return isOver ? this.end(found, 'cancelled', 'expired') : found;
  }

  /** The money arrives: `amount` and `currency` differ from the payment's if a fault says so. */
  approve(payment: WirePayment, over: Partial<Pick<WirePayment, 'transaction_amount' | 'currency_id'>> = {}) {
    const [share, fixed] = FEES[payment.payment_method_id] ?? [0, 0];
    const amount = over.transaction_amount ?? payment.transaction_amount;
    const fee = Math.min(Math.round((amount * share + fixed) * 100) / 100, amount);
    const bankId = payment.payment_method_id === 'pix' ? `E18236120${newDigits(12)}s${newDigits(10)}` : null;
    const { transaction_data } = payment.point_of_interaction;
    return this.save(
      {
        ...payment,
        ...over,
        ...{ status: 'approved', status_detail: 'accredited', date_approved: this.time() },
        fee_details: [{ type: 'mercadopago_fee', amount: fee, fee_payer: 'collector' }],
        transaction_details: {
          ...payment.transaction_details,
          transaction_id: bankId,
          total_paid_amount: amount,
          net_received_amount: Math.round((amount - fee) * 100) / 100,
        },
        point_of_interaction: {
          ...payment.point_of_interaction,
          ...(transaction_data && { transaction_data: { ...transaction_data, transaction_id: bankId } }),
        },
      },
      'payment.updated',
    );
  }

  end(payment: WirePayment, status: 'cancelled' | 'rejected', detail: string): WirePayment {
    return this.save({ ...payment, status, status_detail: detail }, 'payment.updated');
  }

  save(payment: WirePayment, action: 'payment.created' | 'payment.updated'): WirePayment {
    const saved = { ...payment, date_last_updated: this.time() };
    this.sandbox.store.put('mercadopago.payment', String(saved.id), saved, saved.external_reference);
    this.notify({ type: 'payment', action }, String(saved.id), saved);
    return saved;
  }

  /** Sends a notification. It names the object, and nothing else of it. */
  notify(
    { type, action }: { readonly type: string; readonly action: string },
    dataId: string,
    { collector_id, metadata, external_reference }: WirePayment,
  ): void {
    const id = 100_000_000 + this.sandbox.store.next('mercadopago.notification');
    const body = {
      ...{ id, live_mode: false, type, date_created: this.time(), user_id: String(collector_id) },
      ...{ api_version: 'v1', action, data: { id: dataId } },
    };
    const reference = `${String(metadata.order_id)} ${external_reference ?? ''}`;
    this.sandbox.sendHook({ eventId: String(id), type: action, reference, body: JSON.stringify(body) });
  }

  time(): string {
    return toWire(this.sandbox.now());
  }
}

/** A time as the API writes it, in the zone of its servers. */
export function toWire(epochMs: number): string {
  const zoneMs = -4 * 3_600_000;
  return new Date(epochMs + zoneMs).toISOString().replace('Z', '-04:00');
}
