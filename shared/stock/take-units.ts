import type { Take } from './change.ts';

/** Gives a number in [0, 1), as `Math.random` does. */
export type Random = () => number;

/** One of the buckets at random; one that is not avoided, if possible. */
export function chooseBucket(
  buckets: number,
  random: Random,
  avoided: ReadonlySet<number> = new Set(),
): number {
  const free = Array.from({ length: buckets }, (_, bucket) => bucket).filter(
    (bucket) => !avoided.has(bucket),
  );
  return pick(free.length > 0 ? free : [...avoided].filter((bucket) => bucket < buckets), random) ?? 0;
}

/**
 * Which buckets give `quantity` units, for the units that each holds: a random one of those that hold all of them, if
 * possible one that is not avoided; otherwise the fullest together, which is the smallest number. Undefined when all
 * together hold fewer.
 */
export function planTakes(
  held: readonly number[],
  quantity: number,
  random: Random,
  avoided: ReadonlySet<number> = new Set(),
): Take[] | undefined {
  const whole = held.flatMap((units, bucket) => (units >= quantity ? [bucket] : []));
  const preferred = whole.filter((bucket) => !avoided.has(bucket));
  const one = pick(preferred.length > 0 ? preferred : whole, random);
  if (one !== undefined) return [{ bucket: one, quantity }];

  const takes: Take[] = [];
  let wanted = quantity;
  const fullestFirst = held.map((units, bucket) => ({ units, bucket })).sort((a, b) => b.units - a.units);
  for (const { units, bucket } of fullestFirst) {
    if (wanted === 0 || units <= 0) break;
    const taken = Math.min(units, wanted);
    takes.push({ bucket, quantity: taken });
    wanted -= taken;
  }
  return wanted === 0 ? takes : undefined;
}

function pick(buckets: readonly number[], random: Random): number | undefined {
  return buckets[Math.floor(random() * buckets.length)];
}
