/** Draws of one order: the same for the same seed and place. */
export interface Draws {
  /** A whole number from 0 up to below `end`. */
  below(end: number): number;
  chance(share: number): boolean;
  pick<T>(list: readonly T[]): T;
  shuffled<T>(list: readonly T[]): T[];
}

/** Draws by a linear congruence of 32 bits with mixing (mulberry32, public domain). */
export function drawsOf(seed: number, place: number): Draws {
  let state = (Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(place + 1, 0x85ebca6b)) >>> 0;
  const fraction = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number) => Math.floor(fraction() * end);
  const pick = <T>(list: readonly T[]): T => {
    const [first, ...others] = list;
    if (first === undefined) throw new Error('there is nothing to pick from');
    return [first, ...others][below(list.length)] ?? first;
  };
  return {
    below,
    pick,
    chance: (share) => fraction() < share,
    shuffled: (list) =>
      list
        .map((value) => ({ value, place: fraction() }))
        .sort((a, b) => a.place - b.place)
        .map(({ value }) => value),
  };
}
