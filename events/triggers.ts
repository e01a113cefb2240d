import { evidenceTriggers } from './evidence-triggers.ts';
import { jobs } from './jobs.ts';
import { pageTriggers } from './page-triggers.ts';
import { purchasingTriggers } from './purchasing-triggers.ts';
import { reconciliationTriggers } from './reconciliation-triggers.ts';
import { replenishmentRunTriggers } from './replenishment-run-triggers.ts';
import { reportTriggers } from './report-triggers.ts';
import { setupTriggers } from './setup-triggers.ts';
import type { Access, Scope, TableAction, Trigger } from './trigger.ts';
import type { WantedFact } from './wanted-fact.ts';

export type * from './trigger.ts';

const storefront: Access = { kind: 'storefront' };
const signature: Access = { kind: 'signature' };
const scope = (name: Scope): Access => ({ kind: 'scope', scope: name });

/** Loading an order's timeline, appending to it, and moving stock in the same transaction. */
const journeyStep: readonly TableAction[] = ['get', 'query', 'put', 'update'];

/** A person released the order, so a step that had stopped it goes on. The rules release it before the payment. */
const releasedByOperator: WantedFact = { name: 'screening.released', where: { by: ['operator'] } };

/** The rules released an order that was paid already. They mostly release it before its payment is captured. */
const releasedAfterCapture: WantedFact = { name: 'screening.released', where: { payment: ['captured'] } };

/**
 * The map of the system: what starts each function, by its id: the file under `functions/` without its ending. The
 * stacks build routes, authorizers, rules, queues and schedules from this table, the local cloud runs what the stacks
 * declare, `docs/functions.md` prints it. The groups stand in the order in which a shop comes to them: what is set up,
 * what is sold and kept, the stages of an order, what is reported and run. Scheduled jobs are in `jobs.ts`.
 */
// biome-ignore format: one entry a function, read like a table
export const triggers = {
  ...setupTriggers,
  'catalogue/put-product': {
    kind: 'http', method: 'PUT', path: '/v1/admin/products/{sku}', access: scope('catalogue:write'),
    does: 'stores a product: HS code, origin, weight, dimensions, prices', table: ['get', 'put'],
  },
  'catalogue/get-products': {
    kind: 'http', method: 'GET', path: '/v1/admin/products', access: scope('catalogue:read'),
    does: 'lists products by HS code and SKU', table: ['get', 'query-lists'],
  },
  'catalogue/get-product': {
    kind: 'http', method: 'GET', path: '/v1/admin/products/{sku}', access: scope('catalogue:read'),
    does: 'shows a product as it is stored, with its version', table: ['get'],
  },
  'catalogue/post-products-import': {
    kind: 'http', method: 'POST', path: '/v1/admin/products/import', access: scope('catalogue:write'),
    does: 'stores many products, all of them or none, and answers with the changes',
    table: ['get', 'put'], memoryMb: 512, timeoutSeconds: 28,
  },
  'catalogue/get-products-check': {
    kind: 'http', method: 'GET', path: '/v1/admin/products/check', access: scope('catalogue:read'),
    does: 'says for products of the catalogue whether they have a price in a market, and what is missing',
    table: ['get', 'query', 'query-lists'], memoryMb: 1769, timeoutSeconds: 28,
  },
  'catalogue/post-costs-import': {
    kind: 'http', method: 'POST', path: '/v1/admin/costs/import', access: scope('catalogue:write'),
    does: 'stores what products cost the merchant, and what was spent on marketing, all of them or none',
    table: ['get', 'put'], timeoutSeconds: 28,
  },
  'stock/post-stock-movement': {
    kind: 'http', method: 'POST', path: '/v1/admin/stock/movements', access: scope('stock:write'),
    does: 'receives, adjusts, writes off, quarantines, transfers stock', table: ['get', 'put', 'update'],
  },
  'stock/get-stock': {
    kind: 'http', method: 'GET', path: '/v1/admin/stock/{sku}', access: scope('stock:read'),
    does: 'gives the position of a SKU by warehouse and state; computes it again from its records on request',
    table: ['get', 'query'], memoryMb: 1769, timeoutSeconds: 28,
  },
  'stock/get-stock-list': {
    kind: 'http', method: 'GET', path: '/v1/admin/stock', access: scope('stock:read'),
    does: 'lists the stock of all products by warehouse', table: ['get', 'query', 'query-lists'],
  },
  'stock/get-stock-entries': {
    kind: 'http', method: 'GET', path: '/v1/admin/stock/{sku}/entries', access: scope('stock:read'),
    does: 'lists every change of the stock of a SKU with its cause', table: ['get', 'query'], timeoutSeconds: 28,
  },
  'stock/put-stock-buckets': {
    kind: 'http', method: 'PUT', path: '/v1/admin/stock/{sku}/buckets', access: scope('stock:write'),
    does: 'spreads the units of a SKU over buckets before a sale', table: ['get', 'update'], timeoutSeconds: 28,
  },
  '1-quote/get-payment-methods': {
    kind: 'http', method: 'GET', path: '/v1/payment-methods', access: storefront,
    does: 'lists the payment methods for a country, currency and amount, of providers that have settings here',
    table: ['get'], secrets: ['partners-payment'],
  },
  '1-quote/get-sellable-products': {
    kind: 'http', method: 'GET', path: '/v1/products/sellable', access: storefront,
    does: 'lists the products that restrictions, duty and tax allow in a market, and until when',
    table: ['get', 'query'], memoryMb: 1024,
  },
  '1-quote/post-quote': {
    kind: 'http', method: 'POST', path: '/v1/quotes', access: storefront,
    does: 'prices a basket to a destination with duty and tax, signed for 30 minutes',
    table: ['get', 'query', 'put'], secrets: ['quote-signing'], memoryMb: 1024,
  },
  '1-quote/post-quote-refresh': {
    kind: 'http', method: 'POST', path: '/v1/quotes/{quoteId}/refresh', access: storefront,
    does: 'prices the basket of an earlier quote again and says what changed and why',
    table: ['get', 'query', 'put'], secrets: ['quote-signing'], memoryMb: 1024,
  },
  '1-quote/get-delivery-slots': {
    kind: 'http', method: 'GET', path: '/v1/delivery-slots', access: storefront,
    does: 'lists the delivery slots of a place that have free places',
    table: ['get', 'query'], secrets: ['quote-signing'],
  },
  '1-quote/post-slot-hold': {
    kind: 'http', method: 'POST', path: '/v1/delivery-slots/{slotId}/holds', access: storefront,
    does: 'holds one place of a delivery slot for a quote, for 15 minutes',
    table: ['get', 'query', 'put', 'update', 'condition'], secrets: ['quote-signing'],
  },
  '2-order/post-order': {
    kind: 'http', method: 'POST', path: '/v1/orders', access: storefront,
    does: 'turns a quote into an order and reserves its stock in one transaction, then starts the payment',
    table: ['get', 'query', 'put', 'update'], secrets: ['quote-signing', 'partners-payment'],
    memoryMb: 512, timeoutSeconds: 28,
  },
  '2-order/get-order': {
    kind: 'http', method: 'GET', path: '/v1/orders/{orderId}', access: storefront,
    does: 'shows an order, its parcels and its timeline to its owner', table: ['query'],
  },
  '2-order/post-payment': {
    kind: 'http', method: 'POST', path: '/v1/orders/{orderId}/payment', access: storefront,
    does: 'pays an order by another method: voids what was begun before, and starts the new one',
    table: journeyStep, secrets: ['partners-payment'], memoryMb: 512, timeoutSeconds: 28,
  },
  '2-order/post-cancellation': {
    kind: 'http', method: 'POST', path: '/v1/orders/{orderId}/cancellation', access: storefront,
    does: 'asks to stop an order; facts give the result later', table: journeyStep,
  },
  '2-order/get-orders': {
    kind: 'http', method: 'GET', path: '/v1/admin/orders', access: scope('orders:read'),
    does: 'lists orders that are open, want attention or are closed; all of them, or those that wait for a warehouse',
    table: ['query', 'query-lists'],
  },
  '2-order/get-order-for-operator': {
    kind: 'http', method: 'GET', path: '/v1/admin/orders/{orderId}', access: scope('orders:read'),
    does: 'shows an order, its ledger and its timeline to an operator', table: ['query'],
  },
  '2-order/post-acknowledgement': {
    kind: 'http', method: 'POST', path: '/v1/admin/orders/{orderId}/acknowledge', access: scope('orders:write'),
    does: 'ends a reason for attention that an operator has dealt with', table: journeyStep,
  },
  '2-order/post-parcel-closing': {
    kind: 'http', method: 'POST', path: '/v1/admin/orders/{orderId}/close', access: scope('orders:write'),
    does: 'closes a parcel that is lost, came back or was stopped: books its stock and refunds its price',
    table: journeyStep,
  },
  '3-payment/hook-payment': {
    kind: 'http', method: 'POST', path: '/v1/hooks/payment/{code}', access: signature, callback: 'payment',
    does: "checks a payment provider's signature and puts the callback in its queue", secrets: ['partners-payment'],
  },
  '3-payment/on-payment-callback': {
    kind: 'queue', callback: 'payment', work: ['payment'],
    does: "turns the provider's callbacks and answers into payment facts; expires orders that were never paid",
    table: journeyStep, secrets: ['partners-payment'], timeoutSeconds: 60,
  },
  '3-payment/on-screening-released': {
    kind: 'queue', facts: ['screening.released'], work: ['capture'],
    does: 'captures the authorised amount', table: journeyStep, secrets: ['partners-payment'], timeoutSeconds: 30,
  },
  '3-payment/on-order-stopped': {
    kind: 'queue', facts: ['order.cancelled', 'order.expired', 'refund.requested', 'payment.moved', 'intent.captured'],
    work: ['refund', 'evidence'],
    does: 'voids the authorisation or refunds the capture; voids and refunds intents that do not pay the order; asks for the evidence for disputes',
    table: journeyStep, secrets: ['partners-payment'], timeoutSeconds: 60,
  },
  ...evidenceTriggers,
  ...reconciliationTriggers,
  '4-screening/on-payment-authorised': {
    kind: 'queue', facts: ['payment.authorised'], work: ['screening'],
    does: 'checks destination, address, goods and amounts; releases the order, holds it for a person, or refuses it', table: journeyStep,
  },
  '4-screening/post-decision': {
    kind: 'http', method: 'POST', path: '/v1/admin/orders/{orderId}/{decision}', access: scope('orders:write'),
    does: "applies an operator's decision: release, hold, refuse, refund", table: journeyStep,
  },
  '5-shipping/on-payment-captured': {
    kind: 'queue', facts: ['payment.captured', releasedByOperator, releasedAfterCapture], work: ['booking'],
    does: 'books every carton of every parcel with its carrier: label and tracking number',
    table: journeyStep, secrets: ['partners-carrier'], timeoutSeconds: 90,
  },
  '5-shipping/on-order-cancelled': {
    kind: 'queue', facts: ['order.cancelled', 'parcel.closed'], work: ['voiding'],
    does: 'voids unused labels at the carrier',
    table: journeyStep, secrets: ['partners-carrier'], timeoutSeconds: 60,
  },
  '5-shipping/post-carrier-invoices': {
    kind: 'http', method: 'POST', path: '/v1/admin/carrier-invoices', access: scope('orders:write'),
    does: "compares carriers' invoices with the rate cards and disputes the excess",
    table: journeyStep, timeoutSeconds: 28,
  },
  '5-shipping/post-freight-settlement': {
    kind: 'http', method: 'POST', path: '/v1/admin/orders/{orderId}/freight-settlements', access: scope('orders:write'),
    does: 'settles a disputed line of an invoice as credited or accepted', table: journeyStep,
  },
  '6-customs/on-parcel-booked': {
    kind: 'queue', facts: ['parcel.booked', releasedByOperator], work: ['clearance'],
    does: 'files the declaration of a parcel that crosses a customs border; asks for its state when it is late',
    table: journeyStep, secrets: ['partners-customs'], timeoutSeconds: 60,
  },
  '6-customs/hook-customs': {
    kind: 'http', method: 'POST', path: '/v1/hooks/customs/{code}', access: signature, callback: 'customs',
    does: "checks a broker's signature and puts the callback in its queue", secrets: ['partners-customs'],
  },
  '6-customs/on-customs-callback': {
    kind: 'queue', callback: 'customs',
    does: "turns the authority's answer into declaration facts", table: journeyStep, secrets: ['partners-customs'], timeoutSeconds: 30,
  },
  '6-customs/on-order-cancelled': {
    kind: 'queue', facts: ['order.cancelled', 'parcel.closed'], work: ['withdrawal'],
    does: 'withdraws declarations of goods that will not leave',
    table: journeyStep, secrets: ['partners-customs'], timeoutSeconds: 60,
  },
  '7-warehouse/on-parcel-cleared': {
    kind: 'queue', facts: ['parcel.cleared', releasedByOperator], work: ['dispatch'],
    does: 'sends the dispatch order to the warehouse; asks for its state when it is late',
    table: journeyStep, secrets: ['partners-warehouse'], timeoutSeconds: 60,
  },
  '7-warehouse/on-cancellation-requested': {
    kind: 'queue', facts: ['order.cancellation_requested'], work: ['cancellation'],
    does: 'asks the warehouse to stop and stores whether it was in time',
    table: journeyStep, secrets: ['partners-warehouse'], timeoutSeconds: 60,
  },
  '7-warehouse/hook-warehouse': {
    kind: 'http', method: 'POST', path: '/v1/hooks/warehouse/{code}', access: signature, callback: 'warehouse',
    does: "checks a warehouse's signature and puts the callback in its queue", secrets: ['partners-warehouse'],
  },
  '7-warehouse/on-warehouse-callback': {
    kind: 'queue', callback: 'warehouse',
    does: "turns the warehouse's callbacks into facts: packed, short, handed over", table: journeyStep,
    secrets: ['partners-warehouse'], timeoutSeconds: 30,
  },
  '8-delivery/hook-carrier': {
    kind: 'http', method: 'POST', path: '/v1/hooks/carrier/{code}', access: signature, callback: 'carrier',
    does: "checks a carrier's signature and puts the callback in its queue", secrets: ['partners-carrier'],
  },
  '8-delivery/on-carrier-callback': {
    kind: 'queue', callback: 'carrier', work: ['delivery'],
    does: 'turns scans into facts up to the delivery; asks the carrier when scans stop',
    table: journeyStep, secrets: ['partners-carrier'], timeoutSeconds: 60,
  },
  ...purchasingTriggers,
  ...replenishmentRunTriggers,
  ...reportTriggers,
  'privacy/post-erasure': {
    kind: 'http', method: 'POST', path: '/v1/admin/erasures', access: scope('privacy:erase'),
    does: 'erases the personal data of orders that have ended, and marks the others, by order or by e-mail address',
    table: ['get', 'query', 'query-lists', 'put', 'update'], secrets: ['quote-signing'], timeoutSeconds: 28,
  },
  'privacy/get-erasure': {
    kind: 'http', method: 'GET', path: '/v1/admin/erasures/{erasureId}', access: scope('privacy:erase'),
    does: 'shows an erasure and the receipt of each of its orders', table: ['get', 'query'],
  },
  'operations/authorise-storefront': {
    kind: 'authorizer', does: 'recognises a storefront by its publishable key', table: ['get'],
  },
  'operations/relay-facts': {
    kind: 'stream', watches: 'changes',
    does: 'sends new facts to the queues of the functions that wait for them, and on the bus where other systems do; publishes that stock was moved by hand, ran out or is available again',
    table: ['get', 'query'], publishes: true, sends: ['facts'], timeoutSeconds: 30,
  },
  'operations/relay-to-lake': {
    kind: 'stream', watches: 'lake',
    does: 'sends every fact, movement of stock, quote, callback, rate and product to the delivery stream of the lake, without personal data',
    table: ['get', 'query', 'query-lists'], captures: true, memoryMb: 512, timeoutSeconds: 120,
  },
  'operations/on-unrelayed-item': {
    kind: 'queue', unrelayed: true,
    does: 'relays items that a relay could not relay, read from the table again',
    table: ['get', 'query', 'query-lists'], publishes: true, captures: true, sends: ['facts'], timeoutSeconds: 30,
  },
  // What everybody may read.
  ...pageTriggers,
  // Started by a schedule.
  ...jobs,
} as const satisfies Record<string, Trigger>;

export type FunctionId = keyof typeof triggers;

/** The table as one list, in the order of the journey: a job stands with the others of its folder. */
export const triggerList = [
  ...Map.groupBy(Object.entries(triggers), ([id]) => id.split('/')[0]).values(),
].flat() as [FunctionId, Trigger][];
