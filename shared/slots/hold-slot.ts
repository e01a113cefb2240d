import type { ReachedLimit } from '../catalogue/index.ts';
import { fingerprint } from '../kernel/hash.ts';
import type { NewId } from '../kernel/ids.ts';
import { ok, type Result, refused } from '../kernel/result.ts';
import { type Instant, later, minuteMs } from '../kernel/time.ts';
import type { VerifiedQuotes } from '../quote/index.ts';
import type { SlotHold, SlotStore, ZoneStore } from './ports.ts';
import { quotableSlot } from './quotable-slot.ts';
import { type PlanRefusal, type QuotedPlan, readPlan, whyNotInSlot } from './quoted-plan.ts';
import type { SlotZone } from './zone.ts';

/** How long a place is held without an order. */
const HOLD_MS = 15 * minuteMs;

export interface HoldSlot {
  readonly storefrontId: string;
  readonly idempotencyKey: string;
  readonly slotId: string;
  readonly quoteId: string;
  /** The quote's option that will be ordered; its first if absent. */
  readonly optionId?: string | undefined;
}

export type HoldRefusal = {
  readonly reason:
    | 'key-reused'
    | PlanRefusal
    | 'quote-consumed'
    | 'slot-unknown'
    | 'slot-closed'
    | 'slot-full'
    | 'slot-elsewhere'
    | 'slot-of-other-carrier'
    | 'slot-before-promise'
    | 'slot-not-quoted'
    | 'too-many-held'
    | 'contended';
};

interface HoldSlotDeps {
  readonly zones: ZoneStore;
  readonly slots: SlotStore;
  readonly quotes: VerifiedQuotes;
  readonly newId: NewId;
  readonly now: Instant;
  /** Counts the hold among those of its caller; gives the limit that it would exceed. */
  readonly countHeld: (hold: {
    readonly quoteId: string;
    readonly until: Instant;
  }) => Promise<ReachedLimit | undefined>;
}

/**
 * Holds one place of a slot for a quote, for 15 minutes or until the quote ends, once per idempotency key. A quote
 * holds one place: holding another one releases the first.
 */
export async function holdSlot(
  deps: HoldSlotDeps,
  command: HoldSlot,
): Promise<Result<SlotHold, HoldRefusal>> {
  const { storefrontId, idempotencyKey, slotId } = command;
  const print = fingerprint(command);
  const earlier = async (): Promise<Result<SlotHold, HoldRefusal> | undefined> => {
    const repeat = await deps.slots.repeated(storefrontId, idempotencyKey);
    if (repeat === undefined) return undefined;
    return repeat.fingerprint === print ? ok(repeat.hold) : refused({ reason: 'key-reused' });
  };

  const [plan, zones] = await Promise.all([readPlan(deps.quotes, command, deps.now), deps.zones.zones()]);
  // A repeat may come long after quote or slot have ended: only then is the extra read needed.
  if (!plan.ok) return (await earlier()) ?? plan;
  const decided = decideHold(zones, slotId, plan.value, deps.now);
  if (!decided.ok) return (await earlier()) ?? decided;
  const { quoteId, expiresAt: until } = decided.value;
  if ((await deps.countHeld({ quoteId, until })) !== undefined)
    return (await earlier()) ?? refused({ reason: 'too-many-held' });
  const hold = { ...decided.value, holdId: deps.newId('hold', new Date(deps.now)) };
  const outcome = await deps.slots.hold({
    hold,
    storefrontId,
    idempotencyKey,
    fingerprint: print,
    now: deps.now,
  });
  if (outcome.outcome === 'held') return ok(hold);
  if (outcome.outcome === 'repeated') return ok(outcome.hold);
  return refused({ reason: outcome.outcome });
}

/** Whether the plan may have a place of the slot, and until when. Free places are not checked. */
export function decideHold(
  zones: readonly SlotZone[],
  slotId: string,
  { quoteId, expiresAt: planEnds, landedCost }: QuotedPlan,
  now: Instant,
): Result<Omit<SlotHold, 'holdId'>, HoldRefusal> {
  const { destination } = landedCost;
  const found = quotableSlot(zones, slotId, destination, now);
  if (!found.ok) return found;
  const { slot, postalCodePrefix } = found.value;
  const wrong = whyNotInSlot(slot, landedCost);
  if (wrong !== undefined) return refused({ reason: wrong });
  // A hold can't outlast its quote: later nothing could be ordered with it.
  const [expiresAt = planEnds] = [later(now, HOLD_MS), planEnds].sort();
  return ok({
    quoteId,
    expiresAt,
    slot,
    country: destination.country,
    postalCodePrefix,
  });
}
