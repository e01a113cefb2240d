import { MAX_BUCKETS } from './position.ts';

/** What happened to a SKU at a warehouse since somebody last looked. */
export interface SeenDemand {
  readonly buckets: number;
  /** The operator's own count: demand raises above it and never lowers below it. */
  readonly minBuckets: number;
  /** Orders that reserved units. */
  readonly reservations: number;
  /** Times that an order was refused for the moment, because others wrote the same bucket or too many did. */
  readonly conflicts: number;
  /** How long that took, in milliseconds. */
  readonly duringMs: number;
  /** Units that can be sold: more buckets than these are of no use. */
  readonly available: number;
  /** Looks in a row, before this one, at which fewer buckets would have done. */
  readonly quietLooks: number;
}

/**
 * Orders a second that one bucket takes well. DynamoDB writes 1,000 units a second per partition key, an order
 * takes two of them, and buyers who meet in one item refuse each other long before that.
 */
const ORDERS_A_SECOND_PER_BUCKET = 50;
/** From this share of orders that met others, a bucket is too few of them whatever their number. */
const MAX_CONFLICTS_PERCENT = 5;
/** A few that met by chance say nothing. */
const FEWEST_CONFLICTS = 5;
/** A sale comes in waves: buckets are given up after this many quiet looks. */
const QUIET_LOOKS = 3;

/** How many buckets a SKU should be spread over, and how many quiet looks in a row it has had with this one. */
export function bucketsForDemand(seen: SeenDemand): { buckets: number; quietLooks: number } {
  const { buckets, reservations, conflicts, quietLooks } = seen;
  const within = (count: number) =>
    Math.max(1, seen.minBuckets, Math.min(count, MAX_BUCKETS, Math.max(seen.available, 1)));
  const bySpeed = powerOfTwo(
    Math.ceil((reservations * 1000) / (Math.max(seen.duringMs, 1000) * ORDERS_A_SECOND_PER_BUCKET)),
  );
  const isCrowded = conflicts >= FEWEST_CONFLICTS && conflicts * 100 >= reservations * MAX_CONFLICTS_PERCENT;
  const wanted = Math.max(bySpeed, isCrowded ? buckets * 4 : 1);
  // Few units left are not spread further, and are not drawn together before the demand is gone.
  if (wanted > buckets)
    return { buckets: Math.max(within(wanted), Math.min(buckets, MAX_BUCKETS)), quietLooks: 0 };
  const fewer = Math.max(wanted, Math.floor(buckets / 2), seen.minBuckets);
  if (fewer >= buckets || conflicts > 0)
    return { buckets: Math.max(buckets, seen.minBuckets), quietLooks: 0 };
  if (quietLooks + 1 < QUIET_LOOKS) return { buckets, quietLooks: quietLooks + 1 };
  return { buckets: fewer, quietLooks: 0 };
}

/** The smallest power of two that is not less. */
function powerOfTwo(count: number): number {
  let power = 1;
  while (power < count) power *= 2;
  return power;
}
