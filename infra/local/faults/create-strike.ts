import type { Strike } from '../cloud-parts.ts';

/** How often each fault happens, from 0 (never) to 1 (always). A fault that is left out never happens. */
export type FaultRates = Readonly<Partial<Record<Parameters<Strike>[0], number>>>;

/**
 * Makes the seeded generator that decides when faults happen. The same seed and the same sequence of questions give
 * the same answers. A fault without a rate never happens and draws no number from the generator.
 */
export function createStrike(seed: number, rates: FaultRates): Strike {
  const next = createGenerator(seed);
  return (fault) => {
    const rate = rates[fault] ?? 0;
    return rate > 0 && next() < rate;
  };
}

/** A small generator of numbers from 0 to below 1: a Weyl sequence with mixed bits (the public-domain mulberry32). */
function createGenerator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
