/** Units that move from one bucket to another. */
export interface UnitsMove {
  readonly from: number;
  readonly to: number;
  readonly quantity: number;
}

/**
 * The fewest moves after which each of the first `buckets` buckets holds the same number of units, give or take one,
 * and the buckets after them hold none. `held` has one figure per bucket.
 */
export function planEvening(held: readonly number[], buckets: number): UnitsMove[] {
  const total = held.reduce((sum, units) => sum + units, 0);
  const min = Math.floor(total / buckets);
  // A bucket that already holds the extra unit keeps it.
  const extra = new Set(
    Array.from({ length: buckets }, (_, bucket) => bucket)
      .sort((a, b) => (held[b] ?? 0) - (held[a] ?? 0))
      .slice(0, total % buckets),
  );
  const size = Math.max(held.length, buckets);
  const surplus = Array.from({ length: size }, (_, bucket) => {
    const wanted = bucket < buckets ? min + (extra.has(bucket) ? 1 : 0) : 0;
    return { bucket, units: (held[bucket] ?? 0) - wanted };
  });
  const givers = surplus.filter(({ units }) => units > 0);
  const takers = surplus.filter(({ units }) => units < 0);
  const moves: UnitsMove[] = [];
  for (const giver of givers) {
    while (giver.units > 0) {
      const taker = takers.find(({ units }) => units < 0);
      if (taker === undefined) return moves;
      const quantity = Math.min(giver.units, -taker.units);
      moves.push({ from: giver.bucket, to: taker.bucket, quantity });
      giver.units -= quantity;
      taker.units += quantity;
    }
  }
  return moves;
}

/** Whether evening out is worth it: a bucket has less than half of its share, or an abandoned bucket holds units. */
export function isUneven(held: readonly number[], buckets: number): boolean {
  if (held.slice(buckets).some((units) => units > 0)) return true;
  const total = held.reduce((sum, units) => sum + units, 0);
  const share = Math.floor(total / buckets);
  return (
    share > 0 && Array.from({ length: buckets }, (_, at) => held[at] ?? 0).some((units) => 2 * units < share)
  );
}

/** Moves that gather `quantity` units in the fullest bucket; empty when all buckets together hold fewer. */
export function planGathering(held: readonly number[], quantity: number): UnitsMove[] {
  const [fullest, ...others] = held
    .map((units, bucket) => ({ units, bucket }))
    .sort((a, b) => b.units - a.units);
  if (fullest === undefined) return [];
  let wanted = quantity - fullest.units;
  const moves: UnitsMove[] = [];
  for (const { units, bucket } of others) {
    if (wanted <= 0 || units <= 0) break;
    const moved = Math.min(units, wanted);
    moves.push({ from: bucket, to: fullest.bucket, quantity: moved });
    wanted -= moved;
  }
  return wanted <= 0 ? moves : [];
}
