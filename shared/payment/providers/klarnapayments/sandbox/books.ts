import { randomUUID } from 'node:crypto';
import type { Sandbox } from '../../../../../infra/sandbox/partner.ts';
import { paidOf } from '../../../../../infra/sandbox/payment-behaviours.ts';
import { ApiRefusal } from '../../../../../infra/sandbox/rest-server.ts';
import type { KpSession, OrderRequest, PageRequest } from './requests.ts';

export type PageStatus = 'WAITING' | 'IN_PROGRESS' | 'COMPLETED' | 'CANCELLED' | 'FAILED' | 'DISABLED';

/** A session of the hosted page. */
export interface Page {
  readonly session_id: string;
  readonly status: PageStatus;
  readonly kpSession: string;
  readonly merchant_urls: PageRequest['merchant_urls'];
  readonly createdMs: number;
  readonly order_id?: string;
}

export interface KlarnaOrder {
  readonly order_id: string;
  readonly status: 'AUTHORIZED' | 'PART_CAPTURED' | 'CAPTURED' | 'CANCELLED' | 'EXPIRED' | 'CLOSED';
  readonly fraud_status: 'ACCEPTED' | 'PENDING' | 'REJECTED';
  readonly original_order_amount: number;
  readonly order_amount: number;
  readonly captured_amount: number;
  readonly refunded_amount: number;
  readonly remaining_authorized_amount: number;
  readonly purchase_country: string;
  readonly purchase_currency: string;
  readonly merchant_reference1?: string | undefined;
  readonly merchant_reference2?: string | undefined;
  readonly created_at: string;
  readonly expires_at: string;
  readonly captures: readonly Capture[];
  readonly refunds: readonly Refund[];
}

interface Capture {
  readonly capture_id: string;
  readonly captured_amount: number;
  readonly refunded_amount: number;
  readonly captured_at: string;
  readonly reference?: string | undefined;
}

interface Refund {
  readonly refund_id: string;
  readonly refunded_amount: number;
  readonly refunded_at: string;
  readonly reference?: string | undefined;
}

const HOUR_MS = 3_600_000;
/** A payment session is open for 48 hours, and its page ends one hour before. */
const PAGE_MS = 47 * HOUR_MS;
/** An order can be captured for 28 days. */
const ORDER_MS = 28 * 24 * HOUR_MS;

/** Klarna's record of payment sessions, pages and orders. Amounts are minor units. */
export class KlarnaBooks {
  readonly sandbox: Sandbox;

  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
  }

  openSession(asked: OrderRequest): KpSession {
    const session = { session_id: randomUUID(), ...asked };
    this.sandbox.store.put('klarnapayments.session', session.session_id, session);
    return session;
  }

  session(id: string): KpSession {
    const found = this.sandbox.store.get<KpSession>('klarnapayments.session', id);
    if (found === undefined) throw new ApiRefusal(404, 'NOT_FOUND', 'Payment session not found');
    return found;
  }

  openPage({ payment_session_url, merchant_urls }: PageRequest): Page {
    const kpSession = payment_session_url.split('/').at(-1) ?? '';
    this.session(kpSession);
    const createdMs = this.sandbox.now();
    return this.#savePage({
      session_id: randomUUID(),
      ...{ status: 'WAITING', kpSession, merchant_urls, createdMs },
    });
  }

  /** The page. One whose time is over is gone. */
  page(id: string): Page {
    const found = this.sandbox.store.get<Page>('klarnapayments.page', id);
    if (found === undefined || this.sandbox.now() > found.createdMs + PAGE_MS)
      throw new ApiRefusal(404, 'NOT_FOUND', 'HPP session has expired or could not be found');
    return found;
  }

  disable(id: string): void {
    const page = this.page(id);
    if (page.status === 'COMPLETED')
      throw new ApiRefusal(400, 'BAD_VALUE', 'HPP session has already been completed');
    this.#savePage({ ...page, status: 'DISABLED' });
  }

  /** The shopper did something on the page: the merchant gets a callback. */
  move(page: Page, status: PageStatus, behaviour?: string): Page {
    const moved = this.#savePage({
      ...{ ...page, status },
      ...(status === 'COMPLETED' && { order_id: this.#placeOrder(page, behaviour).order_id }),
    });
    const body = { event_id: randomUUID(), session: showPage(moved) };
    const { merchant_reference1: order, merchant_reference2: payment } = this.session(page.kpSession);
    const reference = [page.session_id, order, payment].join(' ');
    this.sandbox.sendHook({
      ...{ eventId: body.event_id, type: status, reference, body: JSON.stringify(body) },
    });
    return moved;
  }

  /** The order. One whose authorisation is over has expired. */
  order(id: string): KlarnaOrder {
    const found = this.sandbox.store.get<KlarnaOrder>('klarnapayments.order', id);
    if (found === undefined) throw new ApiRefusal(404, 'NO_SUCH_ORDER', 'No such order');
    const isOver = this.sandbox.now() > Date.parse(found.expires_at) && found.status === 'AUTHORIZED';
    return isOver ? this.saveOrder({ ...found, status: 'EXPIRED', remaining_authorized_amount: 0 }) : found;
  }

  saveOrder(order: KlarnaOrder): KlarnaOrder {
    this.sandbox.store.put('klarnapayments.order', order.order_id, order);
    return order;
  }

  timeText(afterMs = 0): string {
    return new Date(this.sandbox.now() + afterMs).toISOString();
  }

  #placeOrder(page: Page, behaviour: string | undefined): KlarnaOrder {
    const { session_id: _id, order_amount, order_lines: _lines, ...session } = this.session(page.kpSession);
    const asked = { amount: order_amount, currency: session.purchase_currency };
    const { amount, currency } = paidOf(asked, behaviour);
    return this.saveOrder({
      order_id: randomUUID(),
      ...{ status: 'AUTHORIZED', fraud_status: 'ACCEPTED' },
      ...{ original_order_amount: amount, order_amount: amount, remaining_authorized_amount: amount },
      ...{ captured_amount: 0, refunded_amount: 0, captures: [], refunds: [] },
      purchase_country: session.purchase_country,
      purchase_currency: currency,
      ...{
        merchant_reference1: session.merchant_reference1,
        merchant_reference2: session.merchant_reference2,
      },
      ...{ created_at: this.timeText(), expires_at: this.timeText(ORDER_MS) },
    });
  }

  #savePage(page: Page): Page {
    this.sandbox.store.put('klarnapayments.page', page.session_id, page, page.kpSession);
    return page;
  }
}

/** A page as the question for it and the callback show it. */
export const showPage = ({ session_id, status, order_id, createdMs }: Page) => ({
  ...{ session_id, status, updated_at: new Date(createdMs).toISOString() },
  expires_at: new Date(createdMs + PAGE_MS).toISOString(),
  ...(order_id !== undefined && { order_id, klarna_reference: order_id.slice(0, 8).toUpperCase() }),
});
