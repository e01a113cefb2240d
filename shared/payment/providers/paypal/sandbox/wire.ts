import type { Amount, Authorization, Capture, Order, PayPalBooks, Refund } from './books.ts';
import { amountOf, hundredths } from './books.ts';

const related = (order: Order, more: object = {}) => ({
  supplementary_data: { related_ids: { order_id: order.id, ...more } },
});

export const showAuthorization = (order: Order, one: Authorization): object => ({
  ...{ ...one, ...(order.custom_id === undefined ? {} : { custom_id: order.custom_id }) },
  ...{ seller_protection: { status: 'ELIGIBLE' }, ...related(order) },
});

/** What PayPal keeps of a capture. */
export const feeOf = ({ amount }: Pick<Capture, 'amount'>): Amount =>
  amountOf(Math.round(hundredths(amount) * 0.0249) + 35, amount);

export function showCapture(order: Order, { create_time, ...one }: Capture): object {
  const fee = feeOf(one);
  const net = amountOf(hundredths(one.amount) - hundredths(fee), one.amount);
  return {
    ...{ ...one, final_capture: true, create_time, ...related(order) },
    ...(order.custom_id === undefined ? {} : { custom_id: order.custom_id }),
    seller_receivable_breakdown: { gross_amount: one.amount, paypal_fee: fee, net_amount: net },
  };
}

export const showRefund = (books: PayPalBooks, { capture, ...one }: Refund): object => ({
  ...one,
  links: [{ rel: 'up', method: 'GET', href: `${books.sandbox.url()}/v2/payments/captures/${capture}` }],
});

/** An order as PayPal shows it. */
export function showOrder(books: PayPalBooks, order: Order): object {
  const { id, status, custom_id, amount, authorizations, captures, refunds } = order;
  const payments = {
    ...(authorizations.length > 0 && {
      authorizations: authorizations.map((one) => showAuthorization(order, one)),
    }),
    ...(captures.length > 0 && { captures: captures.map((one) => showCapture(order, one)) }),
    ...(refunds.length > 0 && { refunds: refunds.map((one) => showRefund(books, one)) }),
  };
  const url = books.sandbox.url();
  return {
    ...{ id, intent: 'AUTHORIZE', status, payment_source: { paypal: {} } },
    purchase_units: [
      {
        ...{ reference_id: 'default', amount, ...(custom_id === undefined ? {} : { custom_id }) },
        ...(authorizations.length > 0 && { payments }),
      },
    ],
    links: [
      { href: `${url}/v2/checkout/orders/${id}`, rel: 'self', method: 'GET' },
      ...(status === 'PAYER_ACTION_REQUIRED'
        ? [{ href: `${url}/checkoutnow?token=${id}`, rel: 'payer-action', method: 'GET' }]
        : []),
    ],
  };
}
