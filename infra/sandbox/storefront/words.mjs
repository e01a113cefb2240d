// Amounts, dates and facts as text for a shopper.

/** An amount in minor units as text, such as €99.37 or ¥10,294. */
export function money({ amount, currency }) {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.format(amount / 10 ** format.resolvedOptions().maximumFractionDigits);
}

/** The days of the promised arrival: `Dec 9 – 17`. */
export function days({ earliest, latest }) {
  const format = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short' });
  return format.formatRange(new Date(earliest), new Date(latest));
}

export function clockTime(instant) {
  return new Intl.DateTimeFormat('en', { timeStyle: 'medium' }).format(new Date(instant));
}

const regions = new Intl.DisplayNames('en', { type: 'region' });
export const countryName = (code) => regions.of(code) ?? code;

/** The names that the methods have in their countries. Others are written as the API writes them. */
const METHODS = {
  'alipay-hk': 'AlipayHK',
  blik: 'BLIK',
  dana: 'DANA',
  gcash: 'GCash',
  grabpay: 'GrabPay',
  ideal: 'iDEAL',
  'm-pesa': 'M-Pesa',
  mobilepay: 'MobilePay',
  'mtn-momo': 'MTN MoMo',
  none: 'Nothing to pay',
  ovo: 'OVO',
  oxxo: 'OXXO',
  qris: 'QRIS',
  truemoney: 'TrueMoney',
  upi: 'UPI',
  'wechat-pay': 'WeChat Pay',
  zalopay: 'ZaloPay',
};

const letters = (text) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** The name of a method. A method that has its provider's name is written as the provider writes it. */
export function methodName(method, providerTitle = '') {
  if (letters(method) === letters(providerTitle)) return providerTitle;
  const words = method.replaceAll('-', ' ');
  return METHODS[method] ?? `${words[0].toUpperCase()}${words.slice(1)}`;
}

/** The time that is left, as `2 days 4 h`, `3 h 05 min` or `4:59`; undefined when nothing is left. */
export function timeLeft(untilMs, nowMs) {
  const seconds = Math.ceil((untilMs - nowMs) / 1_000);
  if (seconds <= 0) return undefined;
  const pad = (number) => String(number).padStart(2, '0');
  const [minutes, hours, whole] = [60, 3_600, 86_400].map((unit) => Math.floor(seconds / unit));
  const rest = hours % 24 === 0 ? '' : ` ${hours % 24} h`;
  if (whole > 0) return `${whole} ${whole === 1 ? 'day' : 'days'}${rest}`;
  return hours > 0 ? `${hours} h ${pad(minutes % 60)} min` : `${minutes}:${pad(seconds % 60)}`;
}

/** A day and a time: `Dec 3, 11:59 PM`. */
export function dayAndTime(instant) {
  const format = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
  return format.format(new Date(instant));
}

const FACTS = {
  'order.placed': 'Order placed, goods reserved',
  'payment.started': 'Waiting for the payment',
  'payment.authorised': 'The bank approved the payment',
  'payment.failed': 'The payment failed',
  'payment.captured': 'Paid',
  'payment.moved': 'Another way to pay was taken',
  'payment.voided': 'The payment was cancelled',
  'screening.released': 'Order checked',
  'screening.held': 'A person checks the order',
  'screening.refused': 'The order was refused',
  'parcel.booked': 'Label printed, carrier booked',
  'declaration.filed': 'Declared to customs',
  'declaration.accepted': 'Customs accepted the declaration',
  'declaration.queried': 'Customs asked for more information',
  'declaration.released': 'Customs released the goods',
  'declaration.refused': 'Customs refused the goods',
  'parcel.cleared': 'The parcel may be dispatched',
  'dispatch.requested': 'Sent to the warehouse',
  'dispatch.accepted': 'The warehouse took the order',
  'dispatch.short': 'The warehouse is short of goods',
  'parcel.packed': 'Packed',
  'parcel.dispatched': 'The carrier has the parcel',
  'parcel.scanned': 'Scanned by the carrier',
  'parcel.delivered': 'Parcel delivered',
  'parcel.closed': 'A parcel will not arrive; its end is settled',
  'order.delivered': 'All parcels delivered',
  'order.closed': 'No parcel will arrive; the order is settled',
  'order.cancelled': 'The order was cancelled',
  'order.expired': 'The order expired unpaid',
  'order.held': 'A person checks the order',
  'refund.requested': 'Refund started',
  'refund.paid': 'Refund paid',
};

/**
 * The text for a fact of the timeline. An unknown fact is shown by its name. `scan` is the carrier's scan at that
 * time.
 */
export function factInWords(fact, scan) {
  if (fact === 'parcel.scanned' && scan !== undefined) {
    const words = scan.status.replaceAll(/[-_]/g, ' ');
    const place = scan.city === undefined ? '' : `, ${scan.city}`;
    return `Carrier: ${words}${place}`;
  }
  return FACTS[fact] ?? fact.replace('.', ': ').replaceAll('_', ' ');
}

const STATES = {
  placed: 'Waiting for the payment.',
  authorised: 'The bank approved the payment. The order is being checked.',
  released: 'The order is checked. The payment is being collected.',
  paid: 'Paid. The parcels are being prepared.',
  booked: 'Paid. The carrier is booked.',
  cleared: 'Paid. The parcels may leave.',
  fulfilling: 'The warehouse packs the order.',
  cancelling: 'The order is being stopped.',
  held: 'Paid. A person checks the order before it continues.',
  dispatched: 'The parcels are on their way.',
  delivered: 'Delivered. Enjoy!',
  closed: 'The order is closed. No parcel will arrive.',
  cancelled: 'The order was cancelled.',
  expired: 'The order expired because it was not paid.',
};

/** What the shopper waits for while an order is unpaid, by the type of the next action. */
const WAITS = {
  none: (name) => `The payment by ${name} is being confirmed.`,
  redirect: (name) => `Waiting for ${name} to report the payment.`,
  qr: (name) => `Waiting for your payment by ${name}. The goods are reserved for you.`,
  voucher: (name) => `Waiting for your payment by ${name}. The goods are reserved until the voucher ends.`,
  push: (name) => `Waiting for you to confirm the payment by ${name} on your phone.`,
};

export const waitInWords = (type, name) => WAITS[type]?.(name) ?? 'Waiting for the payment.';

export const stateInWords = (status) => STATES[status] ?? `The order is ${status}.`;

export const isOver = (status) => ['delivered', 'closed', 'cancelled', 'expired'].includes(status);
