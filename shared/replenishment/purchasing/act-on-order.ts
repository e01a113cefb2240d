import type { ReplenishmentFact } from '../../../events/replenishment.ts';
import { ok, type Result, refused } from '../../kernel/result.ts';
import type { Instant } from '../../kernel/time.ts';
import { TooManyWriters } from '../../kernel/too-many-writers.ts';
import type { ReceiptEffects } from '../inbound/receipt-effects.ts';
import { decideOrder, type OrderCommand, type OrderRefusal } from './decide-order.ts';
import { evolve, type OrderState } from './order-state.ts';
import type { OrderRequest, OrderStore, SkuPlace, StoredOrder } from './ports.ts';

const MAX_ATTEMPTS = 6;

export type ActRefusal =
  | OrderRefusal
  | { readonly reason: 'order-unknown' }
  | { readonly reason: 'key-reused' }
  | { readonly reason: 'not-enough-stock'; readonly places: readonly SkuPlace[] };

export interface Acting {
  readonly now: Instant;
  readonly by: 'operator' | 'supplier' | 'clock';
  /** A repeat of it changes nothing, and gives the order as it is now. */
  readonly request?: OrderRequest;
  readonly operator?: string;
  /** What is asked, of the order as it is. It may throw a problem of the request. */
  readonly commandOf: (stored: StoredOrder) => Promise<OrderCommand> | OrderCommand;
  /** What follows from the facts. */
  readonly effectsOf?: (
    before: OrderState,
    facts: readonly ReplenishmentFact[],
  ) => ReceiptEffects | undefined;
}

/**
 * One step of an order: loads it, decides, and writes the facts with all that follows from them, together or not at
 * all. Where somebody else wrote meanwhile, it decides again. Throws TooManyWriters after some conflicts.
 */
export async function actOnOrder(
  { orders }: { readonly orders: Pick<OrderStore, 'load' | 'append'> },
  replenishmentOrderId: string,
  acting: Acting,
): Promise<Result<StoredOrder, ActRefusal>> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const before = await orders.load(replenishmentOrderId);
    if (before === undefined) return refused({ reason: 'order-unknown' });
    const earlier = earlierStep(before, acting.request);
    if (earlier !== undefined)
      return earlier.request?.print === acting.request?.print
        ? ok(before)
        : refused({ reason: 'key-reused' });
    const decided = decideOrder(before.state, await acting.commandOf(before), {
      at: acting.now,
      by: acting.by,
    });
    if (!decided.ok) return decided;
    const result = await write(orders, { before, acting, facts: decided.value });
    if (result !== 'conflict') return result;
  }
  throw new TooManyWriters('a replenishment order');
}

const earlierStep = ({ steps }: StoredOrder, request: OrderRequest | undefined) =>
  request === undefined ? undefined : steps.find((step) => step.request?.key === request.key);

async function write(
  orders: Pick<OrderStore, 'append'>,
  {
    before,
    acting,
    facts,
  }: {
    readonly before: StoredOrder;
    readonly acting: Acting;
    readonly facts: readonly ReplenishmentFact[];
  },
): Promise<Result<StoredOrder, ActRefusal> | 'conflict'> {
  const [first, ...others] = facts;
  if (first === undefined) return ok(before);
  const { request, operator, now } = acting;
  const step = {
    facts: [first, ...others] as [ReplenishmentFact, ...ReplenishmentFact[]],
    ...(request === undefined ? {} : { request }),
    ...(operator === undefined ? {} : { operator }),
  };
  const after = facts.reduce(evolve, before.state);
  const effects = acting.effectsOf?.(before.state, facts);
  const written = await orders.append({
    ...{ before, after, step, now },
    ...(effects === undefined ? {} : { effects }),
  });
  if (written === 'conflict') return 'conflict';
  if (written !== 'written') return refused({ reason: 'not-enough-stock', places: written.places });
  return ok({ state: after, steps: [...before.steps, step], sendAttempts: 0 });
}
