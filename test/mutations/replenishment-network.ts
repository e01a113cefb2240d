import type { Mutant } from './mutant.ts';

const transfers = ['test/unit/replenishment/network/transfers.test.ts'];
const sending = ['test/unit/replenishment/sending.test.ts'];
const calls = ['test/unit/replenishment/supplier-calls.test.ts'];
const state = ['test/unit/replenishment/order-state.test.ts'];
const choosing = ['test/unit/replenishment/suppliers.test.ts'];
const inbound = ['test/unit/replenishment/inbound.test.ts'];
const risks = ['test/unit/replenishment/supply-risks.test.ts'];
const limits = ['test/unit/replenishment/policy/expiry-and-limits.test.ts'];
const NETWORK = 'shared/replenishment/network';
const PURCHASING = 'shared/replenishment/purchasing';

export const replenishmentNetworkMutants: readonly Mutant[] = [
  {
    id: 'network/safety-stock-given-away',
    file: `${NETWORK}/sku-network.ts`,
    find: 'Math.floor(stock - Math.max(0, safetyStock) + 1e-9)',
    put: 'Math.floor(stock)',
    tests: transfers,
    harm: 'A site gives away its safety stock.',
  },
  {
    id: 'network/dock-over-capacity',
    file: `${NETWORK}/transfer-repair.ts`,
    find: 'if (excess <= 1e-9) break;',
    put: 'break;',
    tests: transfers,
    harm: 'More is sent to a site than its dock can take.',
  },
  {
    id: 'network/room-not-used',
    file: `${NETWORK}/transfer-repair.ts`,
    find: '    sendElsewhere(each.sku, units, room);\n',
    put: '',
    tests: transfers,
    harm: 'Units that find a dock full stay at the hub although another site needs them.',
  },
  {
    id: 'network/bound-without-capacity',
    file: `${NETWORK}/plan-transfers.ts`,
    find: 'gain -= (prices.get(siteId) ?? 0) * excess;',
    put: 'gain += (prices.get(siteId) ?? 0) * excess;',
    tests: transfers,
    harm: 'The bound is wrong, and a plan is called good that is not.',
  },
  {
    id: 'network/costly-moves',
    file: `${NETWORK}/star-transfers.ts`,
    find: 'if (net <= 0) break;',
    put: '',
    tests: transfers,
    harm: 'Units are moved for more than they bring.',
  },
  {
    id: 'purchasing/cancellation-kept-back',
    file: `${PURCHASING}/after-cancelling.ts`,
    find: '(before?.sendAttempts ?? 0) > 0',
    put: 'false',
    tests: sending,
    harm: 'A supplier whose answer was lost ships an order that was cancelled.',
  },
  {
    id: 'purchasing/entities-read',
    file: `${PURCHASING}/calls/read-call.ts`,
    find: 'if (/<!DOCTYPE|<!ENTITY/i.test(body))',
    put: 'if (body === "")',
    tests: calls,
    harm: 'A document makes the function expand entities without end.',
  },
  {
    id: 'purchasing/refusal-as-acceptance',
    file: `${PURCHASING}/calls/read-call.ts`,
    find: "RE: 'refused'",
    put: "RE: 'taken'",
    tests: calls,
    harm: 'A refused order is waited for.',
  },
  {
    id: 'purchasing/kilograms-as-pieces',
    file: `${PURCHASING}/calls/read-call.ts`,
    find: "'@unitCode': z.enum(PIECES)",
    put: "'@unitCode': z.string()",
    tests: calls,
    harm: 'A weight is taken for a number of pieces.',
  },
  {
    id: 'purchasing/shipped-more-than-open',
    file: `${PURCHASING}/decide-order.ts`,
    find: 'const most = line.open - line.onTheWay;',
    put: 'const most = line.open;',
    tests: state,
    harm: 'The same units are announced twice.',
  },
  {
    id: 'purchasing/retired-supplier',
    file: `${PURCHASING}/choose-suppliers.ts`,
    find: "if (supplier.status !== 'up') return supplier.status;",
    put: "if (supplier.status === 'down') return supplier.status;",
    tests: choosing,
    harm: 'A supplier that was retired gets orders.',
  },
  {
    id: 'inbound/counted-twice',
    file: `${PURCHASING}/decide-order.ts`,
    find: "if (notice.received !== undefined) return refused({ reason: 'already-counted' });",
    put: '',
    tests: [...state, ...inbound],
    harm: 'A delivery becomes stock twice.',
  },
  {
    id: 'inbound/port-without-end',
    file: 'shared/replenishment/inbound/supply-risks.ts',
    find: 'const ports = new Set(congested.filter(({ until }) => until > now).map(({ port }) => port));',
    put: 'const ports = new Set(congested.map(({ port }) => port));',
    tests: risks,
    harm: 'The risk of a port never ends.',
  },
  {
    id: 'policy/budget-in-another-currency',
    file: 'shared/replenishment/policy/limits.ts',
    find: 'if (budget !== undefined && budget.currency !== line.unitPrice.currency) {',
    put: 'if (budget === undefined && line.unitPrice.currency === undefined) {',
    tests: limits,
    harm: 'A budget is compared with amounts of another currency.',
  },
];
