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

const FACTS = {
  'order.placed': 'Order placed, goods reserved',
  'payment.started': 'Waiting for the payment',
  'payment.authorised': 'The bank approved the payment',
  'payment.failed': 'The payment failed',
  'payment.captured': 'Paid',
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

export const stateInWords = (status) => STATES[status] ?? `The order is ${status}.`;

export const isOver = (status) => ['delivered', 'closed', 'cancelled', 'expired'].includes(status);
