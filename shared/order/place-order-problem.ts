import type { ReachedLimit } from '../catalogue/index.ts';
import { unreachable } from '../kernel/invariant.ts';
import { contended, keyReused, type Problem } from '../kernel/problem.ts';
import type { PlaceOrderRefusal } from './place-order-refusal.ts';

/** When a shopper may try again who has too much unpaid, in seconds. */
const RETRY_AFTER_SECONDS = 60;
/** The same for orders of which nothing is to be paid, which count for a day. */
const FREE_RETRY_AFTER_SECONDS = 3_600;

/** The answer to a caller whose order is refused. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one case a refusal; the compiler finds a missing one
export function placeOrderProblem(refusal: PlaceOrderRefusal): Problem {
  switch (refusal.reason) {
    case 'key-reused':
      return keyReused;
    case 'quote-unknown':
      return onQuote(404, 'quote-unknown', 'Quote unknown', 'There is no such quote of this storefront.');
    case 'quote-expired':
      return onQuote(
        410,
        'quote-expired',
        'Quote expired',
        'The quote has expired: it was valid for 30 minutes. Ask for a new one.',
      );
    case 'quote-consumed':
      return onQuote(
        409,
        'quote-consumed',
        'Quote consumed',
        'Another order was placed on this quote. Ask for a new one.',
      );
    case 'option-unknown':
      return onField('/optionId', 'option-unknown', 'The quote has no such option.');
    case 'stock-gone':
      return onQuote(
        409,
        'stock-gone',
        'Stock gone',
        `This stock was sold after the quote was made: ${refusal.skus.join(', ')}. Ask for a new quote.`,
      );
    case 'too-many-unpaid':
      return tooManyUnpaid(refusal.limit);
    case 'too-many-free':
      return tooManyFree;
    case 'warehouse-closed':
      return onQuote(
        409,
        'warehouse-closed',
        'Warehouse closed',
        `These warehouses were closed after the quote was made: ${refusal.warehouseIds.join(', ')}. Refresh the quote: POST /v1/quotes/{quoteId}/refresh.`,
      );
    case 'contended':
      return contended;
    case 'slot-hold-unknown':
      return onSlot(422, refusal.reason, 'No such place is held for this quote.');
    case 'slot-hold-expired':
      return onSlot(
        410,
        refusal.reason,
        'The hold has expired: it was valid for 15 minutes. Hold a place again.',
      );
    case 'slot-elsewhere':
      return onSlot(
        422,
        refusal.reason,
        "The slot's delivery zone does not cover the destination of the order.",
      );
    case 'slot-of-other-carrier':
      return onSlot(422, refusal.reason, 'Parcels of the order go with another carrier than the slot.');
    case 'slot-before-promise':
      return onSlot(422, refusal.reason, 'The slot begins before the promised arrival of the parcels.');
    case 'slot-not-quoted':
      return onSlot(422, refusal.reason, 'The plan was priced without this slot. Refresh the quote with it.');
    case 'slot-hold-needed':
      return onSlot(
        422,
        refusal.reason,
        'The price includes a delivery slot: hold a place in it and name the hold in the order.',
      );
    case 'slot-before-payment':
      return {
        ...onField(
          '/payment/method',
          refusal.reason,
          'The payment may arrive after the slot. Take a faster method or a later slot.',
        ),
        title: 'Delivery slot refused',
      };
    case 'method-not-offered':
      return onField(
        '/payment/method',
        'method-not-offered',
        'This payment method is not on offer for the quote.',
      );
    case 'instalments-not-offered':
      return onField(
        '/payment/instalments',
        refusal.reason,
        'This method is not on offer in that number of instalments: GET /v1/payment-methods lists the plans.',
      );
    case 'too-much-cash':
      return onField(
        '/payment/method',
        refusal.reason,
        'This shopper has too many open orders of cash on delivery, or parcels of them were refused not long ago. Take ' +
          'another method.',
      );
    case 'address-elsewhere':
      return onField(
        '/shippingAddress',
        'address-elsewhere',
        `The quote was computed for another place (${refusal.quoted}): country, region and postal code have to agree.`,
      );
    case 'postal-code-not-quoted':
      return onField(
        '/shippingAddress/postalCode',
        'postal-code-not-quoted',
        'The freight depends on the postal code, and the quote was made without one. Ask for a quote with it.',
      );
    case 'territory':
      return onField(`/shippingAddress/${refusal.field}`, 'unsupported-destination', refusal.detail);
    case 'carrier-needs':
      return {
        status: 422,
        code: refusal.reason,
        title: 'Order refused',
        detail: 'The carrier can not print or deliver a label with this address.',
        errors: [...refusal.problems],
      };
    case 'payer-needs':
      return {
        status: 422,
        code: refusal.reason,
        title: 'Order refused',
        detail: 'The payment method needs more data of the shopper.',
        errors: [...refusal.problems],
      };
    case 'tax-id-needed':
      return onField(
        '/shippingAddress/taxId',
        'tax-id-needed',
        `Customs there need the consignee's number (${refusal.number}), and the parcel can't be declared without it.`,
      );
    default:
      return unreachable(refusal, 'every refusal has an answer');
  }
}

const UNPAID = {
  storefront: 'This shop has too many unpaid orders at the moment.',
  client: 'There are too many unpaid orders, or units in them, from this network at the moment.',
  shopper: 'This shopper has too many unpaid orders at the moment.',
  sku: 'Too many units of an article of the basket wait unpaid in this shop at the moment.',
} as const;

const tooManyUnpaid = (limit: ReachedLimit): Problem => ({
  status: 429,
  code: 'too-many-unpaid',
  title: 'Too many unpaid orders',
  detail: `${UNPAID[limit]} Pay one of them, or try again later. Nothing was reserved.`,
  retryAfterSeconds: RETRY_AFTER_SECONDS,
});

const tooManyFree: Problem = {
  status: 429,
  code: 'too-many-free',
  title: 'Too many free orders',
  detail:
    'No more orders of which nothing is to be paid are taken from here today. Try again later. Nothing was reserved.',
  retryAfterSeconds: FREE_RETRY_AFTER_SECONDS,
};

function onQuote(status: 404 | 409 | 410, code: string, title: string, detail: string): Problem {
  return { status, code, title, detail, errors: [{ pointer: '/quoteId', code, detail }] };
}

function onField(pointer: string, code: string, detail: string): Problem {
  return { status: 422, code, title: 'Order refused', detail, errors: [{ pointer, code, detail }] };
}

function onSlot(status: 410 | 422, code: string, detail: string): Problem {
  return {
    status,
    code,
    title: 'Delivery slot refused',
    detail,
    errors: [{ pointer: '/deliverySlot/holdId', code, detail }],
  };
}
