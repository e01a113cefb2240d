import type { Mutant } from './mutant.ts';

const payment = ['test/unit/payment/cash-on-delivery.test.ts'];
const journals = ['test/unit/ledger/cash-journals.test.ts'];
const counting = ['test/unit/order/cash-orders.test.ts'];
const remitting = ['test/unit/payment/remittance-file.test.ts', 'test/unit/payment/reconcile-cash.test.ts'];

const COLLECTED = 'shared/timeline/cash-collected.ts';
const NO_CASH = 'shared/payment/cash/no-cash.ts';
const ORDERS = 'shared/order/cash-orders.ts';

export const cashMutants: readonly Mutant[] = [
  {
    id: 'cash/stopped-order-captured',
    file: COLLECTED,
    find: "if (all.some(({ name }) => name === 'order.cancelled' || name === 'order.expired')) return [];",
    put: '',
    tests: payment,
    harm: 'Money of an order that was stopped counts as paid, and nobody can refund it.',
  },
  {
    id: 'cash/final-too-early',
    file: COLLECTED,
    find: 'const isFinal = isLast && index === delivered.length - 1 ? undefined : false;',
    put: 'const isFinal = undefined;',
    tests: payment,
    harm: 'The money of the second parcel finds a payment that is over.',
  },
  {
    id: 'cash/refused-parcel-taxed',
    file: 'shared/ledger/refunded-share.ts',
    find: 'isRefusedCash(facts, parcelId) ||',
    put: '',
    tests: journals,
    harm: 'Tax is paid for goods that the consignee refused.',
  },
  {
    id: 'cash/sold-at-the-hand-over',
    file: 'shared/ledger/journal-table.ts',
    find: "(captureAt(facts) === 'delivery' ? [] : saleOf(facts, data.parcelId)),",
    put: 'saleOf(facts, data.parcelId),',
    tests: journals,
    harm: 'A parcel that comes back is a sale.',
  },
  {
    id: 'cash/dap-offered',
    file: NO_CASH,
    find: "if (incoterm === 'DAP')",
    put: 'if (false)',
    tests: payment,
    harm: 'The consignee pays two sums at the door, and may refuse one of them.',
  },
  {
    id: 'cash/any-service',
    file: NO_CASH,
    find: 'cashCarriers.get(carrier)?.includes(service) !== true',
    put: 'cashCarriers.get(carrier) === undefined',
    tests: payment,
    harm: 'A parcel is sent unpaid with a service that collects nothing.',
  },
  {
    id: 'cash/second-carton-free',
    file: NO_CASH,
    find: '(all, { count }) => all + count, 0) > 1,',
    put: '(all, { count }) => all + count, 0) > 2,',
    tests: payment,
    harm: 'The consignee takes the carton without an amount.',
  },
  {
    id: 'cash/refusals-forgotten',
    file: ORDERS,
    find: 'now < later(fact.recordedAt, REFUSED_MS),',
    put: 'false,',
    tests: counting,
    harm: 'A shopper orders and refuses without end.',
  },
  {
    id: 'cash/card-orders-count',
    file: ORDERS,
    find: 'if (currentIntent(facts).isCash !== true) return false;',
    put: '',
    tests: counting,
    harm: 'Orders that are paid by card keep a shopper from cash on delivery.',
  },
  {
    id: 'cash/telephone-not-counted',
    file: ORDERS,
    find: '(phone === undefined ? [] : [',
    put: '(true ? [] : [',
    tests: counting,
    harm: 'Another e-mail address is enough to go on refusing parcels.',
  },
  {
    id: 'cash/second-line-of-a-label',
    file: 'shared/payment/cash/remittance-file.ts',
    find: 'times.set(name, time);',
    put: '',
    tests: remitting,
    harm: 'A label that the carrier paid twice passes for a repeated line.',
  },
  {
    id: 'cash/refunded-by-nobody',
    file: 'shared/payment/request-refund.ts',
    find: "if (collectsCash(payment)) return { reason: 'paid-in-cash' };",
    put: '',
    tests: payment,
    harm: 'A refund is promised that no provider can make.',
  },
  {
    id: 'cash/rest-forgotten',
    file: 'shared/payment/settlement/entries.ts',
    find: 'amount.amountMinor > 0 ? [{ ...entry, amount }] : []',
    put: 'parts.length === 0 ? [entry] : []',
    tests: remitting,
    harm: 'A carrier that remits a part owes nothing any more.',
  },
  {
    id: 'cash/rest-of-one-part',
    file: 'shared/payment/settlement/run.ts',
    find: "else if (difference.kind === 'short')",
    put: 'else if (false)',
    tests: remitting,
    harm: 'What a carrier still owes is shown as it was after the first part.',
  },
];
