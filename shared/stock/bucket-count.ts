import { MAX_BUCKETS } from './position.ts';

/** The demand for a SKU at a warehouse since the last look. */
export interface SeenDemand {
  readonly buckets: number;
  /** The operator's own number of buckets: demand may raise it and never lowers it below this. */
  readonly minBuckets: number;
  /** Orders that reserved units. */
  readonly reservations: number;
  /** How often an order was refused for the moment, because another one was writing the same bucket. */
  readonly conflicts: number;
  /** The length of that period, in milliseconds. */
  readonly duringMs: number;
  /** Units that can be sold: more buckets than units are useless. */
  readonly available: number;
  /** Consecutive earlier looks at which fewer buckets would have been enough. */
  readonly quietLooks: number;
}

/**
 * Orders a second that one bucket handles well. DynamoDB writes 1,000 units a second per partition key, and an order
 * takes two of them. Buyers who write the same item conflict long before that.
 */
const ORDERS_A_SECOND_PER_BUCKET = 50;
/** If more than this share of the orders conflicted, a bucket is too few, whatever the number of orders. */
const MAX_CONFLICTS_PERCENT = 5;
/** Fewer conflicts than this may be chance. */
const FEWEST_CONFLICTS = 5;
/** Demand comes in waves: the number of buckets is lowered only after this many quiet looks. */
const QUIET_LOOKS = 3;

/** The number of buckets for a SKU, and the number of consecutive quiet looks including this one. */
export function bucketsForDemand(seen: SeenDemand): { buckets: number; quietLooks: number } {
  const { buckets, reservations, conflicts, quietLooks } = seen;
  const within = (count: number) =>
    Math.max(1, seen.minBuckets, Math.min(count, MAX_BUCKETS, Math.max(seen.available, 1)));
  const bySpeed = powerOfTwo(
    Math.ceil((reservations * 1000) / (Math.max(seen.duringMs, 1000) * ORDERS_A_SECOND_PER_BUCKET)),
  );
  const isCrowded = conflicts >= FEWEST_CONFLICTS && conflicts * 100 >= reservations * MAX_CONFLICTS_PERCENT;
  const wanted = Math.max(bySpeed, isCrowded ? buckets * 4 : 1);
  // A few remaining units are not spread further, and are gathered only after the demand is over.
  if (wanted > buckets)
    return { buckets: Math.max(within(wanted), Math.min(buckets, MAX_BUCKETS)), quietLooks: 0 };
  const fewer = Math.max(wanted, Math.floor(buckets / 2), seen.minBuckets);
  if (fewer >= buckets || conflicts > 0)
    return { buckets: Math.max(buckets, seen.minBuckets), quietLooks: 0 };
  if (quietLooks + 1 < QUIET_LOOKS) return { buckets, quietLooks: quietLooks + 1 };
  return { buckets: fewer, quietLooks: 0 };
}

/** The smallest power of two that is at least the count. */
function powerOfTwo(count: number): number {
  let power = 1;
  while (power < count) power *= 2;
  return power;
}
