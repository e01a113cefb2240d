import type { FunctionId } from '../../../events/triggers.ts';
import { rulesProblem, tooManyChanges } from '../../../shared/duties/rule-import/rules-problem.ts';
import { money } from '../../../shared/kernel/money.ts';
import { invalid, notFound, type Problem } from '../../../shared/kernel/problem.ts';
import {
  alreadyDispatched,
  type ClosingRefusal,
  clearingProblem,
  closingProblem,
  type PlaceOrderRefusal,
} from '../../../shared/order/index.ts';
import { placeOrderProblem } from '../../../shared/order/place-order-problem.ts';
import { erasureProblem } from '../../../shared/privacy/index.ts';
import { type QuoteRefusal, quoteProblem, refreshProblem } from '../../../shared/quote/index.ts';
import { decisionProblem } from '../../../shared/screening/index.ts';
import { invoicesContradict, settlementProblems } from '../../../shared/shipping/index.ts';
import { type HoldRefusal, type SlotSearchRefusal, slotProblem } from '../../../shared/slots/index.ts';
import { stockProblems } from '../../../shared/stock/index.ts';
import { tooManyVisits, visitsNotKept } from '../../../shared/visits/index.ts';
import { samplePartners } from '../sample-shop/sample-partners.ts';
import { choiceProblems, evidenceProblems, refundProblems } from './payment-refusals.ts';
import { replenishmentRefusals } from './replenishment-refusals.ts';
import { tariffRefusals } from './tariff-example.ts';

/** One refusal for each reason of a union. If a reason is added without an example, the code does not compile. */
type OfEach<Refusal extends { readonly reason: string }> = {
  readonly [Reason in Refusal['reason']]: Refusal & { readonly reason: Reason };
};

const quoteRefusal = <Reason extends QuoteRefusal['reason']>(
  reason: Reason,
  pointer: string,
  detail: string,
) => ({ reason, problems: [{ pointer, code: reason, detail }] });

const slot = '/deliverySlot/slotId';

const quoteRefusals: OfEach<QuoteRefusal> = {
  'nothing-to-pay': quoteRefusal(
    'nothing-to-pay',
    '/lines',
    'the goods are free and nothing else is to be paid: this storefront takes no such orders',
  ),
  'unknown-sku': quoteRefusal('unknown-sku', '/lines/0/sku', 'there is no product TSHIRT-LINEN'),
  'unsupported-destination': quoteRefusal(
    'unsupported-destination',
    '/destination/country',
    'we do not sell to AQ',
  ),
  'unsupported-currency': quoteRefusal(
    'unsupported-currency',
    '/currency',
    'there is no exchange rate from EUR to ISK',
  ),
  'no-payment-method': quoteRefusal('no-payment-method', '/currency', 'no payment method takes KWD in KW'),
  'stale-rates': quoteRefusal('stale-rates', '/currency', 'the exchange rates have expired'),
  'not-in-stock': quoteRefusal(
    'not-in-stock',
    '/lines/0/quantity',
    'not enough of TSHIRT-COTTON-NAVY can be sent there',
  ),
  'no-lane': quoteRefusal('no-lane', '/destination/country', 'no warehouse ships to IS'),
  'carrier-down': quoteRefusal(
    'carrier-down',
    '/lines',
    `${samplePartners.carrier} standard is out of service, and nothing else serves this basket there`,
  ),
  unclassified: quoteRefusal(
    'unclassified',
    '/lines/0/sku',
    'the declaration asks for a code of 10 digits and the product has 691200',
  ),
  'not-registered': quoteRefusal(
    'not-registered',
    '/destination/country',
    'the seller has no registration that the scheme asks for',
  ),
  'restricted-goods': quoteRefusal(
    'restricted-goods',
    '/lines/0/sku',
    'not sold there without a certificate',
  ),
  'no-declarant': quoteRefusal(
    'no-declarant',
    '/destination/country',
    'only the consignee can declare goods there: ask for DAP',
  ),
  'trade-defence': quoteRefusal(
    'trade-defence',
    '/lines/0/sku',
    'an anti-dumping duty may be due, and it is not computed',
  ),
  'not-supported': quoteRefusal('not-supported', '/lines/0/sku', 'the duty on these goods is not computed'),
  'too-large': quoteRefusal('too-large', '/lines', 'an order has at most 80 lines and parts of lines'),
  'too-many-units': quoteRefusal(
    'too-many-units',
    '/lines/0/quantity',
    'at most 20 units of TSHIRT-COTTON-NAVY in a basket',
  ),
  'slot-unknown': quoteRefusal('slot-unknown', slot, 'there is no such slot'),
  'slot-closed': quoteRefusal(
    'slot-closed',
    slot,
    'the slot is not open for booking now; list the slots again',
  ),
  'slot-elsewhere': quoteRefusal(
    'slot-elsewhere',
    slot,
    "the slot's delivery zone does not cover the destination",
  ),
  'slot-of-other-carrier': quoteRefusal(
    'slot-of-other-carrier',
    slot,
    'parcels there go with another carrier',
  ),
  'slot-before-promise': quoteRefusal(
    'slot-before-promise',
    slot,
    'the slot begins before the earliest arrival that can be promised',
  ),
};

const orderRefusals: OfEach<PlaceOrderRefusal> = {
  'key-reused': { reason: 'key-reused' },
  'quote-unknown': { reason: 'quote-unknown' },
  'quote-expired': { reason: 'quote-expired' },
  'quote-consumed': { reason: 'quote-consumed' },
  'option-unknown': { reason: 'option-unknown' },
  'postal-code-not-quoted': { reason: 'postal-code-not-quoted' },
  'method-not-offered': { reason: 'method-not-offered' },
  'instalments-not-offered': { reason: 'instalments-not-offered' },
  'too-much-cash': { reason: 'too-much-cash' },
  contended: { reason: 'contended' },
  'slot-hold-unknown': { reason: 'slot-hold-unknown' },
  'slot-hold-expired': { reason: 'slot-hold-expired' },
  'slot-elsewhere': { reason: 'slot-elsewhere' },
  'slot-of-other-carrier': { reason: 'slot-of-other-carrier' },
  'slot-before-promise': { reason: 'slot-before-promise' },
  'slot-not-quoted': { reason: 'slot-not-quoted' },
  'slot-hold-needed': { reason: 'slot-hold-needed' },
  'slot-before-payment': { reason: 'slot-before-payment' },
  'too-many-unpaid': { reason: 'too-many-unpaid', limit: 'client' },
  'too-many-free': { reason: 'too-many-free', limit: 'shopper' },
  'stock-gone': { reason: 'stock-gone', skus: ['TSHIRT-COTTON-NAVY'] },
  'warehouse-closed': { reason: 'warehouse-closed', warehouseIds: ['pl-poznan'] },
  'address-elsewhere': { reason: 'address-elsewhere', quoted: 'DE' },
  territory: {
    reason: 'territory',
    field: 'postalCode',
    detail: 'Guam has customs and tax rules of its own, and we do not sell there',
  },
  'carrier-needs': {
    reason: 'carrier-needs',
    problems: [
      {
        pointer: '/customer/phone',
        code: 'carrier-needs',
        detail: 'the carrier of this service needs a telephone number of the consignee',
      },
    ],
  },
  'payer-needs': {
    reason: 'payer-needs',
    problems: [
      {
        pointer: '/customer/phone',
        code: 'payer-needs',
        detail: 'the payment method needs the telephone number of the shopper',
      },
    ],
  },
  'tax-id-needed': { reason: 'tax-id-needed', number: 'CPF' },
};

const searchRefusals: OfEach<SlotSearchRefusal> = {
  'quote-unknown': { reason: 'quote-unknown' },
  'quote-expired': { reason: 'quote-expired' },
  'option-unknown': { reason: 'option-unknown' },
  'quote-elsewhere': { reason: 'quote-elsewhere' },
};

const holdRefusals: OfEach<HoldRefusal> = {
  'key-reused': { reason: 'key-reused' },
  'quote-unknown': { reason: 'quote-unknown' },
  'quote-expired': { reason: 'quote-expired' },
  'quote-consumed': { reason: 'quote-consumed' },
  'option-unknown': { reason: 'option-unknown' },
  'slot-unknown': { reason: 'slot-unknown' },
  'slot-closed': { reason: 'slot-closed' },
  'slot-full': { reason: 'slot-full' },
  'too-many-held': { reason: 'too-many-held' },
  'slot-elsewhere': { reason: 'slot-elsewhere' },
  'slot-of-other-carrier': { reason: 'slot-of-other-carrier' },
  'slot-before-promise': { reason: 'slot-before-promise' },
  'slot-not-quoted': { reason: 'slot-not-quoted' },
  contended: { reason: 'contended' },
};

const decisionRefusals: { readonly [Refusal in Parameters<typeof decisionProblem>[0]]: Refusal } = {
  'order-ended': 'order-ended',
  'being-stopped': 'being-stopped',
  'not-paid-yet': 'not-paid-yet',
  'already-dispatched': 'already-dispatched',
  'request-reused': 'request-reused',
};

const closingRefusals: OfEach<ClosingRefusal> = {
  'parcel-unknown': { reason: 'parcel-unknown' },
  'order-ended': { reason: 'order-ended' },
  'being-stopped': { reason: 'being-stopped' },
  'closed-otherwise': { reason: 'closed-otherwise' },
  'already-delivered': { reason: 'already-delivered' },
  'already-dispatched': { reason: 'already-dispatched' },
  'not-dispatched': { reason: 'not-dispatched' },
  'at-the-warehouse': { reason: 'at-the-warehouse' },
  'nothing-dispatched': { reason: 'nothing-dispatched' },
  'order-running': { reason: 'order-running' },
  'other-currency': { reason: 'other-currency' },
  'more-than-is-left': { reason: 'more-than-is-left', left: money(4_462, 'EUR') },
  'restock-not-returned': { reason: 'restock-not-returned' },
  'restock-unknown': { reason: 'restock-unknown', index: 0 },
  'restock-twice': { reason: 'restock-twice', index: 1 },
  'restock-nothing': { reason: 'restock-nothing', index: 0 },
  'restock-too-many': { reason: 'restock-too-many', index: 0, sent: 2 },
};

const clearingRefusals: { readonly [Refusal in Parameters<typeof clearingProblem>[0]]: Refusal } = {
  'reason-unknown': 'reason-unknown',
  'release-needed': 'release-needed',
  'settlement-needed': 'settlement-needed',
};

const badRules = { title: 'Rates of 2027', rows: [{ id: 'au-gst-11' }] };

/** The refusals of each route with their messages. Refusals that every route of the kind can give are not in it. */
const refusals: Partial<Record<FunctionId, readonly Problem[]>> = {
  '1-quote/post-quote': Object.values(quoteRefusals).map(quoteProblem),
  '1-quote/post-quote-refresh': [
    notFound('quote of this storefront'),
    ...Object.values(quoteRefusals).map(refreshProblem),
  ],
  '1-quote/get-delivery-slots': Object.values(searchRefusals).map((each) => slotProblem(each, '#/query')),
  '1-quote/post-slot-hold': Object.values(holdRefusals).map((each) => slotProblem(each, '')),
  '2-order/post-order': Object.values(orderRefusals).map(placeOrderProblem),
  '2-order/get-order': [notFound('order')],
  '2-order/get-order-for-operator': [notFound('order')],
  '2-order/post-payment': [notFound('order'), ...choiceProblems],
  '2-order/post-cancellation': [notFound('order'), alreadyDispatched],
  '2-order/post-acknowledgement': [
    notFound('order'),
    ...Object.values(clearingRefusals).map(clearingProblem),
  ],
  '2-order/post-parcel-closing': [notFound('order'), ...Object.values(closingRefusals).map(closingProblem)],
  '4-screening/post-decision': [
    notFound('order'),
    ...Object.values(decisionRefusals).map(decisionProblem),
    ...refundProblems,
  ],
  '3-payment/get-dispute-evidence': [notFound('order'), notFound('dispute of the order')],
  '3-payment/post-dispute-evidence': [notFound('order'), ...evidenceProblems],
  '5-shipping/post-carrier-invoices': [
    invoicesContradict([
      { pointer: '/lines/1', code: 'other-amount', detail: 'the line was imported with another amount' },
    ]),
  ],
  '5-shipping/post-freight-settlement': [notFound('order'), ...Object.values(settlementProblems)],
  'reports/post-visits': [tooManyVisits(30), visitsNotKept],
  ...replenishmentRefusals,
  'setup/get-warehouse': [notFound('warehouse')],
  'setup/get-seller': [notFound('seller yet')],
  'setup/put-carrier-health': [notFound('carrier on any lane of the network')],
  'setup/get-rules': [notFound('regime')],
  'setup/post-rules-import': [
    rulesProblem({ reason: 'moved-on' }, badRules),
    rulesProblem(
      { reason: 'bad-rows', problems: [{ row: 0, field: 'law', detail: 'expected a string' }] },
      badRules,
    ),
    tooManyChanges,
  ],
  'setup/post-tariffs-import': tariffRefusals,
  'catalogue/get-product': [notFound('product')],
  'stock/post-stock-movement': Object.values(stockProblems),
  'stock/get-stock': [notFound('stock')],
  'stock/put-stock-buckets': [notFound('stock of the SKU at that warehouse'), stockProblems.busy],
  'privacy/post-erasure': [
    erasureProblem({ reason: 'key-reused' }),
    erasureProblem({ reason: 'order-unknown', orderIds: ['ord_01KAXB3J5K0000000000000000'] }),
  ],
  'privacy/get-erasure': [notFound('erasure')],
  'reports/get-report': [
    invalid([{ pointer: '#/query/period', code: 'invalid-format', detail: 'a month such as 2026-11' }]),
  ],
  'operations/get-docs': [notFound('page')],
};

export const refusalsOf = (id: FunctionId): readonly Problem[] => refusals[id] ?? [];
