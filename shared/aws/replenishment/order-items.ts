import { parseReplenishmentFact, type ReplenishmentFact } from '../../../events/replenishment.ts';
import type { Instant } from '../../kernel/time.ts';
import { needsWorkAfterCancelling } from '../../replenishment/purchasing/after-cancelling.ts';
import { hasEnded, type OrderState, orderStateOf } from '../../replenishment/purchasing/order-state.ts';
import type { OrderStep, StoredOrder } from '../../replenishment/purchasing/ports.ts';
import { STEP_PREFIX } from '../table.ts';
import { DUE_SENDING, replenishmentKeys, replenishmentList } from './replenishment-keys.ts';

type Item = Readonly<Record<string, unknown>>;

/**
 * The item of the facts of one step. Its key is the lock of the order: of two steps that were decided on the same
 * facts, one finds it written. `outbox` hands it to the relay; the operator is an attribute that no relay reads. Throws
 * a ZodError on a fact that does not fit its schema: once written, it would prevent the order from being loaded.
 */
export function stepItem({ facts, request, operator }: OrderStep): Record<string, unknown> {
  const [{ data }] = facts;
  return {
    ...replenishmentKeys.step(data.replenishmentOrderId, data.sequence),
    steps: JSON.stringify(facts.map(parseReplenishmentFact)),
    outbox: facts.map(({ name }) => name).join(' '),
    requestKey: request?.key,
    requestPrint: request?.print,
    operator,
  };
}

/** The facts of a step's item. Throws on an item without facts. */
function factsOfStep(steps: unknown): ReplenishmentFact[] {
  const facts: unknown = JSON.parse(String(steps));
  if (!Array.isArray(facts) || facts.length === 0) throw new Error('a step has facts');
  return facts.map(parseReplenishmentFact);
}

function readStep({ steps, requestKey, requestPrint, operator }: Item): OrderStep {
  const [first, ...others] = factsOfStep(steps);
  if (first === undefined) throw new Error('a step has facts');
  return {
    facts: [first, ...others],
    ...(requestKey === undefined
      ? {}
      : { request: { key: String(requestKey), print: String(requestPrint) } }),
    ...(operator === undefined ? {} : { operator: String(operator) }),
  };
}

/** An order from all items of its partition; undefined where there is none. */
export function readOrder(items: readonly Item[]): StoredOrder | undefined {
  const steps = items.filter(({ sk }) => String(sk).startsWith(STEP_PREFIX)).map(readStep);
  if (steps.length === 0) return undefined;
  const head = items.find(({ sk }) => sk === 'ORDER');
  const { sendingUntil, sendAttempts = 0, cancellationTakenAt } = head ?? {};
  return {
    state: orderStateOf(steps.flatMap(({ facts }) => facts)),
    steps,
    sendAttempts: Number(sendAttempts),
    ...(sendingUntil === undefined ? {} : { sendingUntil: String(sendingUntil) }),
    ...(cancellationTakenAt === undefined ? {} : { cancellationTakenAt: String(cancellationTakenAt) }),
  };
}

/**
 * The head: the order's places in the lists, and when it, or its cancellation, is to be sent. A step writes it anew.
 * `before` is the order before the step.
 */
export function headItem(state: OrderState, now: Instant, before?: StoredOrder): Record<string, unknown> {
  const { replenishmentOrderId, proposedAt, kind, status } = state;
  const isToSend = kind === 'purchase' && (status === 'approved' || needsWorkAfterCancelling(state, before));
  return {
    ...replenishmentKeys.head(replenishmentOrderId),
    listKey: replenishmentList(hasEnded(state) ? 'ended' : 'open'),
    listSort: `${proposedAt}#${replenishmentOrderId}`,
    sendAttempts: 0,
    ...(isToSend ? { dueShard: DUE_SENDING, dueAt: now } : {}),
  };
}
