import { newId } from '../../../../../infra/sandbox/random.ts';
import {
  failedFields,
  newPayment,
  notFound,
  paidFields,
  type RazorpayBooks,
  type WirePayment,
} from './books.ts';
import { type CollectBody, type OrderBody, RazorpayRefusal } from './requests.ts';

export interface WireOrder extends Omit<OrderBody, 'payment_capture'> {
  readonly id: string;
  readonly entity: 'order';
  readonly amount_paid: number;
  readonly amount_due: number;
  readonly status: 'created' | 'attempted' | 'paid';
  readonly attempts: number;
  readonly created_at: number;
}

/** A request to pay, with the time at which it ends. */
interface Requested extends WirePayment {
  readonly order_id: string;
  readonly ends_at: number;
}

/** The orders of the sandbox, and the requests to pay that belong to them. */
export class RazorpayOrders {
  readonly #books: RazorpayBooks;

  constructor(books: RazorpayBooks) {
    this.#books = books;
  }

  create({ payment_capture: _, ...body }: OrderBody): WireOrder {
    const id = newId('order', 14);
    const sums = { amount_paid: 0, amount_due: body.amount };
    const order: WireOrder = {
      ...{ ...body, ...sums, id, entity: 'order', status: 'created', attempts: 0 },
      created_at: this.#books.seconds(),
    };
    return this.#save(order);
  }

  order(id: string): WireOrder {
    const found = this.#store.get<WireOrder>('razorpay.order', id);
    if (found === undefined) throw notFound();
    return found;
  }

  orders(): WireOrder[] {
    return this.#store.list<WireOrder>('razorpay.order');
  }

  /** Newest first. A request whose time is over has failed. */
  paymentsOf(orderId: string): Requested[] {
    const requests = this.#store.withReference<Requested>('razorpay.payment', orderId);
    const isLate = ({ status, ends_at }: Requested) =>
      status === 'created' && ends_at <= this.#books.seconds();
    return requests.map((one) => (isLate(one) ? this.fail(one, 'payment_collect_request_expired') : one));
  }

  /** Sends a request to the shopper's app. */
  ask({ order_id, amount, notes, upi, description = '' }: CollectBody): object {
    const order = this.order(order_id);
    if (order.status === 'paid') throw new RazorpayRefusal(400, 'Payment already done for this order.');
    if (order.amount !== amount)
      throw new RazorpayRefusal(400, 'Payment amount is different from the order amount');
    const seconds = this.#books.seconds();
    const over = { amount, notes, vpa: upi.vpa, description, order_id, status: 'created' } as const;
    const payment: Requested = {
      ...{ ...newPayment(seconds, over), order_id, ends_at: seconds + upi.expiry_time * 60 },
    };
    this.#store.put('razorpay.payment', payment.id, payment, order_id);
    this.#save({ ...order, status: 'attempted', attempts: order.attempts + 1 });
    return { razorpay_payment_id: payment.id };
  }

  /** The shopper agrees in the app. An order takes one payment. */
  pay(request: Requested, over: Partial<Pick<WirePayment, 'amount' | 'currency'>> = {}): WirePayment {
    const order = this.order(request.order_id);
    if (order.status === 'paid') return this.fail(request, 'order_already_paid');
    const paid = this.#keep({ ...request, ...paidFields, ...over });
    const now = this.#save({ ...order, status: 'paid', amount_paid: paid.amount, amount_due: 0 });
    this.#books.report('payment.captured', { payment: paid });
    this.#books.report('order.paid', { payment: paid, order: now });
    return paid;
  }

  /** The shopper or the bank refuses, or the time is over. */
  fail(request: Requested, reason: string): Requested {
    const failed = this.#keep({ ...request, ...failedFields(reason) });
    this.#books.report('payment.failed', { payment: failed });
    return failed;
  }

  get #store() {
    return this.#books.sandbox.store;
  }

  #keep(request: Requested): Requested {
    this.#store.put('razorpay.payment', request.id, request);
    return request;
  }

  #save(order: WireOrder): WireOrder {
    this.#store.put('razorpay.order', order.id, order);
    return order;
  }
}
