import { randomUUID } from 'node:crypto';
import { ApiRefusal } from '../../../../../infra/sandbox/rest-server.ts';
import type { KlarnaBooks, KlarnaOrder } from './books.ts';

/** POST /ordermanagement/v1/orders/{id}/captures: gives the id of the capture. */
export function capture(
  books: KlarnaBooks,
  id: string,
  asked: { readonly captured_amount: number; readonly reference?: string | undefined },
): string {
  const order = books.order(id);
  const { captured_amount: amount, reference } = asked;
  const isOpen = order.status === 'AUTHORIZED' || order.status === 'PART_CAPTURED';
  if (!isOpen || order.fraud_status !== 'ACCEPTED' || amount > order.remaining_authorized_amount)
    throw new ApiRefusal(403, 'CAPTURE_NOT_ALLOWED', 'Capture not allowed');
  const capture_id = randomUUID();
  const left = order.remaining_authorized_amount - amount;
  books.saveOrder({
    ...order,
    status: left === 0 ? 'CAPTURED' : 'PART_CAPTURED',
    captured_amount: order.captured_amount + amount,
    remaining_authorized_amount: left,
    captures: [
      ...order.captures,
      { capture_id, captured_amount: amount, refunded_amount: 0, captured_at: books.timeText(), reference },
    ],
  });
  return capture_id;
}

/** POST …/release-remaining-authorization */
export function release(books: KlarnaBooks, id: string): void {
  const order = books.order(id);
  if (order.status !== 'PART_CAPTURED' || order.remaining_authorized_amount === 0)
    throw new ApiRefusal(403, 'NOT_ALLOWED', 'Remaining authorization cannot be released.');
  books.saveOrder({ ...order, remaining_authorized_amount: 0 });
}

/** POST …/cancel */
export function cancel(books: KlarnaBooks, id: string): void {
  const order = books.order(id);
  if (order.status === 'CANCELLED') return;
  if (order.status !== 'AUTHORIZED')
    throw new ApiRefusal(403, 'CANCEL_NOT_ALLOWED', 'Order has previous captures. Cancel not possible.');
  books.saveOrder({ ...order, status: 'CANCELLED', remaining_authorized_amount: 0 });
}

/** POST …/refunds: gives the id of the refund. */
export function refund(
  books: KlarnaBooks,
  id: string,
  asked: { readonly refunded_amount: number; readonly reference?: string | undefined },
): string {
  const order: KlarnaOrder = books.order(id);
  const { refunded_amount: amount, reference } = asked;
  if (amount > order.captured_amount - order.refunded_amount)
    throw new ApiRefusal(403, 'REFUND_NOT_ALLOWED', 'Refund not allowed');
  const refund_id = randomUUID();
  books.saveOrder({
    ...order,
    refunded_amount: order.refunded_amount + amount,
    refunds: [
      ...order.refunds,
      { refund_id, refunded_amount: amount, refunded_at: books.timeText(), reference },
    ],
  });
  return refund_id;
}
