import type { ReplenishmentDataOf, ReplenishmentFact } from '../../../events/replenishment.ts';
import { invariant, unreachable } from '../../kernel/invariant.ts';
import type { MoneyJson } from '../../kernel/money.ts';
import { type Instant, later } from '../../kernel/time.ts';
import { defineTransitions, mayMove } from '../../kernel/transitions.ts';

export const orderStatuses = [
  'proposed',
  'approved',
  'sent',
  'acknowledged',
  'shipped',
  'received',
  'closed',
  'cancelled',
] as const;

export type OrderStatus = (typeof orderStatuses)[number];

/**
 * The legal moves. A transfer order has no supplier: it goes from approved to shipped. `shipped` while a delivery is on
 * its way, `received` once every delivery was counted.
 */
export const orderTransitions = defineTransitions<OrderStatus>('proposed', {
  proposed: ['approved', 'cancelled'],
  approved: ['sent', 'shipped', 'cancelled'],
  sent: ['acknowledged', 'shipped', 'closed', 'cancelled'],
  acknowledged: ['acknowledged', 'shipped', 'closed', 'cancelled'],
  shipped: ['shipped', 'received'],
  received: ['shipped', 'received', 'closed'],
  closed: [],
  cancelled: [],
});

/** One SKU of an order. `received + open = ordered` always. */
interface OrderLine {
  readonly sku: string;
  readonly ordered: number;
  /** Good units that came. */
  readonly received: number;
  /** Units on their way, by notices that were not counted yet. */
  readonly onTheWay: number;
  /** Units that came damaged or were rejected: they are open, because others should come for them. */
  readonly damaged: number;
  readonly open: number;
  readonly unitPrice?: MoneyJson;
  readonly needKey: string;
}

/** A delivery of an order. */
interface OrderNotice {
  readonly shipped: ReplenishmentDataOf<'replenishment.shipped'>;
  readonly received?: ReplenishmentDataOf<'replenishment.received'>;
}

/** An order as its facts make it. */
export interface OrderState {
  readonly replenishmentOrderId: string;
  readonly kind: 'purchase' | 'transfer';
  readonly supplierId?: string;
  readonly fromWarehouseId?: string;
  readonly warehouseId: string;
  readonly status: OrderStatus;
  readonly lines: readonly OrderLine[];
  readonly notices: readonly OrderNotice[];
  readonly total?: MoneyJson;
  readonly runId: string;
  readonly proposedAt: Instant;
  readonly sentAt?: Instant;
  readonly acknowledgedAt?: Instant;
  readonly supplierReference?: string;
  /** When and why it was cancelled, of a cancelled order. */
  readonly cancelledAt?: Instant;
  readonly cancelledFor?: ReplenishmentDataOf<'replenishment.cancelled'>['reason'];
  /** The arrival as it is expected now: by the lead time, then by what the supplier said last. */
  readonly expectedAt: Instant;
  /** The arrival by the lead time, from when the order was sent: a supplier can't make itself punctual afterwards. */
  readonly promisedAt: Instant;
  /** The number of facts. */
  readonly sequence: number;
}

/** Whether nothing more comes of the order. */
export const hasEnded = ({ status }: Pick<OrderState, 'status'>): boolean =>
  orderTransitions[status].length === 0;

/** The state of an order from all its facts, in order. Throws on facts that no order can have. */
export function orderStateOf(facts: readonly ReplenishmentFact[]): OrderState {
  const [first, ...others] = facts;
  invariant(first?.name === 'replenishment.proposed', 'an order begins with its proposal');
  return others.reduce(evolve, proposed(first.data));
}

/** The state after one more fact. Throws on a fact that may not follow. */
export function evolve(state: OrderState, fact: ReplenishmentFact): OrderState {
  const { replenishmentOrderId } = state;
  invariant(fact.data.sequence === state.sequence + 1, 'facts of an order are numbered without a gap', {
    replenishmentOrderId,
  });
  const next = applied(state, fact);
  invariant(mayMove(orderTransitions, state.status, next.status), 'an order makes legal moves only', {
    replenishmentOrderId,
    from: state.status,
    fact: fact.name,
  });
  return { ...next, sequence: fact.data.sequence };
}

function applied(state: OrderState, fact: ReplenishmentFact): OrderState {
  switch (fact.name) {
    case 'replenishment.proposed':
      return state;
    case 'replenishment.approved':
      return { ...state, status: 'approved' };
    case 'replenishment.sent': {
      const { at } = fact.data;
      // The lead time begins when the order is sent: a person may have taken days to approve it.
      const leadMs = Date.parse(state.expectedAt) - Date.parse(state.proposedAt);
      const promisedAt = later(at, leadMs);
      return { ...state, status: 'sent', sentAt: at, expectedAt: promisedAt, promisedAt };
    }
    case 'replenishment.acknowledged': {
      const { at, expectedAt, supplierReference, changes = [] } = fact.data;
      const named = supplierReference === undefined ? {} : { supplierReference };
      const taken = { ...state, ...named, status: 'acknowledged', acknowledgedAt: at, expectedAt } as const;
      return changes.length === 0 ? taken : withQuantities(taken, changes);
    }
    case 'replenishment.shipped':
      return afterShipping(state, fact.data);
    case 'replenishment.received':
      return afterReceipt(state, fact.data);
    case 'replenishment.closed':
      return { ...state, status: 'closed' };
    case 'replenishment.cancelled':
      return { ...state, status: 'cancelled', cancelledAt: fact.data.at, cancelledFor: fact.data.reason };
    default:
      return unreachable(fact, 'every fact of an order changes it');
  }
}

function proposed(data: ReplenishmentDataOf<'replenishment.proposed'>): OrderState {
  const { replenishmentOrderId, kind, supplierId, fromWarehouseId, warehouseId, total } = data;
  return {
    ...{ replenishmentOrderId, kind, warehouseId, status: 'proposed', notices: [] },
    ...(supplierId === undefined ? {} : { supplierId }),
    ...(fromWarehouseId === undefined ? {} : { fromWarehouseId }),
    ...(total === undefined ? {} : { total }),
    lines: data.lines.map(({ sku, quantity, unitPrice, needKey }) => ({
      ...{ sku, ordered: quantity, received: 0, onTheWay: 0, damaged: 0, open: quantity, needKey },
      ...(unitPrice === undefined ? {} : { unitPrice }),
    })),
    runId: data.runId,
    proposedAt: data.at,
    expectedAt: data.expectedAt,
    promisedAt: data.expectedAt,
    sequence: data.sequence,
  };
}

/** The order with fewer units of some lines, and the total that follows from its prices. */
function withQuantities(
  state: OrderState,
  changes: readonly { readonly sku: string; readonly quantity: number }[],
): OrderState {
  const quantities = new Map(changes.map(({ sku, quantity }) => [sku, quantity]));
  const lines = state.lines.map((line) => {
    const ordered = quantities.get(line.sku) ?? line.ordered;
    return { ...line, ordered, open: ordered - line.received };
  });
  const amount = lines.reduce((sum, { ordered, unitPrice }) => sum + ordered * (unitPrice?.amount ?? 0), 0);
  return { ...state, lines, ...(state.total === undefined ? {} : { total: { ...state.total, amount } }) };
}

function afterShipping(state: OrderState, data: ReplenishmentDataOf<'replenishment.shipped'>): OrderState {
  const units = new Map(data.lines.map((line) => [line.sku, line.units]));
  return {
    ...state,
    status: 'shipped',
    notices: [...state.notices, { shipped: data }],
    lines: state.lines.map((line) => ({ ...line, onTheWay: line.onTheWay + (units.get(line.sku) ?? 0) })),
  };
}

function afterReceipt(state: OrderState, data: ReplenishmentDataOf<'replenishment.received'>): OrderState {
  const counted = new Map(data.lines.map((line) => [line.sku, line]));
  const notices = state.notices.map((notice) =>
    notice.shipped.noticeId === data.noticeId ? { ...notice, received: data } : notice,
  );
  const isWaiting = notices.some(({ received }) => received === undefined);
  return {
    ...state,
    // Another delivery may still be on its way; the order is received once none is.
    status: isWaiting && state.status === 'shipped' ? 'shipped' : 'received',
    notices,
    lines: state.lines.map((line) => {
      const { received = 0, damaged = 0, noticed = 0 } = counted.get(line.sku) ?? {};
      return {
        ...line,
        received: line.received + received,
        open: line.open - received,
        damaged: line.damaged + damaged,
        onTheWay: line.onTheWay - noticed,
      };
    }),
  };
}
