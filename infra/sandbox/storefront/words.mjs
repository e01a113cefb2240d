// Figures and facts in words for a shopper.

/** An amount in minor units as text, such as €99.37 or ¥10,294. */
export function money({ amount, currency }) {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.format(amount / 10 ** format.resolvedOptions().maximumFractionDigits);
}

/** When goods arrive: `Dec 9 – 17`. */
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
  'payment.voided': 'The payment was given up',
  'screening.released': 'Order checked',
  'screening.held': 'A person looks at the order',
  'screening.refused': 'The order was refused',
  'parcel.booked': 'Label printed, carrier booked',
  'declaration.filed': 'Declared to customs',
  'declaration.accepted': 'Customs accepted the declaration',
  'declaration.queried': 'Customs wants to know more',
  'declaration.released': 'Customs released the goods',
  'declaration.refused': 'Customs refused the goods',
  'parcel.cleared': 'Cleared for dispatch',
  'dispatch.requested': 'Sent to the warehouse',
  'dispatch.accepted': 'The warehouse took the order',
  'dispatch.short': 'The warehouse is short of goods',
  'parcel.packed': 'Packed',
  'parcel.dispatched': 'Handed over to the carrier',
  'parcel.scanned': 'Seen on its way',
  'parcel.delivered': 'Parcel delivered',
  'parcel.closed': 'Parcel will not arrive, settled',
  'order.delivered': 'Everything delivered',
  'order.closed': 'No parcel will arrive, settled',
  'order.cancelled': 'The order was cancelled',
  'order.expired': 'The order expired unpaid',
  'order.held': 'A person looks at the order',
  'refund.requested': 'Refund begun',
  'refund.paid': 'Refund paid',
};

/**
 * The meaning of a fact of the timeline; an unknown one is shown by its name. `scan`: the carrier's scan at that time.
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
  held: 'Paid. A person looks at the order before it goes on.',
  dispatched: 'On its way.',
  delivered: 'Delivered. Enjoy!',
  closed: 'The order is closed. No parcel will arrive.',
  cancelled: 'The order was cancelled.',
  expired: 'The order expired because it was not paid.',
};

export const stateInWords = (status) => STATES[status] ?? `The order is ${status}.`;

export const isOver = (status) => ['delivered', 'closed', 'cancelled', 'expired'].includes(status);
